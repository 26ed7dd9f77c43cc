import { exampleParameters, exampleValues, ownExampleValues } from './example-values'
import { commonErrors } from './guide-examples'
import { exampleValue, resolve, type Schema, typeInWords } from './schema'

type Operation = {
  tags?: string[]
  summary?: string
  description?: string
  parameters?: { name: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
  'x-keyholder-own'?: boolean
}

/** As much of an OpenAPI document as the reference shows. */
export type OpenApiDocument = {
  paths?: Record<string, Record<string, Operation>>
  tags?: { name: string; description?: string }[]
  components?: { schemas?: Record<string, Schema> }
}

export type Parameter = {
  name: string
  /** In words: `string (uuid) or null`. */
  type: string
  isRequired: boolean
  isDeprecated: boolean
  /** As JSON; null when there is none. */
  defaultValue: string | null
  description: string | null
}

export type ReferenceEndpoint = {
  /** The anchor on the page. */
  id: string
  /** Below the API's address: `/user_identities/get`. */
  path: string
  methods: string[]
  summary: string
  description: string | null
  /** Whether Seam's API doesn't have it. */
  isKeyholderOwn: boolean
  parameters: Parameter[]
  /** Parameters of an example call. */
  exampleParameters: Record<string, unknown>
  /** Where the result stands in the answer; null where there is none. */
  responseKey: string | null
  isPaged: boolean
  exampleResponse: unknown
  /** The types of errors that belong to this endpoint. */
  errorTypes: string[]
}

export type Resource = { id: string; name: string; description: string | null; endpoints: ReferenceEndpoint[] }

const ofEveryEndpoint = new Set(commonErrors.map(({ type }) => type))
const methodOrder = ['get', 'post', 'put', 'patch', 'delete']

/** What the reference shows, from the OpenAPI document: resources in its order, each with its endpoints. */
export function readReference(document: OpenApiDocument): Resource[] {
  const schemas = document.components?.schemas ?? {}
  const resources = new Map<string, Resource>()
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    const endpoint = readEndpoint(path, operations, schemas)
    if (!endpoint) continue
    const tag = Object.values(operations).find(({ tags }) => tags?.[0])?.tags?.[0] ?? resourcePath(path)
    const resource = resources.get(tag) ?? {
      id: toAnchor(resourcePath(path)),
      name: resourceName(tag),
      description: document.tags?.find(({ name }) => name === tag)?.description ?? null,
      endpoints: [],
    }
    resource.endpoints.push(endpoint)
    resources.set(tag, resource)
  }
  return [...resources.values()]
}

function readEndpoint(
  path: string,
  operations: Record<string, Operation>,
  schemas: Record<string, Schema>,
): ReferenceEndpoint | null {
  const methods = methodOrder.filter((method) => operations[method])
  // What reads takes its parameters in the body too; there their types are whole.
  const operation = operations.post ?? operations[methods[0] ?? '']
  if (!operation) return null
  const parameters = readParameters(operation, schemas)
  const answer = answerOf(operation.responses?.['200'], schemas)
  const properties = answer?.properties ?? {}
  const responseKey = Object.keys(properties).find((name) => name !== 'ok' && name !== 'pagination') ?? null
  const isKeyholderOwn = operation['x-keyholder-own'] ?? false
  const values = isKeyholderOwn ? ownExampleValues : exampleValues
  const refusals = Object.entries(operation.responses ?? {}).filter(([status]) => !status.startsWith('2'))
  return {
    id: toAnchor(path),
    path,
    methods: methods.map((method) => method.toUpperCase()),
    summary: operation.summary ?? path,
    description: operation.description ?? null,
    isKeyholderOwn,
    parameters,
    exampleParameters: exampleParameters(path, parameters, responseKey),
    responseKey,
    isPaged: 'pagination' in properties,
    exampleResponse: answer ? exampleValue(answer, schemas, values) : { ok: true },
    errorTypes: refusals.flatMap(([, response]) => errorTypesOf(response)).filter((type) => !ofEveryEndpoint.has(type)),
  }
}

function readParameters(operation: Operation, schemas: Record<string, Schema>): Parameter[] {
  const body = operation.requestBody?.content?.['application/json']?.schema
  if (body) {
    const { properties = {}, required = [] } = resolve(body, schemas)
    return Object.entries(properties).map(([name, schema]) =>
      readParameter(name, schema, required.includes(name), schemas),
    )
  }
  return (operation.parameters ?? []).map(({ name, schema = {}, required = false, description }) =>
    readParameter(name, { ...schema, description: schema.description ?? description }, required, schemas),
  )
}

function readParameter(name: string, given: Schema, isRequired: boolean, schemas: Record<string, Schema>): Parameter {
  const schema = resolve(given, schemas)
  return {
    name,
    type: typeInWords(schema, schemas),
    isRequired,
    isDeprecated: schema.deprecated === true,
    defaultValue: schema.default === undefined ? null : JSON.stringify(schema.default),
    description: schema.description ?? null,
  }
}

type Response = NonNullable<Operation['responses']>[string]

function answerOf(response: Response | undefined, schemas: Record<string, Schema>): Schema | null {
  const schema = response?.content?.['application/json']?.schema
  return schema ? resolve(schema, schemas) : null
}

/** The types of errors that a response's description names, between backticks. */
function errorTypesOf({ description = '' }: Response): string[] {
  return [...description.matchAll(/`(\w+)`/g)].flatMap(([, type]) => type ?? [])
}

const toAnchor = (path: string) => path.replace(/^\//, '').replaceAll('/', '-')
const resourcePath = (path: string) => path.slice(0, path.lastIndexOf('/'))

/** “/acs/access_groups” as “ACS access groups”; a name in words stays as it is. */
function resourceName(tag: string): string {
  if (!tag.startsWith('/') && !tag.includes('_')) return tag
  const words = tag
    .replace(/^\//, '')
    .replaceAll(/[/_]/g, ' ')
    .replace(/^acs\b/, 'ACS')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
