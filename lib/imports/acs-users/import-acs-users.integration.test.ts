/* A file of ACS users from its first byte to its undo, on a real database; jobs are run by hand. */
import { and, asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { accessGroups } from '@/db/schema/access-groups'
import { acsUsers } from '@/db/schema/acs-users'
import { events } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import { createAcsUser, deleteAcsUser, updateAcsUser } from '@/lib/access/acs-users/commands'
import { acsUsersTable } from '@/lib/access/acs-users/export'
import { readAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import { createCredential } from '@/lib/access/credentials/commands'
import { attachAcsUser, createUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { csvFile } from '@/lib/platform/csv/file'
import { applyChecked, checkText, receiveText, rowsOfImport, runImportJobs } from '@/lib/testing/imports'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  refusalOf,
} from '@/lib/testing/test-data'
import { checkImport, undoImport } from '../commands'
import { getImport } from '../queries'

let admin: Actor
let house: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House', { timeZone: 'America/New_York' })
})

const check = (text: string, choices?: object) =>
  checkText(admin, text, { kind: 'acs_users', acs_system_id: house }, choices)
const apply = (importId: string, choices?: Parameters<typeof applyChecked>[2]) => applyChecked(admin, importId, choices)
const rowsOf = (importId: string) => rowsOfImport(admin, importId)
const details = (importId: string) => getImport(admin.workspaceId, importId)
const problemsOf = async (importId: string) =>
  (await rowsOf(importId)).map(({ plan, problems }) => [plan, problems[0]?.message])

/** The access system's ACS users by name, as an export has them. */
async function exported(): Promise<string[]> {
  let text = ''
  const parameters = readAcsUserListParameters(new URLSearchParams({ sort: 'name' }))
  for await (const part of csvFile(acsUsersTable(admin.workspaceId, house, parameters))) text += part
  return text.replace('\uFEFF', '').split('\r\n').filter(Boolean).slice(1)
}

async function inHouse() {
  const connection = await database()
  return connection
    .select({
      name: acsUsers.fullName,
      email: acsUsers.emailAddress,
      phone: acsUsers.phoneNumberE164,
      startsAt: acsUsers.accessStartsAt,
      endsAt: acsUsers.accessEndsAt,
      isSuspended: acsUsers.isSuspended,
      person: userIdentities.fullName,
    })
    .from(acsUsers)
    .leftJoin(
      userIdentities,
      and(
        eq(userIdentities.workspaceId, acsUsers.workspaceId),
        eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
      ),
    )
    .where(and(eq(acsUsers.workspaceId, admin.workspaceId), eq(acsUsers.acsSystemId, house)))
    .orderBy(asc(acsUsers.fullName))
}

