import { readFileSync } from 'node:fs'
import { z } from 'zod'

const routeSchema = z.object({ page: z.string(), regex: z.string() })
const manifestSchema = z.object({ staticRoutes: z.array(routeSchema), dynamicRoutes: z.array(routeSchema) })

/** Which of Next's routes answers a path: its pattern, such as `/identities/[id]`, or null when none does. */
export type PageRoutes = (path: string) => string | null

/**
 * Reads the routes of the production build.
 *
 * @param file the build's `routes-manifest.json`
 * @throws Error when there is no such file or it is of another form.
 */
export function readPageRoutes(file: string): PageRoutes {
  return toPageRoutes(JSON.parse(readFileSync(file, 'utf8')))
}

/** The same, of the file's content. */
export function toPageRoutes(manifest: unknown): PageRoutes {
  const { staticRoutes, dynamicRoutes } = manifestSchema.parse(manifest)
  const routes = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, regex: new RegExp(regex) }))
  return (path) => routes.find(({ regex }) => regex.test(path))?.page ?? null
}
