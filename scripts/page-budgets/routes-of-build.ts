/**
 * The routes of the production build that pages are at, and those that answer with data. A page that opens over
 * another one is part of that one.
 *
 * @param manifest what Next writes to `.next/app-path-routes-manifest.json`: files by their routes.
 */
export function routesOfBuild(manifest: Record<string, string>): { pages: string[]; data: string[] } {
  const named = Object.entries(manifest).filter(([file]) => !/\/@|\/_/.test(file))
  const routes = (kind: string) => [
    ...new Set(named.filter(([file]) => file.endsWith(`/${kind}`)).map(([, route]) => route)),
  ]
  return { pages: routes('page'), data: routes('route').filter((route) => route.startsWith('/data/')) }
}
