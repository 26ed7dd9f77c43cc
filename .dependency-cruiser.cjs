/*
 * The import directions of the house: app → components, lib → db (`npm run arrows`). Imports of
 * types alone count here, except where a rule says otherwise; what a component drags along when it
 * runs is checked by .dependency-cruiser.runtime.cjs.
 */

/**
 * What a concept's folder in lib shows to the other concepts, by file name without ending. Every
 * folder shows its queries and commands besides; folders not named here show nothing more.
 */
const publicFiles = {
  'access-groups': ['manage-access-groups', 'membership', 'records'],
  'access-systems': ['access-system', 'hold', 'records', 'still-there', 'vendor'],
  account: ['notice', 'own-account', 'password-changed-mail', 'prove-owner'],
  'acs-users': [
    'acs-user',
    'acs-user-input',
    'bring-back',
    'description',
    'ensure',
    'event-details',
    'insert',
    'list-condition',
    'lock',
    'problem-condition',
    'records',
    'removal',
    'target',
    'waiting-condition',
    'write',
  ],
  'api-keys': ['api-key', 'authenticate'],
  auth: [
    'acting-admin',
    'demo-sign-in',
    'encryption',
    'limit-attempts',
    'password',
    'password-hash',
    'password-work',
    'permissions',
    'session-lifetime',
    'sign-in-address',
  ],
  credentials: ['credential', 'description', 'lock', 'records', 'secrets', 'write'],
  csv: ['cell', 'file'],
  diagnosis: ['diagnosis', 'fault-names', 'groups'],
  duplicates: ['duplicate', 'write'],
  entrances: ['entrance', 'grant', 'hold', 'manage-entrances', 'records'],
  events: ['actor', 'event', 'kinds', 'list-parameters', 'records', 'wire-event'],
  import: ['columns', 'import', 'job-handlers'],
  'idempotent-requests': ['answer-once'],
  identities: [
    'bring-back',
    'identity',
    'insert',
    'link',
    'link-many',
    'list-condition',
    'merged',
    'move-out',
    'profile-mismatch',
    'records',
    'removal',
    'write',
    'write-many',
  ],
  jobs: ['job', 'runner'],
  limits: ['count-use', 'limits', 'places', 'wait'],
  mail: ['mail', 'settings'],
  members: ['member', 'invitation'],
  matching: ['candidates', 'match', 'name-condition', 'names'],
  merges: ['merge', 'write'],
  moves: ['move'],
  operations: ['metrics', 'routes', 'trace-request', 'tracing'],
  pagination: ['batches', 'count-rows', 'cursor', 'kept-count', 'page', 'slice', 'total'],
  'password-resets': ['password-reset', 'password-reset-mail'],
  passkeys: ['verify-answer'],
  'phone-numbers': ['phone-number'],
  reconcile: ['accept', 'list-parameters'],
  search: ['search-condition', 'search-query'],
  tables: ['table'],
  'two-factor': ['hash-kept-codes', 'take-code'],
  undo: ['undoable'],
  webhooks: ['webhook'],
  workspaces: ['demo-workspace', 'page-workspace', 'workspace'],
  xlsx: ['file'],
}

const shownByAll = '^lib/[^/]+/(queries|commands)\\.ts$'
const shownByOne = Object.entries(publicFiles).map(([folder, files]) => `^lib/${folder}/(${files.join('|')})\\.ts$`)
const databaseDrivers = ['^node_modules/pg/', '^node_modules/drizzle-orm/', '^node_modules/@electric-sql/']
const test = '\\.test\\.tsx?$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Modules that need each other cannot be understood one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that resolves to nothing would also escape every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'db-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(app|components|lib|e2e|scripts)/|^server\\.ts$' },
    },
    {
      name: 'lib-knows-no-front-end',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|e2e|scripts)/|^server\\.ts$' },
    },
    {
      name: 'components-are-only-seen',
      comment: 'A component is given its data. It may name types of the database, and none of the app.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|e2e|scripts)/|^server\\.ts$' },
    },
    {
      name: 'components-read-and-write-nothing',
      comment: 'Types and pure rules only; .dependency-cruiser.runtime.cjs looks further than one import.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: [
          '^db/',
          '^lib/[^/]+/(queries|commands)\\.ts$',
          '^lib/(transaction|database-error)\\.ts$',
          ...databaseDrivers,
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'concepts-keep-their-insides',
      comment:
        'Another concept is reached through its queries, its commands or its model; what else it shows is listed in publicFiles.',
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: test },
      to: { path: '^lib/[^/]+/', pathNot: ['^lib/$1/', shownByAll, ...shownByOne] },
    },
    {
      name: 'end-to-end-tests-see-only-the-browser',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^(app|components|lib|db|scripts)/|^server\\.ts$' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: [test, '^e2e/', '^db/testing/', '^vitest\\.config\\.ts$'] },
      to: { path: [test, '^e2e/', '^db/testing/'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(\\.next|e2e/api/node_modules|node_modules/\\.|test-results|playwright-report)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
