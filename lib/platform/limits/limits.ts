/** How often something may be asked for in a stretch of time. */
type Limit = {
  /** For docs/security.md. */
  title: string
  seconds: number
  perAccount: number
  /** Of all its members together; left out where one doesn't hold up another. */
  perWorkspace?: number
  /** What there was too much of, after “You’ve”. */
  done: string
}

const minute = 60
const hour = 60 * minute

/**
 * What somebody signed in may ask for. Every action and data route counts as exactly one of these; the numbers
 * are several times what a busy person needs, with a page open in many tabs.
 */
export const limits = {
  page: { title: 'pages', seconds: minute, perAccount: 1200, done: 'opened a lot of pages' },
  read: { title: 'reads by a page', seconds: minute, perAccount: 1200, done: 'loaded a lot of data' },
  search: {
    ...{ title: 'searches, lists and pickers', seconds: minute, perAccount: 600, perWorkspace: 6000 },
    done: 'searched a lot',
  },
  export: {
    ...{ title: 'exports and reports', seconds: 10 * minute, perAccount: 60, perWorkspace: 300 },
    done: 'exported a lot of files',
  },
  import: {
    ...{ title: 'files to import', seconds: hour, perAccount: 60, perWorkspace: 120 },
    done: 'uploaded a lot of files',
  },
  change: { title: 'changes', seconds: minute, perAccount: 1200, done: 'made a lot of changes' },
  reset: {
    ...{ title: 'resets of a workspace', seconds: hour, perAccount: 20, perWorkspace: 40 },
    done: 'reset the workspace a lot',
  },
  invitation: {
    ...{ title: 'invitations', seconds: hour, perAccount: 120, perWorkspace: 240 },
    done: 'sent a lot of invitations',
  },
  workspace: { title: 'new workspaces', seconds: hour, perAccount: 20, done: 'created a lot of workspaces' },
  account: {
    ...{ title: 'changes of one’s own account', seconds: 10 * minute, perAccount: 60 },
    done: 'changed a lot in your account',
  },
} satisfies Record<string, Limit>

/** What something counts as. */
export type LimitKind = keyof typeof limits

/** How many sessions an account has at most: with one more, its oldest ends. */
export const mostSessions = 20
