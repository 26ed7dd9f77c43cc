import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvFile } from '@/lib/platform/csv/file'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { identitiesTable } from './export'
import { readIdentityListParameters } from './list-parameters'

const shown = (address: Record<string, string> = {}) => readIdentityListParameters(new URLSearchParams(address))

async function exported(...given: Parameters<typeof identitiesTable>): Promise<Record<string, string>[]> {
  const parts: string[] = []
  for await (const part of csvFile(identitiesTable(...given))) parts.push(part)
  return parse(parts.join(''), { bom: true, columns: true })
}

test('a person comes with their access systems and problems, and nothing of it is computed', async () => {
  const admin = await addWorkspace()
  const house = await addAccessSystem(admin, 'Harbor House')
  const pier = await addAccessSystem(admin, '=Pier 7')
  const userIdentityId = await addIdentity(admin, {
    fullName: '=HYPERLINK("https://evil.example")',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
    userIdentityKey: 'K-1',
    movesOutAt: new Date('2027-01-31T12:00:00Z'),
  })
  await addAcsUser(admin, pier, { userIdentityId, isSuspended: true })
  await addAcsUser(admin, house, { userIdentityId })
  expect(await exported(admin.workspaceId, shown())).toEqual([
    {
      user_identity_key: 'K-1',
      email_address: 'jane@example.com',
      phone_number: "'+15555550110",
      full_name: '\'=HYPERLINK("https://evil.example")',
      user_identity_id: userIdentityId,
      created_at: expect.stringMatching(/^20.*Z$/),
      moves_out_at: '2027-01-31T12:00:00.000Z',
      access_systems: "'=Pier 7; Harbor House",
      problems: "'=Pier 7: Suspended",
    },
  ])
})

test('all that the list would show under its search and filters comes in the list’s order, on one page or many', async () => {
  const admin = await addWorkspace()
  const house = await addAccessSystem(admin)
  // More than two batches, many of the same name, which the id tells apart.
  const ids: string[] = []
  for (let number = 0; number < 2050; number++) ids.push(await addIdentity(admin, `Person ${number % 3}`))
  await addAcsUser(admin, house, { userIdentityId: ids[7] ?? '' })
  const idsOf = async (...given: Parameters<typeof identitiesTable>) =>
    (await exported(...given)).map(({ user_identity_id }) => user_identity_id)

  expect(await idsOf(admin.workspaceId, shown({ sort: 'oldest' }))).toEqual(ids)
  const byName = [0, 1, 2].flatMap((rest) => ids.filter((_id, number) => number % 3 === rest))
  expect(await idsOf(admin.workspaceId, shown({ sort: 'name' }))).toEqual(byName)
  expect(await idsOf(admin.workspaceId, shown({ sort: 'name-desc', q: 'person 2' }))).toEqual(
    ids.filter((_id, number) => number % 3 === 2).reverse(),
  )
  expect(await idsOf(admin.workspaceId, shown({ linked: house }))).toEqual([ids[7]])
  expect(await idsOf(admin.workspaceId, shown({ sort: 'oldest' }), ids.slice(3, 5))).toEqual(ids.slice(3, 5))
})
