import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { accessGroupMembers } from '@/db/schema/access-groups'
import { csvFile } from '@/lib/platform/csv/file'
import { addAccessGroup, addAccessSystem, addAcsUser, addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { acsUsersTable } from './export'
import { readAcsUserListParameters } from './list-parameters'

const shown = (address: Record<string, string> = {}) => readAcsUserListParameters(new URLSearchParams(address))

async function exported(...given: Parameters<typeof acsUsersTable>): Promise<Record<string, string>[]> {
  const parts: string[] = []
  for await (const part of csvFile(acsUsersTable(...given))) parts.push(part)
  return parse(parts.join(''), { bom: true, columns: true })
}

test('an access system’s ACS users come with their schedule, groups, person and problems, as filtered', async () => {
  const admin = await addWorkspace()
  const connection = await database()
  const house = await addAccessSystem(admin, 'Harbor House')
  const userIdentityId = await addIdentity(admin, { fullName: 'Jane Doe', userIdentityKey: 'K-1' })
  const jane = await addAcsUser(admin, house, {
    fullName: '@Jane',
    emailAddress: 'jane@example.com',
    phoneNumber: '(415) 555-0110',
    accessStartsAt: new Date('2026-01-01T00:00:00Z'),
    accessEndsAt: new Date('2026-02-01T00:00:00Z'),
    isSuspended: true,
    userIdentityId,
  })
  for (const name of ['Residents', 'Gym']) {
    const acsAccessGroupId = await addAccessGroup(admin, house, name)
    const membership = { workspaceId: admin.workspaceId, acsSystemId: house, acsAccessGroupId, acsUserId: jane }
    await connection.insert(accessGroupMembers).values(membership)
  }
  const free = await addAcsUser(admin, house, { fullName: 'Zoe' })
  await addAcsUser(admin, await addAccessSystem(admin, 'Pier 7'))

  expect(await exported(admin.workspaceId, house, shown({ linked: 'linked' }))).toEqual([
    {
      acs_user_id: jane,
      full_name: "'@Jane",
      email_address: 'jane@example.com',
      phone_number: '(415) 555-0110',
      access_starts_at: '2026-01-01T00:00:00.000Z',
      access_ends_at: '2026-02-01T00:00:00.000Z',
      is_suspended: 'true',
      access_groups: 'Gym; Residents',
      user_identity_key: 'K-1',
      user_identity_id: userIdentityId,
      user_identity_name: 'Jane Doe',
      problems: 'Suspended; Access ended',
      created_at: expect.stringMatching(/^20.*Z$/),
    },
  ])
  const all = await exported(admin.workspaceId, house, shown({ sort: 'name-desc' }))
  expect(all.map(({ acs_user_id }) => acs_user_id)).toEqual([free, jane])
})