describe('a file of ACS users', () => {
  test('is checked without a write, then creates, updates, leaves alone, attaches and refuses', async () => {
    await addAccessGroup(admin, house, 'Residents')
    await addAccessGroup(admin, house, 'Gym')
    await createUserIdentity(admin, { full_name: 'Jane Doe', user_identity_key: 'J1' })
    await createAcsUser(admin, { acs_system_id: house, full_name: 'Bob Cole', email_address: 'bob@example.com' })
    await createAcsUser(admin, { acs_system_id: house, full_name: 'Cy Day', email_address: 'cy@example.com' })
    const before = await everythingIn(admin)
    const importId = await check(
      [
        'Name,Email,Phone,Key,Valid from,Valid until,Groups,Suspended',
        'Jane Doe,jane@example.com,(555) 555-0101,J1,2026-03-01,2026-03-31,Residents; gym,no',
        'Bobby Cole,bob@example.com,,,,,Residents,yes',
        'Cy Day,cy@example.com,,,,,,',
        'Nobody,,,,,,,',
        'Eve,eve@example.com,,,2026-04-01,2026-03-01,,',
        'Fay,fay@example.com,1.5552E+10,,,46112,Pool,',
        'Gus,gus@example.com,,J9,,,,',
        'Cy Day,CY@example.com,,,,,,',
      ].join('\n'),
    )
    expect(await everythingIn(admin)).toEqual(before)
    expect(await details(importId)).toMatchObject({
      ...{ state: 'checked', kind: 'acs_users', acsSystem: { name: 'Harbor House' }, dateOrder: 'unknown' },
      plans: { create: 1, update: 1, unchanged: 1, refused: 5 },
    })
    const rows = await rowsOf(importId)
    expect(rows[0]).toMatchObject({
      ...{ plan: 'create', subjectId: null, subjectName: 'Jane Doe' },
      changes: {
        access_starts_at: { from: null, to: '2026-03-01T05:00:00.000Z' },
        access_ends_at: { from: null, to: '2026-04-01T03:59:00.000Z' },
        access_groups: { from: null, to: 'Gym; Residents' },
        user_identity: { from: null, to: 'Jane Doe' },
      },
    })
    expect(rows[1]?.changes).toEqual({
      full_name: { from: 'Bob Cole', to: 'Bobby Cole' },
      is_suspended: { from: 'no', to: 'yes' },
      access_groups: { from: null, to: 'Residents' },
    })
    expect(rows.slice(3).map(({ problems }) => problems.map(({ field }) => field))).toEqual([
      [null],
      ['access_ends_at'],
      ['phone_number', 'access_ends_at'],
      ['user_identity_key'],
      [null],
    ])
    expect(rows.at(-1)?.problems[0]?.message).toBe('Row 4 is about the same ACS user. Keep one of the two.')

    await apply(importId)
    expect((await details(importId)).outcomes).toEqual({ created: 1, updated: 1, unchanged: 1, refused: 5 })
    expect(await inHouse()).toMatchObject([
      { name: 'Bobby Cole', isSuspended: true, person: null },
      { name: 'Cy Day', isSuspended: false },
      {
        ...{ name: 'Jane Doe', email: 'jane@example.com', phone: '+15555550101', person: 'Jane Doe' },
        startsAt: new Date('2026-03-01T05:00:00Z'),
        endsAt: new Date('2026-04-01T03:59:00Z'),
      },
    ])
    const lines = await exported()
    expect(lines[2]).toContain('false,"Gym; Residents",J1,')
    // A second import of the same file finds everybody, and has nothing to do.
    const again = await check(
      'Name,Email,Key,Groups,Suspended\nJane Doe,jane@example.com,J1,Gym;Residents,false\nBobby Cole,bob@example.com,,Residents,true\n',
    )
    expect((await details(again)).plans).toEqual({ unchanged: 2 })
  })

  test('writes each row as a change of its own', async () => {
    await addAccessGroup(admin, house, 'Residents')
    const userIdentityId = await addIdentity(admin, { fullName: 'Jane Doe', userIdentityKey: 'J1' })
    await apply(
      await check('Name,Email,Key,Group\nJane Doe,jane@example.com,J1,Residents\nBob Cole,bob@example.com,,\n'),
    )
    const connection = await database()
    const written = await connection
      .select()
      .from(events)
      .where(eq(events.workspaceId, admin.workspaceId))
      .orderBy(asc(events.eventId))
    const changeOf = (name: string) => written.filter(({ data }) => data.acs_user_name === name)
    expect(changeOf('Jane Doe')).toMatchObject([
      { eventType: 'acs_user.created', actorKind: 'import', userIdentityId },
      { eventType: 'acs_access_group.user_added' },
      { eventType: 'user_identity.acs_user_added', userIdentityId },
    ])
    expect(new Set(changeOf('Jane Doe').map(({ changeId }) => changeId)).size).toBe(1)
    expect(new Set(written.map(({ changeId }) => changeId)).size).toBe(2)
  })

  test('finds nobody of another access system, and an export of one can be imported again', async () => {
    const tower = await addAccessSystem(admin, 'Tower')
    await addAcsUser(admin, tower, { fullName: 'Ann Bay', emailAddress: 'ann@example.com' })
    await addAcsUser(admin, house, { fullName: 'Bob Cole', phoneNumber: '555 555 0102', isSuspended: true })
    const importId = await check('Name,Email\nAnn Bay,ann@example.com\n')
    expect(await rowsOf(importId)).toMatchObject([{ plan: 'create' }])

    let text = ''
    const parameters = readAcsUserListParameters(new URLSearchParams())
    for await (const part of csvFile(acsUsersTable(admin.workspaceId, house, parameters))) text += part
    expect(await problemsOf(await check(text))).toEqual([['unchanged', undefined]])
  })

  test('a conflict is skipped, or changes the one who was found', async () => {
    await addAcsUser(admin, house, { fullName: 'Ann Bay', emailAddress: 'family@example.com' })
    const text = 'Name,Email\nZoe Quist,family@example.com\n'
    await apply(await check(text))
    expect((await inHouse()).map(({ name }) => name)).toEqual(['Ann Bay'])
    await apply(await check(text), { conflict_choice: 'update' })
    expect((await inHouse()).map(({ name }) => name)).toEqual(['Zoe Quist'])
  })

  test('removes whom it says, where that is chosen, and undoing brings them back', async () => {
    const acsUserId = await addAcsUser(admin, house, { fullName: 'Ann Bay', emailAddress: 'ann@example.com' })
    await createCredential(admin, { access_method: 'code', acs_user_id: acsUserId, code: '1234' })
    const text = 'Name,Email,Action\nAnn Bay,ann@example.com,remove\nZoe,zoe@example.com,remove\n'
    expect(await problemsOf(await check(text))).toEqual([
      ['remove', undefined],
      ['refused', 'No ACS user is found for this row, so there is none to remove.'],
    ])
    await apply(await check(text))
    expect(await inHouse()).toHaveLength(1)
    const importId = await check(text)
    await apply(importId, { applies_removals: true })
    expect(await inHouse()).toEqual([])
    await undoImport(admin, importId)
    await runImportJobs()
    expect(await inHouse()).toMatchObject([{ name: 'Ann Bay' }])
    expect((await rowsOf(importId))[0]).toMatchObject({
      ...{ outcome: 'undone', subjectId: acsUserId },
      problems: [{ message: 'One card or door code did not come back: issue it anew.' }],
    })
  })

  test('is undone as a whole: who was created is gone, and who was changed is as before', async () => {
    await addAccessGroup(admin, house, 'Residents')
    await addIdentity(admin, { fullName: 'Jane Doe', userIdentityKey: 'J1' })
    await addAcsUser(admin, house, { fullName: 'Bob Cole', emailAddress: 'bob@example.com' })
    const before = await exported()
    const importId = await check(
      'Name,Email,Key,Group,Suspended,Until\nJane Doe,jane@example.com,J1,Residents,,\nBob Cole-Low,bob@example.com,,Residents,yes,2030-01-31\n',
    )
    await apply(importId)
    expect(await exported()).not.toEqual(before)
    await undoImport(admin, importId)
    await runImportJobs()
    expect(await exported()).toEqual(before)
    expect(await details(importId)).toMatchObject({ state: 'undone', outcomes: { undone: 2 } })
  })
})

