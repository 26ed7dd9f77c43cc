/** What one page may cost: JavaScript of its first load, gzipped, in thousands of bytes, and statements. */
type PageBudget = { address: string; kilobytes: number; statements: number; signedOut?: true }

/** What one of the browser's own requests may cost. */
type DataBudget = { address: string; statements: number }

/**
 * Every page that there is, by its route. A page that sends another number of statements than stands here fails, also
 * where it is a smaller one: so that the next one to grow is noticed. `{person}` and the like are things of the demo.
 */
export const pageBudgets: Record<string, PageBudget> = {
  '/': { address: '/', kilobytes: 165, statements: 7 },
  '/access-systems': { address: '/access-systems', kilobytes: 165, statements: 5 },
  '/access-systems/[id]': { address: '/access-systems/{accessSystem}', kilobytes: 186, statements: 7 },
  '/access-systems/[id]/access-groups': {
    address: '/access-systems/{accessSystem}/access-groups',
    kilobytes: 174,
    statements: 7,
  },
  '/access-systems/[id]/activity': {
    address: '/access-systems/{accessSystem}/activity',
    kilobytes: 176,
    statements: 6,
  },
  '/access-systems/[id]/doors': { address: '/access-systems/{accessSystem}/doors', kilobytes: 174, statements: 6 },
  '/access-systems/[id]/new-acs-user': {
    address: '/access-systems/{accessSystem}/new-acs-user',
    kilobytes: 174,
    statements: 5,
  },
  '/access-systems/[id]/settings': {
    address: '/access-systems/{accessSystem}/settings',
    kilobytes: 174,
    statements: 5,
  },
  '/access-systems/new': { address: '/access-systems/new', kilobytes: 170, statements: 4 },
  '/acs-users/[id]': { address: '/acs-users/{acsUser}', kilobytes: 171, statements: 7 },
  '/api-reference': { address: '/api-reference', kilobytes: 167, statements: 4 },
  '/events': { address: '/events', kilobytes: 176, statements: 8 },
  '/identities': { address: '/identities', kilobytes: 189, statements: 7 },
  '/identities/[id]': { address: '/identities/{person}', kilobytes: 191, statements: 11 },
  '/identities/[id]/timeline': { address: '/identities/{person}/timeline', kilobytes: 174, statements: 6 },
  '/identities/duplicates': { address: '/identities/duplicates', kilobytes: 167, statements: 6 },
  '/identities/merge': { address: '/identities/merge?one={person}&other={other}', kilobytes: 171, statements: 7 },
  '/identities/new': { address: '/identities/new', kilobytes: 172, statements: 4 },
  '/import': { address: '/import', kilobytes: 170, statements: 7 },
  '/import/[id]': { address: '/import/{import}', kilobytes: 175, statements: 8 },
  '/reconcile': { address: '/reconcile', kilobytes: 180, statements: 9 },
  '/second-factor': { address: '/second-factor', kilobytes: 165, statements: 4 },
  '/settings': { address: '/settings', kilobytes: 170, statements: 4 },
  '/settings/account': { address: '/settings/account', kilobytes: 174, statements: 4 },
  '/settings/api-keys': { address: '/settings/api-keys', kilobytes: 171, statements: 5 },
  '/settings/api-keys/new': { address: '/settings/api-keys/new', kilobytes: 169, statements: 4 },
  '/settings/members': { address: '/settings/members', kilobytes: 172, statements: 7 },
  '/settings/members/invite': { address: '/settings/members/invite', kilobytes: 170, statements: 4 },
  '/settings/webhooks': { address: '/settings/webhooks', kilobytes: 171, statements: 5 },
  '/settings/webhooks/[id]': { address: '/settings/webhooks/{webhook}', kilobytes: 175, statements: 9 },
  '/settings/webhooks/[id]/edit': { address: '/settings/webhooks/{webhook}/edit', kilobytes: 170, statements: 5 },
  '/settings/webhooks/new': { address: '/settings/webhooks/new', kilobytes: 170, statements: 4 },
  '/settings/workspace': { address: '/settings/workspace', kilobytes: 170, statements: 4 },
  '/tasks': { address: '/tasks', kilobytes: 172, statements: 6 },
  '/workspaces/new': { address: '/workspaces/new', kilobytes: 168, statements: 4 },
  '/forgot-password': { address: '/forgot-password', kilobytes: 161, statements: 0, signedOut: true },
  '/invitations/[token]': { address: '/invitations/{invitation}', kilobytes: 160, statements: 1, signedOut: true },
  '/no-workspace': { address: '/no-workspace', kilobytes: 165, statements: 3 },
  '/reset-password/[token]': { address: '/reset-password/unknown', kilobytes: 160, statements: 1, signedOut: true },
  '/setup': { address: '/setup', kilobytes: 161, statements: 0, signedOut: true },
  '/sign-in': { address: '/sign-in', kilobytes: 161, statements: 1, signedOut: true },
  '/sign-in/code': { address: '/sign-in/code', kilobytes: 161, statements: 0, signedOut: true },
  '/sign-in/recovery-code-used': { address: '/sign-in/recovery-code-used', kilobytes: 158, statements: 3 },
  '/too-many-requests': { address: '/too-many-requests', kilobytes: 158, statements: 0 },
}

