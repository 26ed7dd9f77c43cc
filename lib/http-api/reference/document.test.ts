/* The reference, of the very document that the API publishes. */
import { expect, test } from 'vitest'
import { resources as published } from '../endpoints'
import { openApiDocument } from '../openapi'
import { type OpenApiDocument, readReference } from './reference'

const endpoints = published.flatMap((resource) => resource.endpoints)
const resources = readReference(openApiDocument('http://localhost:3000/api') as OpenApiDocument)
const shown = resources.flatMap((resource) => resource.endpoints)

test('every endpoint is shown, under an anchor of its own', () => {
  expect(shown.map(({ path }) => path).sort()).toEqual(endpoints.map(({ path }) => path).sort())
  const anchors = [...shown.map(({ id }) => id), ...resources.map(({ id }) => id)]
  expect(new Set(anchors).size).toBe(anchors.length)
})

test.each(endpoints.map((endpoint) => [endpoint.path, endpoint] as const))('%s', (path, endpoint) => {
  const found = shown.find((candidate) => candidate.path === path)
  expect(found).toMatchObject({
    summary: endpoint.summary,
    responseKey: endpoint.responseKey,
    isPaged: endpoint.isPaged,
    isKeyholderOwn: endpoint.isKeyholderOwn ?? false,
  })
  expect([...(found?.methods ?? [])].sort()).toEqual([...endpoint.methods].sort())
  expect(found?.parameters.map(({ name }) => name)).toEqual(Object.keys(endpoint.parameters.shape))
  expect(found?.parameters.filter(({ type }) => type === 'any')).toEqual([])
  // The example is a call that the API takes.
  expect(endpoint.parameters.safeParse(found?.exampleParameters).error).toBeUndefined()
  for (const refusal of endpoint.refusals ?? []) expect(found?.errorTypes).toContain(refusal)
})
