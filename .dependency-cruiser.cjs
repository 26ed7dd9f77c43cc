/*
 * The import directions of the house: app → components, lib → db (`npm run arrows`). Imports of
 * types alone count here, except where a rule says otherwise; what a component drags along when it
 * runs is checked by .dependency-cruiser.runtime.cjs.
 */

/** The rooms of lib. Each may import from those after it. docs/architecture.md draws them. */
const rooms = ['http-api', 'imports', 'people', 'access', 'accounts', 'background', 'history', 'platform']

/**
 * What a room shows to the other rooms, by folder and by file name without ending. Every folder shows its queries and
 * commands besides. Platform shows everything.
 */
const shownFiles = {
  'access/acs-user-rows': [
    'acs-user-event-details',
    'change-acs-users',
    'credential-secrets',
    'describe-acs-users',
    'insert-acs-users',
    'lock-acs-users',
  ],
  'access/acs-users': [
    'acs-user',
    'acs-user-input',
    'bring-back',
    'list-condition',
    'problem-condition',
    'records',
    'removal',
    'waiting-condition',
  ],
  'access/credentials': ['change-credentials', 'credential', 'lock-credentials', 'records'],
  'access/entrances': ['direct-access', 'lock-entrances', 'manage-entrances', 'records'],
  'access/groups': ['manage-access-groups', 'membership', 'records'],
  'access/links': ['ensure-acs-user', 'link', 'link-many', 'merged', 'refuse-unknown'],
  'access/system-rows': ['lock-access-system', 'still-there', 'vendor'],
  'access/systems': ['records'],
  'accounts/workspaces': ['demo-workspace'],
  'background/jobs': ['job', 'runner'],
  'background/mail': ['mail'],
  'history/events': ['event', 'net-change', 'records', 'undoable', 'wire-event'],
  'people/identities': ['change-identities', 'change-identity', 'identity', 'profile-mismatch', 'records', 'removal'],
  'people/names': ['names'],
}

const shown = [
  '^lib/platform/',
  '^lib/[^/]+/[^/]+/(queries|commands)\\.ts$',
  ...Object.entries(shownFiles).map(([folder, files]) => `^lib/${folder}/(${files.join('|')})\\.ts$`),
]
const databaseDrivers = ['^node_modules/pg/', '^node_modules/drizzle-orm/', '^node_modules/@electric-sql/']
const test = '\\.test\\.tsx?$'

/** The HTTP API and imports stand side by side. */
const isBeside = (one, other) => one !== other && [one, other].every((room) => ['http-api', 'imports'].includes(room))

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
          '^lib/.+/(queries|commands)\\.ts$',
          '^lib/platform/(transaction|database-error)\\.ts$',
          ...databaseDrivers,
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    ...rooms.map((room, place) => ({
      name: `${room}-imports-from-rooms-below`,
      comment: 'A room imports only from the rooms below it.',
      severity: 'error',
      from: { path: `^lib/${room}/`, pathNot: test },
      to: {
        path: `^lib/(${rooms.filter((other) => rooms.indexOf(other) < place || isBeside(room, other)).join('|')})/`,
      },
    })),
    {
      name: 'lib-has-no-other-rooms',
      comment: 'What is in lib belongs to a room. docs/architecture.md says which.',
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(testing|${rooms.join('|')})/` },
      to: {},
    },
    {
      name: 'rooms-keep-their-insides',
      comment: 'Another room is reached through its queries and commands; what else it shows is listed in shownFiles.',
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: [test, '^lib/testing/'] },
      to: { path: '^lib/', pathNot: ['^lib/$1/', ...shown] },
    },
    {
      name: 'production-imports-no-test-helpers',
      severity: 'error',
      from: { path: '^(app|components|lib|db)/|^server\\.ts$', pathNot: [test, '^lib/testing/'] },
      to: { path: '^lib/testing/' },
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