describe('dates', () => {
  const file = (...dates: string[]) =>
    `Name,Email,Until\n${dates.map((date, index) => `P${index},p${index}@example.com,${date}`).join('\n')}\n`
  const ends = async (importId: string) =>
    (await rowsOf(importId)).map(({ changes, plan }) => changes?.access_ends_at?.to?.slice(0, 10) ?? plan)

  test('are read by what the whole file tells of their order', async () => {
    // The last minute of a day in New York is the next day in UTC.
    expect(await ends(await check(file('03/04/2026', '25/04/2026')))).toEqual(['2026-04-04', '2026-04-26'])
    expect(await ends(await check(file('03/04/2026', '04/25/2026')))).toEqual(['2026-03-05', '2026-04-26'])
  })

  test('are read by a date far down the file, too', async () => {
    const importId = await check(file(...Array.from({ length: 1200 }, () => '03/04/2026'), '', '25/04/2026'))
    expect((await details(importId)).dateOrder).toBe('day_first')
  })

  test('that may be two are refused, until somebody says what comes first', async () => {
    const importId = await check(file('03/04/2026'))
    expect((await problemsOf(importId))[0]?.[1]).toContain('may be 3 April 2026 or 4 March 2026')
    await checkImport(admin, {
      ...{ import_id: importId, mapping: { full_name: 0, email_address: 1, access_ends_at: 2 } },
      date_order: 'month_first',
    })
    await runImportJobs()
    expect(await ends(importId)).toEqual(['2026-03-05'])
    expect((await details(importId)).dateOrder).toBe('month_first')
  })

  test('that a spreadsheet has turned round in part are refused where they may be two', async () => {
    const importId = await check(file('25/04/2026', '04/26/2026', '05/06/2026'))
    expect((await details(importId)).dateOrder).toBe('mixed')
    expect(await ends(importId)).toEqual(['2026-04-26', '2026-04-27', 'refused'])
    expect((await problemsOf(importId))[2]?.[1]).toContain('some dates of this file begin with the day')
  })
})

