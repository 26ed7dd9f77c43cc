import { AsyncLocalStorage } from 'node:async_hooks'

/*
 * Which rows a statement may see, where a role serves that does not own the tables: see `db/schema/wall.ts`.
 * Elsewhere it makes no difference.
 */

/** A workspace's id, `server` for what is done across workspaces, or nothing: then no workspace's rows are seen. */
type Scope = string

const nothing: Scope = ''
const server: Scope = 'server'

// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as {
  [key: symbol]: { scopes: AsyncLocalStorage<{ scope: Scope }>; unscoped: Scope } | undefined
}
const key = Symbol.for('keyholder.database-scope')
holder[key] ??= { scopes: new AsyncLocalStorage(), unscoped: nothing }
const shared = holder[key]

/** Runs what belongs to one workspace: it sees and writes no other's rows. */
export function inWorkspace<Result>(workspaceId: string, run: () => PromiseLike<Result>): Promise<Result> {
  return runIn(workspaceId, run)
}

/** Runs what nobody's workspace limits: sign-in, finding whose key it is, queues. Keep it short. */
export function acrossWorkspaces<Result>(run: () => PromiseLike<Result>): Promise<Result> {
  return runIn(server, run)
}

/** Awaits within the scope: a Drizzle query isn't sent before somebody awaits it. */
function runIn<Result>(scope: Scope, run: () => PromiseLike<Result>): Promise<Result> {
  return shared.scopes.run({ scope }, async (): Promise<Result> => await run())
}

/** Runs a request, which sees no workspace's rows until `enterWorkspace`. */
export function withoutWorkspace<Result>(run: () => Result): Result {
  return shared.scopes.run({ scope: nothing }, run)
}

/** Has the rest of the request see one workspace: pages cannot be wrapped in a function, as commands can. */
export function enterWorkspace(workspaceId: string): void {
  const store = shared.scopes.getStore()
  if (store) store.scope = workspaceId
}

/** What a statement that is sent now may see, as the setting `keyholder.scope` has it. */
export function currentScope(): Scope {
  return shared.scopes.getStore()?.scope ?? shared.unscoped
}

/** What statements outside of all the above may see; for tests, which look at everything. */
export function scopeUnscoped(scope: Scope): void {
  shared.unscoped = scope
}
