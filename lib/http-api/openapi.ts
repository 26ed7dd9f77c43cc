import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Endpoint, Method } from './endpoint'
import { resources } from './endpoints'

const errorWire = z
  .object({
    error: z.object({
      type: z.string(),
      message: z.string(),
      data: z.record(z.string(), z.string()).optional(),
      validation_errors: z
        .record(z.string(), z.unknown())
        .optional()
        .openapi({ description: '`{ "_errors": [], "<parameter>": { "_errors": ["…"] } }`' }),
    }),
    ok: z.literal(false),
  })
  .openapi('Error')

const paginationWire = z
  .object({
    has_next_page: z.boolean(),
    next_page_cursor: z.string().nullable(),
    next_page_url: z.string().nullable().openapi({ format: 'uri' }),
  })
  .openapi('Pagination')

const description = `Keyholder's API for user identities. It is compatible with Seam's: its SDKs work unchanged, with their \`endpoint\` option set to this server's address.

Parameters go into a JSON body, or, for GET, into the query. Every answer has \`ok\` and the header \`seam-request-id\`. A request that changes something may carry the header \`Idempotency-Key\`: its repetition within 24 hours gets the same answer and does nothing.

Operations marked \`x-keyholder-own\` are Keyholder's own: Seam's API doesn't have them.`

const ownNote = 'This endpoint is Keyholder’s own: Seam’s API and SDKs don’t have it.'

let documented: OpenAPIHono | undefined

/**
 * The API's description in OpenAPI 3.1, made of the definitions that requests are held to.
 *
 * @param apiUrl where the API is, as its reader reaches it
 */
export function openApiDocument(apiUrl: string) {
  documented ??= document()
  return documented.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Keyholder', version: '1', description },
    servers: [{ url: apiUrl }],
    security: [{ apiKey: [] }],
    tags: resources.map(({ name }) => ({ name })),
  })
}

function document(): OpenAPIHono {
  const hono = new OpenAPIHono()
  hono.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of the workspace: `seam_<id>_<secret>`.',
  })
  for (const { name, endpoints } of resources) {
    for (const endpoint of endpoints) {
      for (const method of endpoint.methods) {
        hono.openAPIRegistry.registerPath(describe(endpoint, method, name))
      }
    }
  }
  return hono
}

function describe(endpoint: Endpoint, method: Method, resource: string) {
  const { path, summary, responseKey, response, refusals = [], isPaged, isKeyholderOwn = false } = endpoint
  const description = [endpoint.description, isKeyholderOwn && ownNote].filter(Boolean).join(' ')
  const parameters = z.strictObject(endpoint.parameters.shape)
  const answer = z.object({
    ...(responseKey !== null && response && { [responseKey]: response }),
    ...(isPaged && { pagination: paginationWire }),
    ok: z.literal(true),
  })
  const isInQuery = method === 'GET'
  const required = Object.values(parameters.shape).some((parameter) => !parameter.safeParse(undefined).success)
  return {
    method: method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete',
    path,
    operationId: `${method.toLowerCase()}${path.replaceAll('/', '_')}`,
    tags: [resource],
    summary,
    ...(description && { description }),
    ...(isKeyholderOwn && { 'x-keyholder-own': true }),
    request: isInQuery
      ? { query: parameters }
      : { body: { required, content: { 'application/json': { schema: parameters } } } },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: answer } } },
      ...Object.fromEntries(
        Object.entries(refusalsByStatus(refusals)).map(([status, types]) => [
          status,
          {
            description: types.map((type) => `\`${type}\``).join(', '),
            content: { 'application/json': { schema: errorWire } },
          },
        ]),
      ),
    },
  }
}

/** The status that a type of refusal comes with, by what its name says. */
function refusalsByStatus(refusals: string[]): Record<string, string[]> {
  const statuses: Record<string, string[]> = { 400: ['invalid_input'], 401: ['unauthorized'] }
  for (const type of refusals) {
    const status = type.endsWith('_not_found')
      ? '404'
      : type === 'mismatched_page_parameters'
        ? '400'
        : type === 'not_a_sandbox'
          ? '403'
          : '409'
    statuses[status] = [...(statuses[status] ?? []), type]
  }
  return { ...statuses, 429: ['rate_limit_exceeded'], 503: ['service_unavailable'] }
}
