import { expect, test } from 'vitest'
import { routesOfBuild } from './routes-of-build'

test('each page and each route for data is named once; what opens over a page, and Next’s own, are not', () => {
  expect(
    routesOfBuild({
      '/(dashboard)/identities/page': '/identities',
      '/(dashboard)/identities/@dialog/(.)new/page': '/identities/(.)new',
      '/(dashboard)/identities/@dialog/page': '/identities',
      '/(dashboard)/identities/new/page': '/identities/new',
      '/_not-found/page': '/_not-found',
      '/api/[...path]/route': '/api/[...path]',
      '/data/search/route': '/data/search',
      '/icon.svg/route': '/icon.svg',
    }),
  ).toEqual({ pages: ['/identities', '/identities/new'], data: ['/data/search'] })
})
