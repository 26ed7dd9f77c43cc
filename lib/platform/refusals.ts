/** Why a request is refused; each kind has its own HTTP status and its own place on screen. */
export type RefusalKind =
  | 'invalid_input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'too_many'
  | 'unavailable'
  | 'unexpected'

/** The HTTP status of each kind. */
export const httpStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
  unexpected: 500,
} as const satisfies Record<RefusalKind, number>

/** A refusal as plain data, as it travels from an action to a form. */
export type RefusalValue = {
  kind: RefusalKind
  /** The contract's machine-readable name, such as `email_address_conflict`. */
  type: string
  /** What happened and what to do, in words. */
  message: string
  /** What is wrong with each field, by its name in the contract. */
  fields?: Record<string, string[]>
  /** Ids the caller can act on, such as who holds a value. */
  data?: Record<string, string>
}

/** The one way a rule says no. Made once, in the command or query that knows the rule. */
export class Refusal extends Error implements RefusalValue {
  readonly kind: RefusalKind
  readonly type: string
  readonly fields?: Record<string, string[]>
  readonly data?: Record<string, string>

  constructor(value: RefusalValue) {
    super(value.message)
    this.name = 'Refusal'
    this.kind = value.kind
    this.type = value.type
    this.fields = value.fields
    this.data = value.data
  }

  toValue(): RefusalValue {
    return { kind: this.kind, type: this.type, message: this.message, fields: this.fields, data: this.data }
  }
}

/** Runs a use case of which a refusal is one of several outcomes; any other error is thrown on. */
export async function catchRefusal(run: () => Promise<unknown>): Promise<RefusalValue | null> {
  try {
    await run()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.toValue()
    throw error
  }
}

/** Input that breaks a rule which its schema alone cannot know; `fields` names where, as in the contract. */
export function invalidInput(message: string, ...fields: string[]): Refusal {
  return new Refusal({
    kind: 'invalid_input',
    type: 'invalid_input',
    message,
    ...(fields.length > 0 && { fields: Object.fromEntries(fields.map((field) => [field, [message]])) }),
  })
}

const thingNames = {
  user_identity: 'user identity',
  acs_user: 'ACS user',
  acs_system: 'access system',
  acs_credential: 'credential',
  acs_entrance: 'entrance',
  acs_access_group: 'access group',
  event: 'event',
  change: 'change',
  webhook: 'webhook',
  webhook_delivery: 'webhook delivery',
  api_key: 'API key',
  workspace: 'workspace',
  import: 'import',
  member: 'member',
  invitation: 'invitation',
  session: 'session',
  passkey: 'passkey',
  task: 'task',
} as const

/** An id that this workspace does not have; one of another workspace reads just the same. */
export function notFound(thing: keyof typeof thingNames): Refusal {
  return new Refusal({
    kind: 'not_found',
    type: `${thing}_not_found`,
    message: `This ${thingNames[thing]} was not found. It may have been deleted.`,
  })
}

/**
 * What an action gives back: its result and the id of the change that it made, by which it is undone,
 * or why it was refused. Never an exception's text.
 */
export type ActionResult<Value> = { ok: true; value: Value; changeId: string } | { ok: false; refusal: RefusalValue }

/** What a browser says when an action's answer did not arrive. */
export const unreachable: RefusalValue = {
  kind: 'unexpected',
  type: 'unreachable',
  message: 'The server cannot be reached. Check your connection, then try again: nothing you typed is lost.',
}
