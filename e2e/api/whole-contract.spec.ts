import { expect, test } from '@playwright/test'
import { type OpenApiDocument, ownEndpoints, parametersOf, seamDocument, validatedCalls } from './support/contract'

/** Seam's resources that the contract has; whatever Seam serves below them besides is named in `leftOut`. */
const resources =
  /^\/(user_identities|acs\/(systems|users|credentials|entrances|access_groups)|events|webhooks|workspaces)\/\w+$/

/** What Seam has and the contract does not: it is about devices, encoders and several workspaces. */
const leftOut = [
  '/acs/credentials/create_offline_code',
  '/acs/systems/list_compatible_credential_manager_acs_systems',
  '/acs/systems/report_devices',
  '/user_identities/generate_instant_key',
  '/user_identities/grant_access_to_device',
  '/user_identities/list_accessible_devices',
  '/user_identities/revoke_access_to_device',
  '/workspaces/create',
  '/workspaces/find_anything',
]

async function ourDocument(baseURL: string | undefined): Promise<OpenApiDocument> {
  const response = await fetch(`${baseURL}/api/openapi.json`)
  expect(response.status).toBe(200)
  return (await response.json()) as OpenApiDocument
}

const endpointsOf = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )

test('every endpoint was called, by every method, and answered as Seam’s schemas say', async ({ baseURL }) => {
  expect([...validatedCalls()].sort()).toEqual(endpointsOf(await ourDocument(baseURL)).sort())
})

test('the document has every endpoint of Seam’s for these resources, with its methods', async ({ baseURL }) => {
  const { paths } = await ourDocument(baseURL)
  const theirs = Object.keys(seamDocument.paths).filter((path) => resources.test(path) && !leftOut.includes(path))
  expect(Object.keys(paths).sort()).toEqual([...theirs, ...Object.keys(ownEndpoints)].sort())
  for (const path of theirs) {
    expect(Object.keys(paths[path] ?? {}).sort(), path).toEqual(Object.keys(seamDocument.paths[path] ?? {}).sort())
  }
})

test('what Keyholder adds is marked in the document, and Seam has nothing of the name', async ({ baseURL }) => {
  const { paths } = await ourDocument(baseURL)
  const marked = Object.entries(paths).filter(([, operations]) =>
    Object.values(operations).some((operation) => operation['x-keyholder-own']),
  )
  expect(marked.map(([path]) => path).sort()).toEqual(Object.keys(ownEndpoints).sort())
  for (const [path, operations] of marked) {
    expect(seamDocument.paths[path], path).toBeUndefined()
    for (const operation of Object.values(operations)) expect(operation['x-keyholder-own'], path).toBe(true)
  }
})

test('the document has every parameter of Seam’s, and needs none that theirs does not', async ({ baseURL }) => {
  const { paths } = await ourDocument(baseURL)
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const theirs = seamDocument.paths[path]?.[method]
      if (!theirs) continue
      const [ourParameters, theirParameters] = [parametersOf(operation), parametersOf(theirs)]
      expect(ourParameters.names, `${method} ${path}`).toEqual(expect.arrayContaining(theirParameters.names))
      // Where Seam describes alternatives, it describes none of them for GET.
      if (theirParameters.names.length === 0) continue
      expect(ourParameters.required.sort(), `${method} ${path}: what it needs`).toEqual(theirParameters.required.sort())
    }
  }
})
