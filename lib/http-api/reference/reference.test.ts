import { expect, test } from 'vitest'
import { type OpenApiDocument, readReference } from './reference'

const refusal = (description: string) => ({ description })

const document: OpenApiDocument = {
  tags: [{ name: 'User identities', description: 'People.' }],
  components: {
    schemas: {
      user_identity: {
        type: 'object',
        properties: {
          user_identity_id: { type: 'string', format: 'uuid' },
          full_name: { type: ['string', 'null'] },
          errors: { type: 'array', items: { type: 'object' } },
          nickname: { type: 'string' },
        },
        required: ['user_identity_id', 'full_name', 'errors'],
      },
    },
  },
  paths: {
    '/user_identities/list': {
      get: { tags: ['User identities'], parameters: [{ name: 'limit', schema: { type: 'integer' } }] },
      post: {
        tags: ['User identities'],
        summary: 'List user identities',
        description: 'Newest first.',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  search: { type: 'string', description: 'Part of a name.' },
                  limit: { type: 'integer', default: 500 },
                  page_cursor: { anyOf: [{ type: 'string' }, { type: 'null' }] },
                },
              },
            },
          },
        },
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    user_identities: { type: 'array', items: { $ref: '#/components/schemas/user_identity' } },
                    pagination: {
                      type: 'object',
                      properties: { next_page_cursor: { type: ['string', 'null'] } },
                      required: ['next_page_cursor'],
                    },
                    ok: { type: 'boolean', const: true },
                  },
                  required: ['user_identities', 'pagination', 'ok'],
                },
              },
            },
          },
          400: refusal('`invalid_input`, `mismatched_page_parameters`'),
          404: refusal('`acs_system_not_found`'),
          429: refusal('`rate_limit_exceeded`'),
        },
      },
    },
    '/acs/access_groups/add_user': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  acs_access_group_id: { type: 'string', format: 'uuid' },
                  acs_user_id: { type: 'string', format: 'uuid', deprecated: true },
                },
                required: ['acs_access_group_id'],
              },
            },
          },
        },
        responses: { 200: {} },
      },
      put: {},
    },
    '/acs/access_groups/create': { post: { 'x-keyholder-own': true, responses: { 200: {} } } },
  },
}

test('resources come in the document’s order, with their names and descriptions', () => {
  expect(readReference(document)).toMatchObject([
    { id: 'user_identities', name: 'User identities', description: 'People.' },
    { id: 'acs-access_groups', name: 'ACS access groups', description: null },
  ])
})

test('an endpoint is told by its body, its methods in their usual order', () => {
  const [list] = readReference(document)[0]?.endpoints ?? []
  expect(list).toMatchObject({
    id: 'user_identities-list',
    path: '/user_identities/list',
    methods: ['GET', 'POST'],
    summary: 'List user identities',
    description: 'Newest first.',
    responseKey: 'user_identities',
    isPaged: true,
    errorTypes: ['mismatched_page_parameters', 'acs_system_not_found'],
  })
  expect(list?.parameters).toEqual([
    {
      name: 'search',
      type: 'string',
      isRequired: false,
      isDeprecated: false,
      defaultValue: null,
      description: 'Part of a name.',
    },
    { name: 'limit', type: 'integer', isRequired: false, isDeprecated: false, defaultValue: '500', description: null },
    {
      name: 'page_cursor',
      type: 'string or null',
      isRequired: false,
      isDeprecated: false,
      defaultValue: null,
      description: null,
    },
  ])
})

test('the example of an answer has what is always there, and nothing is wrong in it', () => {
  expect(readReference(document)[0]?.endpoints[0]?.exampleResponse).toEqual({
    user_identities: [
      { user_identity_id: expect.stringMatching(/^[0-9a-f-]{36}$/), full_name: 'Jane Doe', errors: [] },
    ],
    pagination: { next_page_cursor: null },
    ok: true,
  })
})

test('an endpoint without an answer of its own says only ok', () => {
  const [addUser] = readReference(document)[1]?.endpoints ?? []
  expect(addUser).toMatchObject({
    methods: ['POST', 'PUT'],
    summary: '/acs/access_groups/add_user',
    responseKey: null,
    isPaged: false,
    exampleResponse: { ok: true },
    exampleParameters: { acs_access_group_id: expect.any(String), acs_user_id: expect.any(String) },
    errorTypes: [],
  })
  expect(addUser?.parameters).toMatchObject([{ isRequired: true }, { isRequired: false, isDeprecated: true }])
})

test('what Seam’s API does not have is told apart', () => {
  const endpoints = readReference(document).flatMap((resource) => resource.endpoints)
  const own = endpoints.filter(({ isKeyholderOwn }) => isKeyholderOwn)
  expect(own.map(({ path }) => path)).toEqual(['/acs/access_groups/create'])
})

test('a document without paths has no resources', () => {
  expect(readReference({})).toEqual([])
})
