/* `npm run api-key`: once as a process, else within this one. */
import { beforeAll, expect, test } from 'vitest'
import { closeDatabase } from '@/db/client'
import { authenticateApiKey } from '@/lib/http-api/api-keys/authenticate'
import { listApiKeys } from '@/lib/http-api/api-keys/queries'
import { addWorkspace } from '@/lib/testing/test-data'
import { apiKeyCommand } from './api-key'
import { runDatabaseCommand } from './database-command'
import { whileInUse } from './testing/database-in-use'
import { runScript } from './testing/run-script'

const isEmbedded = !process.env.DATABASE_URL
let workspaceId: string

beforeAll(async () => {
  workspaceId = (await addWorkspace({ slug: 'harborview' })).workspaceId
})

const run = (...options: string[]) => runDatabaseCommand(apiKeyCommand, options)

test('prints a key that works, and nothing else', async () => {
  await closeDatabase()
  const { code, output, problems } = await runScript('api-key', ['--workspace', 'harborview', '--name', 'Test script'])
  expect({ code, problems }).toEqual({ code: 0, problems: '' })
  expect(output).toMatch(/^seam_\w{12}_\w{40}\n$/)
  expect(await authenticateApiKey(output.trim())).toMatchObject({ workspaceId, name: 'Test script' })
  expect(await listApiKeys(workspaceId)).toMatchObject([{ name: 'Test script', createdBy: 'Command line' }])
})

test('names the workspaces there are when it is given another', async () => {
  const { code, output, problems } = await run('--workspace', 'harborvew', '--name', 'Test script')
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(problems).toContain('There is no workspace “harborvew”. There are: harborview.')
})

test.each([
  [[], '--workspace is missing.'],
  [['--workspace', 'harborview'], '--name is missing.'],
  [['--workspce', 'harborview'], '--workspce'],
])('with %j it says what is wrong and how it is used', async (options, problem) => {
  const { code, output, problems } = await run(...options)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(problems).toContain(problem)
  expect(problems).toContain('Usage: npm run --silent api-key -- --workspace <slug> --name <name>')
})

test('refuses a name that cannot be one', async () => {
  const { code, output, problems } = await run('--workspace', 'harborview', '--name', 'x'.repeat(101))
  expect({ code, output, problems }).toEqual({
    code: 1,
    output: '',
    problems: 'The name must be at most 100 characters long.',
  })
})

test.runIf(isEmbedded)('says where keys are made while Keyholder runs on the embedded database', async () => {
  const { code, output, problems } = await whileInUse(() => run('--workspace', 'harborview', '--name', 'Test script'))
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(problems).toContain('Keyholder is running on the data folder')
  expect(problems).toContain('under Settings, API keys')
})
