import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { createUserIdentity } from '@/lib/people/identities/commands'
import { addWorkspace, everythingIn, refusalOf } from '@/lib/testing/test-data'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { ensureDemoWorkspace, isDemoWorkspace, resetSandboxWorkspace } from './demo-workspace'
import { listMemberships } from './queries'

test('the demo is made once by several processes that start at once, and reset to its first day', async () => {
  const made = await Promise.all([ensureDemoWorkspace(), ensureDemoWorkspace(), ensureDemoWorkspace()])
  const workspaceId = made[0]?.workspaceId ?? ''
  expect(made.map(({ created }) => created).sort()).toEqual([false, false, true])
  expect(new Set(made.map((demo) => demo.workspaceId)).size).toBe(1)

  const managers = await (await database()).select().from(users).where(eq(users.email, demoManagerEmail))
  expect(managers).toHaveLength(1)
  const [workspace] = await listMemberships(managers[0]?.id ?? '')
  expect(workspace).toMatchObject({ workspaceId, isSandbox: true, role: 'manager' })
  expect(workspace && isDemoWorkspace(workspace)).toBe(true)

  const demo = { ...(await addWorkspace()), workspaceId }
  const namesIn = async () => (await everythingIn(demo)).identities.map(({ displayName }) => displayName).sort()
  const firstDay = await namesIn()
  expect(firstDay.length).toBeGreaterThan(200)
  await createUserIdentity(demo, { full_name: 'Added While Exploring' })
  await resetSandboxWorkspace(workspaceId)
  expect(await namesIn()).toEqual(firstDay)
})

test('a live workspace is not filled with the demo', async () => {
  const live = await addWorkspace()
  expect(await refusalOf(resetSandboxWorkspace(live.workspaceId))).toMatchObject({ type: 'not_a_sandbox' })
  expect((await everythingIn(live)).identities).toEqual([])
})
