import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { schemas as allSchemas, openapi } from '@seamapi/types/connect'

type JsonSchema = {
  $ref?: string
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  allOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}
type Operation = {
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } }
  responses: Record<string, { content?: { 'application/json': { schema: JsonSchema } } }>
  'x-response-key'?: string | null
  'x-keyholder-own'?: boolean
}
/** As much of an OpenAPI document as these tests look at. */
export type OpenApiDocument = { paths: Record<string, Record<string, Operation>> }
type ParsedBy = { parse: (value: unknown) => unknown }

/** Seam's own description of its API. */
export const seamDocument = openapi as unknown as OpenApiDocument
const schemas = allSchemas as unknown as Record<string, ParsedBy | undefined>
const seamEvents = (allSchemas.seam_event as unknown as { options: { shape: { event_type: { value: string } } }[] })
  .options
const seamEventTypes = new Set(seamEvents.map(({ shape }) => shape.event_type.value))

/** What Keyholder adds to Seam's contract, each with the resource of Seam's that it answers; null for none. */
export const ownEndpoints: Record<string, string | null> = {
  '/acs/systems/create': 'acs_system',
  '/acs/systems/update': 'acs_system',
  '/acs/systems/delete': null,
  '/acs/entrances/create': 'acs_entrance',
  '/acs/entrances/update': 'acs_entrance',
  '/acs/entrances/delete': null,
  '/acs/access_groups/create': 'acs_access_group',
  '/acs/access_groups/update': 'acs_access_group',
}

const recordFile = join(process.env.E2E_FOLDER ?? '', 'validated-api-calls')

/** The calls that succeeded and whose answers were held to Seam's schemas, as `GET /user_identities/get`. */
export function validatedCalls(): Set<string> {
  return new Set(existsSync(recordFile) ? readFileSync(recordFile, 'utf8').trim().split('\n') : [])
}

/** Holds the answer to a successful call to what Seam publishes, and notes that the endpoint was called. */
export function checkSuccess(method: string, path: string, body: Record<string, unknown>): void {
  const { ok, ...answer } = body
  expect(ok, `${path}: ok`).toBe(true)
  const resource = ownEndpoints[path]
  if (resource === undefined) checkAnswer(method, path, answer)
  else {
    expect(Object.keys(answer), `${path}: what is answered`).toEqual(resource === null ? [] : [resource])
    if (resource !== null) checkResource(resource, answer[resource])
  }
  appendFileSync(recordFile, `${method.toUpperCase()} ${path}\n`)
}

/** Holds what an endpoint of Seam's answered to Seam's description of it. */
function checkAnswer(method: string, path: string, answer: Record<string, unknown>): void {
  const operation = seamDocument.paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`Seam has no ${method} ${path}`)
  const responseKey = operation['x-response-key'] ?? null
  const properties = responseKey === null ? {} : schemaOfSuccess(operation).properties
  const named = Object.keys(properties ?? {}).filter((name) => name === responseKey || name === 'pagination')
  expect(Object.keys(answer).sort(), `${path}: what is answered`).toEqual(named.sort())
  for (const name of named) {
    const schema = properties?.[name]
    const list = schema?.items ? answer[name] : [answer[name]]
    expect(Array.isArray(list), `${path}: ${name} is a list`).toBe(true)
    for (const one of list as unknown[]) checkResource(nameOfReference(schema?.items ?? schema), one)
  }
}

/** Holds an event to Seam's schema of its type, or to what all of Seam's have where the type is ours. */
export function checkEvent(event: unknown): void {
  const { event_type: eventType } = event as { event_type: string }
  if (seamEventTypes.has(eventType)) schemas.seam_event?.parse(event)
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  const id = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(event).toMatchObject({
    event_id: id,
    event_type: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/),
    workspace_id: id,
    created_at: time,
    occurred_at: time,
  })
}

/** Holds the answer to a refused call to the contract's form of an error. */
export function checkError(body: unknown): void {
  const { error, ...rest } = body as { error: Record<string, unknown> }
  expect(rest, 'beside the error').toEqual({ ok: false })
  expect(error).toMatchObject({ type: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(/\S/) })
  const others = Object.keys(error).filter((name) => !['type', 'message', 'data', 'validation_errors'].includes(name))
  expect(others, 'in the error').toEqual([])
  expect(JSON.stringify(body), 'nothing of our insides').not.toMatch(/\bat \S+ \(|node_modules|\.ts:\d|Failed query/)
}

/** The parameters of an endpoint and which of them it needs, wherever they stand. */
export function parametersOf(operation: Operation): { names: string[]; required: string[] } {
  const body = operation.requestBody?.content['application/json'].schema
  const query = operation.parameters ?? []
  return {
    names: [...query.map(({ name }) => name), ...namesOf(body)],
    required: [...query.filter(({ required }) => required).map(({ name }) => name), ...(body?.required ?? [])],
  }
}

function namesOf(schema: JsonSchema | undefined): string[] {
  if (!schema) return []
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])]
  return [...new Set([...Object.keys(schema.properties ?? {}), ...parts.flatMap(namesOf)])]
}

function schemaOfSuccess(operation: Operation): JsonSchema {
  return operation.responses['200']?.content?.['application/json'].schema ?? {}
}

const nameOfReference = (schema: JsonSchema | undefined) => schema?.$ref?.split('/').at(-1) ?? ''

function checkResource(name: string, value: unknown): void {
  if (name === 'event') {
    checkEvent(value)
    return
  }
  const schema = schemas[name]
  if (!schema) throw new Error(`Seam publishes no schema of ${name}`)
  schema.parse(value)
}
