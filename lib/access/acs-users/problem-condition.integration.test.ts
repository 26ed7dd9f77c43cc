/* One rule, written twice: what the list shows and what the database filters by. */
import { eq, sql } from 'drizzle-orm'
import fastCheck from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { addAccessSystem, addWorkspace } from '@/lib/testing/test-data'
import { acsUserProblems } from './acs-user'
import { acsUserHasProblem } from './problem-condition'

const error = { error_code: 'failed', message: 'Failed', created_at: '2026-01-01T00:00:00Z' }
const minutes = fastCheck.option(fastCheck.integer({ min: -100_000, max: 100_000 }).filter((from) => from !== 0))
const standing = fastCheck
  .record({
    isSuspended: fastCheck.boolean(),
    starts: minutes,
    ends: minutes,
    errors: fastCheck.array(fastCheck.constant(error), { maxLength: 2 }),
  })
  .filter(({ starts, ends }) => starts === null || ends === null || starts < ends)

test('the database finds a problem in exactly those ACS users in which the pages show one', async () => {
  const { workspaceId, ...admin } = await addWorkspace()
  const acsSystemId = await addAccessSystem({ workspaceId, ...admin })
  const connection = await database()
  const now = new Date()
  const fromNow = (from: number | null) => (from === null ? null : new Date(now.getTime() + from * 60_000))
  const rows = fastCheck.sample(standing, 300).map(({ starts, ends, ...rest }) => ({
    ...rest,
    workspaceId,
    acsSystemId,
    acsUserId: uuidv7(),
    fullName: 'Jane',
    accessStartsAt: fromNow(starts),
    accessEndsAt: fromNow(ends),
  }))
  await connection.insert(acsUsers).values(rows)
  const stored = await connection
    .select({ acsUser: acsUsers, hasProblem: sql<boolean>`${acsUserHasProblem()}` })
    .from(acsUsers)
    .where(eq(acsUsers.workspaceId, workspaceId))
  const differing = stored.filter(({ acsUser, hasProblem }) => {
    const { accessStartsAt, accessEndsAt } = acsUser
    const shown = acsUserProblems(
      {
        ...acsUser,
        accessStartsAt: accessStartsAt?.toISOString() ?? null,
        accessEndsAt: accessEndsAt?.toISOString() ?? null,
      },
      now,
    )
    return shown.length > 0 !== hasProblem
  })
  expect(differing).toEqual([])
  expect(new Set(stored.map(({ hasProblem }) => hasProblem))).toEqual(new Set([true, false]))
})
