import { describe, expect, test } from 'vitest'
import { classify } from './observe-page'
import { toPageRoutes } from './page-routes'

/* As Next writes it, without what we do not read. */
const pageRoutes = toPageRoutes({
  version: 3,
  staticRoutes: [
    { page: '/', regex: '^/(?:/)?$', routeKeys: {}, namedRegex: '^/(?:/)?$' },
    { page: '/identities', regex: '^/identities(?:/)?$' },
    { page: '/identities/new', regex: '^/identities/new(?:/)?$' },
    { page: '/data/search', regex: '^/data/search(?:/)?$' },
  ],
  dynamicRoutes: [{ page: '/identities/[id]', regex: '^/identities/([^/]+?)(?:/)?$', routeKeys: { nxtPid: 'nxtPid' } }],
})

describe('a request to Next is told by its pattern alone', () => {
  test.each([
    ['GET', '/', { kind: 'page', route: '/' }],
    ['GET', '/identities?search=jane', { kind: 'page', route: '/identities' }],
    ['GET', '/identities/new', { kind: 'page', route: '/identities/new' }],
    ['GET', '/identities/0198c1c2-0000-7000-8000-000000000000?tab=doors', { kind: 'page', route: '/identities/[id]' }],
    ['POST', '/identities/jane@example.com', { kind: 'action', route: '/identities/[id]' }],
    ['GET', '/data/search?query=jane', { kind: 'data', route: '/data/search' }],
    ['GET', '/_next/static/chunks/main.js', { kind: 'asset', route: '/_next/*' }],
    ['GET', '/jane@example.com', { kind: 'page', route: null }],
    ['GET', '//', { kind: 'page', route: '/' }],
    ['GET', '', { kind: 'page', route: null }],
  ])('%s %s', (method, address, expected) => {
    expect(classify(method, address, pageRoutes)).toEqual(expected)
  })
})

test('a manifest of another form is refused', () => {
  expect(() => toPageRoutes({ pages: [] })).toThrow()
})