describe('what changed after the check', () => {
  test('decides: a row that lost is refused as a whole, and the rest goes on', async () => {
    const residents = await addAccessGroup(admin, house, 'Residents')
    await addIdentity(admin, { fullName: 'Jane', userIdentityKey: 'J1' })
    const kim = await addIdentity(admin, { fullName: 'Kim', userIdentityKey: 'K1' })
    const [ann = '', bob = '', cy = ''] = await Promise.all(
      ['Ann', 'Bob', 'Cy'].map((fullName) =>
        addAcsUser(admin, house, { fullName, emailAddress: `${fullName}@example.com` }),
      ),
    )
    const importId = await check(
      [
        'Name,Email,Key,Group,Until',
        'Ann,ann@example.com,,,2026-03-01',
        'Bob,bob@example.com,,,2026-03-01',
        'Cy,cy@example.com,,,2026-03-01',
        'Kim,kim@example.com,K1,,',
        'Jane,jane@example.com,J1,Residents,',
        'New,new@example.com,,,',
      ].join('\n'),
    )
    expect((await details(importId)).plans).toEqual({ update: 3, create: 3 })
    await deleteAcsUser(admin, { acs_user_id: ann })
    await updateAcsUser(admin, {
      acs_user_id: bob,
      access_schedule: { starts_at: '2026-06-01T00:00:00Z', ends_at: null },
    })
    await updateAcsUser(admin, { acs_user_id: cy, email_address: 'other@example.com' })
    await attachAcsUser(admin, { userIdentityId: kim, acsUserId: await addAcsUser(admin, house, { fullName: 'K.' }) })
    const connection = await database()
    await connection.delete(accessGroups).where(eq(accessGroups.acsAccessGroupId, residents))
    const before = await inHouse()
    await apply(importId)
    expect((await rowsOf(importId)).map(({ outcome }) => outcome)).toEqual([
      ...['refused', 'refused', 'refused', 'refused', 'refused'],
      'created',
    ])
    expect(await inHouse()).toHaveLength(before.length + 1)
  })
})

test('a file is one of an access system of the workspace, and has no columns of people only', async () => {
  const other = await addWorkspace()
  const theirs = await addAccessSystem(other)
  const text = 'Name,Email\nAnn,ann@example.com\n'
  expect(await refusalOf(receiveText(admin, text, { kind: 'acs_users', acs_system_id: theirs }))).toMatchObject({
    type: 'acs_system_not_found',
  })
  for (const about of [{ kind: 'acs_users' }, { kind: 'doors' }, null]) {
    expect(await refusalOf(receiveText(admin, text, about))).toMatchObject({ kind: 'invalid_input' })
  }
  const people = await receiveText(admin, text)
  expect(
    await refusalOf(checkImport(admin, { import_id: people, mapping: { email_address: 1, access_groups: 0 } })),
  ).toMatchObject({ message: 'A file of this kind has no column “Access groups”.' })
})
