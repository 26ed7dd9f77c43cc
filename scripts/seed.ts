/*
 * Fills a workspace: the demo's, or with --identities one of any size for measuring.
 *   npm run seed
 *   npm run seed -- --identities 100000 --workspace bulk
 *   npm run seed -- --busy-person --workspace busy
 */
import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { fillWorkspaceWithBusyPerson } from '@/db/bulk-seed/busy-person'
import { fillWorkspaceInBulk, mostIdentities } from '@/db/bulk-seed/fill-workspace-in-bulk'
import { closeDatabase, database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { users } from '@/db/schema/accounts'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { events } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces, inWorkspace } from '@/db/scope'
import { demoManagerEmail } from '@/lib/accounts/auth/demo-sign-in'
import { ensureDemoWorkspace } from '@/lib/accounts/workspaces/demo-workspace'

const usage = `Usage: npm run seed                                                 fills the demo workspace, once
       npm run seed -- --identities <number> [--workspace <slug>]   fills an empty workspace with so many people
       npm run seed -- --busy-person [--workspace <slug>]           fills one with one person in 15 access systems

  --identities   how many user identities, 1 to ${mostIdentities.toLocaleString('en')}
  --busy-person  one person with 400 doors and 5,000 events, whose page has the most to show
  --workspace    the workspace's slug; made as a sandbox if there is none ("bulk" unless given)
  --help         shows this`

/** What is wrong with the command line. */
class WrongUsage extends Error {}

type Options =
  | { kind: 'demo' }
  | { kind: 'help' }
  | { kind: 'bulk'; identities: number; slug: string }
  | { kind: 'busy'; slug: string }

function readOptions(): Options {
  let values: { identities?: string; 'busy-person'?: boolean; workspace?: string; help?: boolean }
  try {
    ;({ values } = parseArgs({
      options: {
        identities: { type: 'string' },
        'busy-person': { type: 'boolean' },
        workspace: { type: 'string' },
        help: { type: 'boolean' },
      },
    }))
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return { kind: 'help' }
  if (values.identities === undefined) {
    if (values['busy-person']) return { kind: 'busy', slug: readSlug(values.workspace ?? 'busy') }
    if (values.workspace !== undefined)
      throw new WrongUsage('--workspace needs --identities or --busy-person beside it.')
    return { kind: 'demo' }
  }
  const identities = Number(values.identities)
  if (!/^\d+$/.test(values.identities) || identities < 1 || identities > mostIdentities) {
    throw new WrongUsage(`--identities must be a whole number from 1 to ${mostIdentities}, not “${values.identities}”.`)
  }
  return { kind: 'bulk', identities, slug: readSlug(values.workspace ?? 'bulk') }
}

function readSlug(slug: string): string {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(slug)) return slug
  throw new WrongUsage(`--workspace must be lower-case letters, digits and hyphens, not “${slug}”.`)
}

async function seedDemo(): Promise<string> {
  const { workspaceId, created } = await ensureDemoWorkspace()
  console.log(
    created ? 'Made and filled the workspace “demo”.' : 'The workspace “demo” is there already; left as it is.',
  )
  return workspaceId
}

async function seedBulk(slug: string, identities: number): Promise<string> {
  const workspaceId = await findEmptyWorkspace(slug)
  const startedAt = performance.now()
  const showProgress = (done: number) => {
    const seconds = (performance.now() - startedAt) / 1000
    const line = `${done.toLocaleString('en')} of ${identities.toLocaleString('en')} user identities, ${seconds.toFixed(1)} s`
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}` : `${line}\n`)
  }
  showProgress(0)
  try {
    const connection = await database()
    const filling = { identities, onProgress: showProgress }
    await inWorkspace(workspaceId, () => fillWorkspaceInBulk(connection, workspaceId, filling))
  } finally {
    if (process.stdout.isTTY) process.stdout.write('\n')
  }
  return workspaceId
}

async function seedBusyPerson(slug: string): Promise<string> {
  const workspaceId = await findEmptyWorkspace(slug)
  const connection = await database()
  await inWorkspace(workspaceId, () => fillWorkspaceWithBusyPerson(connection, workspaceId))
  return workspaceId
}

async function findEmptyWorkspace(slug: string): Promise<string> {
  const connection = await database()
  const [present] = await connection.select().from(workspaces).where(eq(workspaces.slug, slug))
  if (!present) {
    const workspaceId = uuidv7()
    await connection.insert(workspaces).values({ workspaceId, slug, name: slug, isSandbox: true })
    return workspaceId
  }
  if (!present.isSandbox) {
    throw new Error(`The workspace “${slug}” is live; only a sandbox is filled. Name another one with --workspace.`)
  }
  const { workspaceId } = present
  const people = await inWorkspace(workspaceId, () =>
    connection.$count(userIdentities, eq(userIdentities.workspaceId, workspaceId)),
  )
  if (people > 0) {
    throw new Error(`The workspace “${slug}” already holds user identities. Name another one with --workspace.`)
  }
  return workspaceId
}

/** Lets everybody who owns a workspace, and the demo's manager, switch to this one. */
async function addMembers(workspaceId: string): Promise<void> {
  const connection = await database()
  const owners = await connection
    .selectDistinct({ userId: workspaceMembers.userId })
    .from(workspaceMembers)
    .where(eq(workspaceMembers.role, 'owner'))
  const demoManagers = await connection
    .select({ userId: users.id })
    .from(users)
    .where(eq(users.email, demoManagerEmail))
  const members = [
    ...owners.map(({ userId }) => ({ workspaceId, userId, role: 'owner' as const })),
    ...demoManagers.map(({ userId }) => ({ workspaceId, userId, role: 'manager' as const })),
  ]
  if (members.length > 0) await connection.insert(workspaceMembers).values(members).onConflictDoNothing()
}

async function describeContents(workspaceId: string): Promise<string> {
  const connection = await database()
  const counted = [
    ['user identities', await connection.$count(userIdentities, eq(userIdentities.workspaceId, workspaceId))],
    ['access systems', await connection.$count(accessSystems, eq(accessSystems.workspaceId, workspaceId))],
    ['ACS users', await connection.$count(acsUsers, eq(acsUsers.workspaceId, workspaceId))],
    ['credentials', await connection.$count(credentials, eq(credentials.workspaceId, workspaceId))],
    ['events', await connection.$count(events, eq(events.workspaceId, workspaceId))],
  ] as const
  return counted.map(([what, count]) => `${Number(count).toLocaleString('en')} ${what}`).join(', ')
}

async function seed(options: Exclude<Options, { kind: 'help' }>): Promise<string> {
  if (options.kind === 'demo') return seedDemo()
  return options.kind === 'busy' ? seedBusyPerson(options.slug) : seedBulk(options.slug, options.identities)
}

async function run(options: Exclude<Options, { kind: 'help' }>): Promise<void> {
  const startedAt = performance.now()
  const workspaceId = await seed(options)
  await addMembers(workspaceId)
  const contents = await inWorkspace(workspaceId, () => describeContents(workspaceId))
  console.log(`It holds ${contents}. Done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
}

/** An error's message and those of what caused it: the driver's own words are in the cause. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message}\n${inWords(error.cause)}` : error.message
}

try {
  const options = readOptions()
  if (options.kind === 'help') console.log(usage)
  else await acrossWorkspaces(() => run(options))
} catch (error) {
  console.error(error instanceof WrongUsage ? `${error.message}\n\n${usage}` : inWords(error))
  process.exitCode = error instanceof WrongUsage ? 2 : 1
} finally {
  await closeDatabase()
}
