/*
 * Makes an API key and prints it, alone, on standard output.
 *   npm run --silent api-key -- --workspace demo --name "Test script"
 */
import { parseArgs } from 'node:util'
import { inWorkspace } from '@/db/scope'
import { findWorkspaceId, listWorkspaceSlugs } from '@/lib/accounts/workspaces/queries'
import { createApiKey } from '@/lib/http-api/api-keys/commands'
import { startDatabaseCommand, WrongUsage } from './database-command'
import { isStarted } from './is-started'

const usage = `Usage: npm run --silent api-key -- --workspace <slug> --name <name>

  --workspace   the slug of the workspace that the key opens
  --name        what the key is for, as Settings shows it
  --help        shows this`

function readOptions(args: string[]): { slug: string; name: string } | null {
  const { values } = parseArgs({
    args,
    options: { workspace: { type: 'string' }, name: { type: 'string' }, help: { type: 'boolean' } },
  })
  const { workspace, name, help } = values
  if (help) return null
  if (!workspace || !name) throw new WrongUsage(`${workspace ? '--name' : '--workspace'} is missing.`)
  return { slug: workspace, name }
}

async function makeKey({ slug, name }: { slug: string; name: string }): Promise<string> {
  const workspaceId = await findWorkspaceId(slug)
  if (!workspaceId) {
    const slugs = await listWorkspaceSlugs()
    const known = slugs.length > 0 ? `There are: ${slugs.join(', ')}.` : 'There is none yet: start Keyholder first.'
    throw new Error(`There is no workspace “${slug}”. ${known}`)
  }
  const actor = { workspaceId, kind: 'system', id: null, name: 'Command line' } as const
  return (await inWorkspace(workspaceId, () => createApiKey(actor, { name }))).secret
}

/** The command `api-key`. */
export const apiKeyCommand = {
  usage,
  read: readOptions,
  run: makeKey,
  whenInUse: 'Make the key in the dashboard, under Settings, API keys, or stop Keyholder and run this again.',
}

if (isStarted(import.meta.url)) await startDatabaseCommand(apiKeyCommand)
