import { parse } from 'lossless-json'
import { z } from 'zod'
import { Refusal } from '@/lib/platform/refusals'

/** A request's parameters before they are held to their types: from the query, the body, or both. */
export type GivenParameters = { query: URLSearchParams; body: string; contentType: string | undefined }

type QueryKind = { list: boolean; nullable: boolean; types: Set<string>; inner: Record<string, QueryKind> }

/**
 * Reads the parameters of an endpoint once and for all: what it takes, from wherever it comes.
 *
 * @throws Refusal `invalid_input` with what is wrong with each parameter
 */
export function parametersReader<Schema extends z.ZodObject>(schema: Schema) {
  const strict = z.strictObject(schema.shape)
  const kinds = queryKinds(z.toJSONSchema(strict, { io: 'input', unrepresentable: 'any' }))
  return ({ query, body, contentType }: GivenParameters): z.output<Schema> => {
    const fromQuery = readQuery(query, kinds)
    const fromBody = readBody(body, contentType)
    for (const name of Object.keys(fromBody)) {
      if (Object.hasOwn(fromQuery, name)) throw invalid(name, 'is given twice: in the query and in the body')
    }
    const parsed = strict.safeParse({ ...fromQuery, ...fromBody }, { error: describe })
    if (parsed.success) return parsed.data as z.output<Schema>
    throw refusalOf(parsed.error)
  }
}

function readBody(body: string, contentType: string | undefined): Record<string, unknown> {
  if (body.trim() === '') return {}
  if (contentType !== undefined && !/^application\/(.+\+)?json\s*(;|$)/i.test(contentType)) {
    throw malformed('Send the body as JSON, with the header “Content-Type: application/json”.')
  }
  let value: unknown
  try {
    // Of two parameters with the same name, JSON.parse would silently take the last.
    value = parse(body, undefined, { parseNumber: Number, onDuplicateKey: ({ key }) => refuseDuplicate(key) })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw malformed(
      error instanceof RangeError
        ? 'The body is nested too deeply.'
        : 'The body is not valid JSON. Check its commas, quotes and brackets.',
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('The body must be a JSON object, such as {"user_identity_id": "…"}.')
  }
  return value as Record<string, unknown>
}

function readQuery(query: URLSearchParams, kinds: Record<string, QueryKind>): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const name of new Set(query.keys())) {
    const path = name.split('.')
    let target = given
    let known = kinds
    for (const part of path.slice(0, -1)) {
      known = known[part]?.inner ?? {}
      const next = Object.hasOwn(target, part) ? target[part] : {}
      if (typeof next !== 'object' || next === null || Array.isArray(next)) throw invalid(name, 'is given twice')
      define(target, part, next)
      target = next as Record<string, unknown>
    }
    const last = path.at(-1) ?? ''
    const kind = Object.hasOwn(known, last) ? known[last] : undefined
    if (Object.hasOwn(target, last)) throw invalid(name, 'is given twice')
    define(target, last, queryValue(name, query.getAll(name), kind))
  }
  return given
}

/** Texts as what the parameter is: the query of an address has no types. */
function queryValue(name: string, values: string[], kind: QueryKind | undefined): unknown {
  if (kind?.list) return values.length === 1 && values[0] === '' ? [] : values
  const [value = ''] = values
  if (values.length > 1) throw invalid(name, 'is given twice')
  if (value === '' && kind?.nullable) return null
  if (kind?.types.has('boolean') && (value === 'true' || value === 'false')) return value === 'true'
  const isNumeric = kind?.types.has('number') || kind?.types.has('integer')
  if (isNumeric && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  return value
}

function queryKinds(schema: z.core.JSONSchema.BaseSchema): Record<string, QueryKind> {
  const kinds: Record<string, QueryKind> = {}
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean') continue
    const alternatives = [property, ...(property.anyOf ?? [])].filter((one) => typeof one !== 'boolean')
    const types = new Set(alternatives.flatMap(({ type }) => type ?? []))
    const inner = Object.assign({}, ...alternatives.map((alternative) => queryKinds(alternative)))
    kinds[name] = { list: types.has('array'), nullable: types.has('null'), types, inner }
  }
  return kinds
}

/** An answer stays small and shallow, whatever a request names and however often. */
const mostProblems = 20
const longestName = 100
const shorten = (name: string) => (name.length > longestName ? `${name.slice(0, longestName)}…` : name)

function refusalOf({ issues }: z.ZodError): Refusal {
  const problems = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], problem: 'is not a parameter of this endpoint' }))
      : [{ path: issue.path, problem: issue.message }],
  )
  const fields: Record<string, string[]> = {}
  for (const { path, problem } of problems.slice(0, mostProblems)) {
    const field = shorten(path.join('.'))
    const messages = Object.hasOwn(fields, field) ? fields[field] : []
    define(fields, field, [...(messages ?? []), `${field} ${problem}.`])
  }
  const message = Object.values(fields)[0]?.[0] ?? 'The parameters are not valid.'
  return new Refusal({ kind: 'invalid_input', type: 'invalid_input', message, fields })
}

/** Zod's issues in the words of the contract's parameters. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${nounOf(issue.expected)}`
    case 'invalid_format':
      return issue.format === 'guid' ? 'must be a UUID' : 'is not valid'
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'string') return `must be at most ${issue.maximum} characters long`
      return issue.origin === 'array' ? `must have at most ${issue.maximum} items` : `must be at most ${issue.maximum}`
    case 'unrecognized_keys':
      return undefined
  }
  return 'is not valid'
}

const nouns: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}
const nounOf = (type: string): string => nouns[type] ?? type

function refuseDuplicate(name: string): never {
  throw invalid(name, 'is given twice')
}

function invalid(name: string, problem: string): Refusal {
  const parameter = shorten(name)
  const message = `${parameter} ${problem}.`
  return new Refusal({ kind: 'invalid_input', type: 'invalid_input', message, fields: { [parameter]: [message] } })
}

function malformed(message: string): Refusal {
  return new Refusal({ kind: 'invalid_input', type: 'invalid_input', message, fields: { form: [message] } })
}

/** Not by assignment: a parameter may be called __proto__. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}
