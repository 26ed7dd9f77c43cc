import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { callApi } from './call-api'
import { Ledger, type LedgerPerson } from './ledger'

/** Where writes go; asked for each of them, since a server that comes back may have another address. */
export type LoadTarget = { url: () => string; apiKey: string; acsSystemIds: string[] }

export type LoadOptions = {
  /** What the people of this run are told from others by. */
  prefix: string
  workers?: number
  /** How long an answer may take before it counts as none. */
  patienceMilliseconds?: number
}

const pauseMilliseconds = 200

/**
 * Writes that go on, side by side, until they are stopped. Each has an Idempotency-Key and is repeated
 * with it until the server says that it was done, as a careful client does: what was not acknowledged is
 * then done once, whether its first try had been or not.
 */
export class Load {
  readonly ledger = new Ledger()
  readonly #target: LoadTarget
  readonly #prefix: string
  readonly #patienceMilliseconds: number
  readonly #workers: Promise<void>[]
  #number = 0
  #isStopping = false
  #isAbandoned = false

  constructor(target: LoadTarget, { prefix, workers = 16, patienceMilliseconds = 15_000 }: LoadOptions) {
    this.#target = target
    this.#prefix = prefix
    this.#patienceMilliseconds = patienceMilliseconds
    this.#workers = Array.from({ length: workers }, () => this.#work())
  }

  /** Waits until so many writes were acknowledged. @throws Error when that takes too long */
  async reach(acknowledged: number, milliseconds = 120_000): Promise<void> {
    const limit = performance.now() + milliseconds
    while (this.ledger.acknowledged < acknowledged) {
      if (performance.now() > limit) {
        const answers = JSON.stringify(Object.fromEntries(this.ledger.otherAnswers))
        throw new Error(
          `Only ${this.ledger.acknowledged} of ${acknowledged} writes were acknowledged in time. ${answers}`,
        )
      }
      await sleep(2)
    }
  }

  /** Waits until somebody was given this answer. @throws Error when nobody is */
  async refuse(answer: string, milliseconds = 30_000): Promise<void> {
    const limit = performance.now() + milliseconds
    while (!this.ledger.otherAnswers.has(answer)) {
      if (performance.now() > limit) {
        throw new Error(
          `Nobody was answered “${answer}”. ${JSON.stringify(Object.fromEntries(this.ledger.otherAnswers))}`,
        )
      }
      await sleep(10)
    }
  }

  /** Has every writer finish the write that it is at. @throws Error when they cannot */
  async stop(milliseconds = 60_000): Promise<Ledger> {
    this.#isStopping = true
    const tooLate = new AbortController()
    const finished = await Promise.race([
      Promise.all(this.#workers).then(() => true),
      sleep(milliseconds, false, { signal: tooLate.signal }).catch(() => false),
    ])
    tooLate.abort()
    this.#isAbandoned = true
    if (!finished) throw new Error('Writes that were under way were never acknowledged.')
    return this.ledger
  }

  /** One person after another, each with a life of several writes. */
  async #work(): Promise<void> {
    while (!this.#isStopping) {
      const number = ++this.#number
      const key = `${this.#prefix}-${number}`
      const fullName = `Person ${key}`
      const person = await this.#create(key, fullName)
      if (!person) return
      for (let update = 1; update <= 2 && !this.#isStopping; update++)
        await this.#rename(person, `${fullName} ${update}`)
      if (!this.#isStopping) await this.#addAcsUser(person, number)
      if (!this.#isStopping && number % 5 === 0) await this.#delete(person)
    }
  }

  async #create(key: string, fullName: string): Promise<LedgerPerson | undefined> {
    const given = { user_identity_key: key, full_name: fullName, email_address: `${key}@example.com` }
    const answer = await this.#write('/user_identities/create', given)
    if (!answer) return undefined
    const { user_identity_id: userIdentityId } = answer.user_identity as { user_identity_id: string }
    const person = { userIdentityId, key, fullName, updates: 0, acsUserIds: [], isDeleted: false }
    this.ledger.people.set(key, person)
    return person
  }

  async #rename(person: LedgerPerson, fullName: string): Promise<void> {
    const given = { user_identity_id: person.userIdentityId, full_name: fullName }
    if (!(await this.#write('/user_identities/update', given))) return
    person.fullName = fullName
    person.updates++
  }

  async #addAcsUser(person: LedgerPerson, number: number): Promise<void> {
    const { acsSystemIds } = this.#target
    const answer = await this.#write('/acs/users/create', {
      acs_system_id: acsSystemIds[number % acsSystemIds.length],
      full_name: person.fullName,
      email_address: `${person.key}@example.com`,
      user_identity_id: person.userIdentityId,
    })
    if (answer) person.acsUserIds.push((answer.acs_user as { acs_user_id: string }).acs_user_id)
  }

  async #delete(person: LedgerPerson): Promise<void> {
    const answer = await this.#write('/user_identities/delete', { user_identity_id: person.userIdentityId })
    if (answer) person.isDeleted = true
  }

  /** The answer of a success, whenever it comes; undefined when nobody waits for it any more. */
  async #write(path: string, body: object): Promise<Record<string, unknown> | undefined> {
    const idempotencyKey = randomUUID()
    while (!this.#isAbandoned) {
      const before = performance.now()
      const answer = await this.#ask(path, body, idempotencyKey)
      if (typeof answer !== 'string') {
        this.ledger.acknowledged++
        return answer
      }
      this.ledger.count(answer, performance.now() - before)
      await sleep(pauseMilliseconds)
    }
    return undefined
  }

  async #ask(path: string, body: object, idempotencyKey: string): Promise<Record<string, unknown> | string> {
    const { url, apiKey } = this.#target
    try {
      const response = await fetch(`${url()}/api${path}`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${apiKey}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': idempotencyKey,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(this.#patienceMilliseconds),
      })
      const answer = (await response.json()) as Record<string, unknown> & { error?: { type: string } }
      if (response.ok) return answer
      const hint = response.headers.has('retry-after') ? ' with Retry-After' : ''
      return `${response.status} ${answer.error?.type}${hint}`
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? 'no answer in time' : 'connection broken'
    }
  }
}

/** The access systems that a key opens. */
export async function listAcsSystemIds(url: string, apiKey: string): Promise<string[]> {
  const { acs_systems } = await callApi(url, apiKey, '/acs/systems/list')
  return (acs_systems as { acs_system_id: string }[]).map(({ acs_system_id }) => acs_system_id)
}