/** Every route by which pages ask for more. */
export const dataBudgets: Record<string, DataBudget> = {
  '/data/access-systems/[id]/acs-users': { address: '/data/access-systems/{accessSystem}/acs-users', statements: 6 },
  '/data/access-systems/[id]/acs-users/export': {
    address: '/data/access-systems/{accessSystem}/acs-users/export',
    statements: 5,
  },
  '/data/acs-users/access-groups': { address: '/data/acs-users/access-groups?acs_user={acsUser}', statements: 5 },
  '/data/acs-users/issue-options': { address: '/data/acs-users/issue-options?identity={person}', statements: 5 },
  '/data/acs-users/options': {
    address: '/data/acs-users/options?system={accessSystem}&identity={person}&q=an',
    statements: 5,
  },
  '/data/entrances/options': { address: '/data/entrances/options?identity={person}&q=a', statements: 5 },
  '/data/events': { address: '/data/events', statements: 6 },
  '/data/events/export': { address: '/data/events/export?person={person}', statements: 4 },
  '/data/identities': { address: '/data/identities?q=an', statements: 5 },
  '/data/identities/[id]/latest-event': { address: '/data/identities/{person}/latest-event', statements: 4 },
  '/data/identities/[id]/timeline': { address: '/data/identities/{person}/timeline', statements: 5 },
  '/data/identities/export': { address: '/data/identities/export', statements: 4 },
  '/data/identities/options': { address: '/data/identities/options?q=an&acs_user={acsUser}', statements: 5 },
  '/data/identities/selectable': { address: '/data/identities/selectable?q=an', statements: 4 },
  '/data/identities/similar': { address: '/data/identities/similar?full_name=Jane+Whitfield', statements: 4 },
  '/data/imports/[id]': { address: '/data/imports/{import}', statements: 5 },
  '/data/imports/[id]/report': { address: '/data/imports/{import}/report', statements: 6 },
  '/data/imports/template': { address: '/data/imports/template', statements: 3 },
  '/data/moves': { address: '/data/moves?ids={person},{other}', statements: 6 },
  '/data/reconcile': { address: '/data/reconcile', statements: 6 },
  '/data/reconcile/certain': { address: '/data/reconcile/certain', statements: 5 },
  '/data/reconcile/standing': { address: '/data/reconcile/standing?ids={acsUser}', statements: 5 },
  '/data/tasks/export': { address: '/data/tasks/export', statements: 4 },
  '/data/search': { address: '/data/search?q=an', statements: 6 },
}
