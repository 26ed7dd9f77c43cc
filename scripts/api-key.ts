/*
 * Makes an API key and prints it, alone, on standard output.
 *   npm run --silent api-key -- --workspace demo --name "Test script"
 */
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { DataFolderInUse } from '@/db/data-folder-lock'
import { createApiKey } from '@/lib/api-keys/commands'
import { findWorkspaceId, listWorkspaceSlugs } from '@/lib/workspaces/queries'

const usage = `Usage: npm run --silent api-key -- --workspace <slug> --name <name>

  --workspace   the slug of the workspace that the key opens
  --name        what the key is for, as Settings shows it
  --help        shows this`

/** What is wrong with the command line. */
class WrongUsage extends Error {}

function readOptions() {
  let values: { workspace?: string; name?: string; help?: boolean }
  try {
    ;({ values } = parseArgs({
      options: { workspace: { type: 'string' }, name: { type: 'string' }, help: { type: 'boolean' } },
    }))
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
  const { workspace, name, help } = values
  if (help) return null
  if (!workspace || !name) throw new WrongUsage(`${workspace ? '--name' : '--workspace'} is missing.`)
  return { slug: workspace, name }
}

async function makeKey(slug: string, name: string): Promise<string> {
  const workspaceId = await findWorkspaceId(slug)
  if (!workspaceId) {
    const slugs = await listWorkspaceSlugs()
    const known = slugs.length > 0 ? `There are: ${slugs.join(', ')}.` : 'There is none yet: start Keyholder first.'
    throw new Error(`There is no workspace “${slug}”. ${known}`)
  }
  const actor = { workspaceId, kind: 'system', id: null, name: 'Command line' } as const
  return (await createApiKey(actor, { name })).secret
}

/** What went wrong, in words: the driver's own are in the cause. */
function inWords(error: unknown): string {
  if (error instanceof WrongUsage) return `${error.message}\n\n${usage}`
  if (error instanceof DataFolderInUse) {
    return `Keyholder is running on the data folder (${error.folder}), and only one process can use it. Make the key in the dashboard, under Settings, API keys, or stop Keyholder and run this again.`
  }
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message}\n${inWords(error.cause)}` : error.message
}

try {
  const options = readOptions()
  console.log(options ? await makeKey(options.slug, options.name) : usage)
} catch (error) {
  console.error(inWords(error))
  process.exitCode = 1
} finally {
  await closeDatabase()
}
