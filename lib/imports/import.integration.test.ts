/* A file of people from its first byte to its undo, on a real database; jobs are run by hand. */
import { and, asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { events } from '@/db/schema/events'
import { importClaims, importRows, imports } from '@/db/schema/imports'
import { userIdentities } from '@/db/schema/user-identities'
import { createCredential } from '@/lib/access/credentials/commands'
import { takeStep } from '@/lib/background/jobs/runner'
import {
  attachAcsUser,
  createUserIdentity,
  deleteUserIdentity,
  updateUserIdentity,
} from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { csvFile } from '@/lib/platform/csv/file'
import { applyChecked, checkText, receiveText, rowsOfImport, runImportJobs } from '@/lib/testing/imports'
import { addAccessSystem, addAcsUser, addWorkspace, everythingIn, refusalOf } from '@/lib/testing/test-data'
import { guessMapping } from './columns'
import { applyImport, checkImport, discardImport, receiveFile, resumeImport, stopImport, undoImport } from './commands'
import { importJobHandlers } from './job-handlers'
import { getImport, getRememberedMapping, listImports } from './queries'
import { importReport } from './report'

let admin: Actor
beforeEach(async () => {
  admin = await addWorkspace()
})

const receive = (text: string | Buffer) => receiveText(admin, text)
const check = (text: string) => checkText(admin, text)
const apply = (...given: [importId: string, choices?: Parameters<typeof applyChecked>[2]]) =>
  applyChecked(admin, ...given)
const rowsOf = (importId: string) => rowsOfImport(admin, importId)
const runJobs = runImportJobs

const details = (importId: string) => getImport(admin.workspaceId, importId)

async function people() {
  const connection = await database()
  const rows = await connection
    .select()
    .from(userIdentities)
    .where(eq(userIdentities.workspaceId, admin.workspaceId))
    .orderBy(asc(userIdentities.displayName))
  return rows.map(({ fullName, emailAddress, phoneNumber, userIdentityKey }) =>
    [fullName, emailAddress, phoneNumber, userIdentityKey].map((value) => value ?? '-').join(' | '),
  )
}

async function reportOf(importId: string) {
  let text = ''
  for await (const part of csvFile(await importReport(admin.workspaceId, importId))) text += part
  return text.replace('\uFEFF', '').split('\r\n').filter(Boolean)
}

describe('a file of people', () => {
  test('is checked without a write, then creates, updates, leaves alone and refuses', async () => {
    await createUserIdentity(admin, { full_name: 'Ann Bay', email_address: 'ann@example.com', user_identity_key: 'A1' })
    await createUserIdentity(admin, { full_name: 'Bob Cole', phone_number: '+15555550102' })
    const before = await everythingIn(admin)
    const importId = await check(
      [
        'Key,Name,Email,Phone',
        'A1,Ann Bay-Low,ANN@example.com,',
        ',Bob Cole,,(555) 555-0102',
        'N1,New One,new.one@example.com,+1 555 555 0103',
        ',Nobody Certain,,',
        'N2,,not an address,1.5552E+10',
        ',,,',
        'N3,New One again,new.one@example.com,',
      ].join('\n'),
    )
    expect(await everythingIn(admin)).toEqual(before)
    expect(await details(importId)).toMatchObject({
      ...{ state: 'checked', rowCount: 6, authorName: 'Dana Reyes' },
      plans: { update: 1, unchanged: 1, create: 1, refused: 3 },
    })
    const rows = await rowsOf(importId)
    expect(rows.map(({ rowNumber, plan }) => [rowNumber, plan])).toEqual([
      [2, 'update'],
      [3, 'unchanged'],
      [4, 'create'],
      [5, 'refused'],
      [6, 'refused'],
      [8, 'refused'],
    ])
    expect(rows[0]).toMatchObject({
      subjectName: 'Ann Bay',
      changes: {
        full_name: { from: 'Ann Bay', to: 'Ann Bay-Low' },
        email_address: { from: 'ann@example.com', to: 'ANN@example.com' },
      },
    })
    expect(rows[4]?.problems).toEqual([
      { field: 'phone_number', message: expect.stringContaining('shortened this phone number to 1.5552E+10') },
      { field: 'email_address', message: expect.stringContaining('Enter an email address such as') },
    ])
    expect(rows[5]?.problems).toEqual([
      { field: 'email_address', message: 'Row 4 has the same email address. Keep one of the two.' },
    ])

    await apply(importId)
    expect(await details(importId)).toMatchObject({
      state: 'applied',
      outcomes: { updated: 1, unchanged: 1, created: 1, refused: 3 },
      job: { state: 'done', done: 6, total: 6 },
    })
    expect(await people()).toEqual([
      'Ann Bay-Low | ANN@example.com | - | A1',
      'Bob Cole | - | +15555550102 | -',
      'New One | new.one@example.com | +15555550103 | N1',
    ])
    const report = await reportOf(importId)
    expect(report[0]).toBe('Row,Outcome,Reason,User identity ID,Key,Name,Email,Phone')
    expect(report[3]).toMatch(/^4,Created,,[0-9a-f-]{36},N1,New One,new\.one@example\.com,'\+1 555 555 0103$/)
    expect(report[5]).toMatch(/^6,Refused,"?Phone number: A spreadsheet has shortened/)
    expect(report).toHaveLength(7)
  })

  test('writes each row as a change of its own, by whom it was ordered', async () => {
    await apply(await check('Key,Name\nK1,One\nK2,Two\n'))
    const connection = await database()
    const written = await connection.select().from(events).where(eq(events.workspaceId, admin.workspaceId))
    expect(written).toMatchObject([
      { eventType: 'user_identity.created', actorKind: 'import', actorName: 'Dana Reyes', actorId: admin.id },
      { eventType: 'user_identity.created' },
    ])
    expect(new Set(written.map(({ changeId }) => changeId)).size).toBe(2)
  })

  test('is the same again when its report is imported', async () => {
    await createUserIdentity(admin, { full_name: 'Ann Bay', phone_number: '+15555550101' })
    const first = await check('Name,Phone\nAnn Bay,+15555550101\n')
    const text = (await reportOf(first)).join('\r\n')
    const again = await receive(text)
    const { headers } = await details(again)
    await checkImport(admin, { import_id: again, mapping: guessMapping('user_identities', headers, null) })
    await runJobs()
    expect((await details(again)).plans).toEqual({ unchanged: 1 })
  })
})

describe('whose identifiers point to different people', () => {
  const text = 'Key,Name,Email\nA1,Ann B.,bob@example.com\n'
  beforeEach(async () => {
    await createUserIdentity(admin, { full_name: 'Ann', user_identity_key: 'A1' })
    await createUserIdentity(admin, { full_name: 'Bob', email_address: 'bob@example.com' })
  })

  test('is a conflict that says who, and is skipped', async () => {
    const importId = await check(text)
    expect(await rowsOf(importId)).toMatchObject([
      {
        plan: 'conflict',
        problems: [
          { field: 'email_address', message: 'This email address belongs to “Bob”, but the row is about “Ann”.' },
        ],
      },
    ])
    const before = await people()
    await apply(importId)
    expect(await people()).toEqual(before)
    expect((await details(importId)).outcomes).toEqual({ skipped: 1 })
  })

  test('updates, where chosen, whom the stronger identifier says, and leaves the other’s value', async () => {
    await apply(await check(text), { conflict_choice: 'update' })
    expect(await people()).toEqual(['Ann B. | - | - | A1', 'Bob | bob@example.com | - | -'])
  })
})

test('a phone that a family shares does not turn one person into another', async () => {
  await createUserIdentity(admin, {
    ...{ full_name: 'Ann', email_address: 'ann@example.com', phone_number: '+15555550101' },
  })
  const importId = await check('Name,Email,Phone\nTom,tom@example.com,+15555550101\n')
  expect(await rowsOf(importId)).toMatchObject([
    {
      plan: 'conflict',
      problems: [
        {
          field: 'email_address',
          message: 'The phone number belongs to “Ann”, whose email address is ann@example.com.',
        },
      ],
    },
  ])
})

describe('the action column', () => {
  test('creates, updates and removes only what it says', async () => {
    for (const key of ['K1', 'K2', 'K3']) await createUserIdentity(admin, { user_identity_key: key, full_name: key })
    const importId = await check(
      'Action,Key,Name\ncreate,K1,One\nupdate,K9,Nine\nRemove,K2,\nremove,K8,\nupdate,K3,Three\nmove,K4,Four\n',
    )
    const rows = await rowsOf(importId)
    expect(rows.map(({ plan, problems }) => [plan, problems[0]?.message])).toEqual([
      ['refused', '“K1” already has this key.'],
      ['refused', 'Nobody has this key, so there is nobody to update.'],
      ['remove', undefined],
      ['refused', 'Nobody has this key, so there is nobody to remove.'],
      ['update', undefined],
      ['refused', 'The action must be create, update, remove, or blank.'],
    ])
    await apply(importId)
    expect(await people()).toEqual(['K1 | - | - | K1', 'K2 | - | - | K2', 'Three | - | - | K3'])
    expect((await details(importId)).outcomes).toEqual({ refused: 4, skipped: 1, updated: 1 })
  })

  test('removes people with what depends on them, where that is chosen', async () => {
    const { userIdentityId } = await createUserIdentity(admin, { user_identity_key: 'K1', full_name: 'One' })
    const house = await addAccessSystem(admin)
    await attachAcsUser(admin, { userIdentityId, acsUserId: await addAcsUser(admin, house) })
    await apply(await check('Action,Key\nremove,K1\n'), { applies_removals: true })
    expect(await people()).toEqual([])
    expect((await everythingIn(admin)).acsUsers).toEqual([])
  })

  test('does not remove somebody who was given the key after the check', async () => {
    const { userIdentityId } = await createUserIdentity(admin, { user_identity_key: 'K1', full_name: 'One' })
    const importId = await check('Action,Key\nremove,K1\n')
    await updateUserIdentity(admin, { user_identity_id: userIdentityId, user_identity_key: 'K2' })
    await apply(importId, { applies_removals: true })
    expect(await people()).toEqual(['One | - | - | K2'])
    expect((await details(importId)).outcomes).toEqual({ refused: 1 })
  })
})

describe('what changed after the check', () => {
  test('decides: a row that lost is refused with its reason, and the rest goes on', async () => {
    const { userIdentityId: ann } = await createUserIdentity(admin, { user_identity_key: 'A', full_name: 'Ann' })
    await createUserIdentity(admin, { user_identity_key: 'B', full_name: 'Bob' })
    const { userIdentityId: gone } = await createUserIdentity(admin, { user_identity_key: 'C', full_name: 'Cy' })
    const importId = await check(
      'Key,Name,Email\nA,Ann,ann@example.com\nB,Bobby,\nC,Cyrus,\nN1,New,new@example.com\nN2,Newer,\n',
    )
    expect((await details(importId)).plans).toEqual({ update: 3, create: 2 })
    await createUserIdentity(admin, { full_name: 'Other Ann', email_address: 'ann@example.com' })
    await createUserIdentity(admin, { full_name: 'Other New', email_address: 'New@example.com' })
    await deleteUserIdentity(admin, gone)
    await apply(importId)
    expect((await rowsOf(importId)).map(({ outcome, problems }) => [outcome, problems[0]?.message])).toEqual([
      ['refused', '“Other Ann” already has this email address.'],
      ['updated', undefined],
      ['refused', expect.stringContaining('This person was deleted')],
      ['refused', '“Other New” already has this email address.'],
      ['created', undefined],
    ])
    const connection = await database()
    const changes = await connection
      .select()
      .from(events)
      .where(and(eq(events.workspaceId, admin.workspaceId), eq(events.userIdentityId, ann)))
    expect(changes).toHaveLength(1)
  })
})

describe('undoing an import', () => {
  test('deletes whom it created and puts back what it changed; what was touched since is kept and says why', async () => {
    await createUserIdentity(admin, { user_identity_key: 'A', full_name: 'Ann' })
    const importId = await check('Key,Name\nA,Anna\nB,Bob\nC,Cy\n')
    await apply(importId)
    const cy = (await rowsOf(importId))[2]?.subjectId ?? ''
    await updateUserIdentity(admin, { user_identity_id: cy, full_name: 'Cyrus' })
    await undoImport(admin, importId)
    expect((await details(importId)).state).toBe('undoing')
    await runJobs()
    expect(await people()).toEqual(['Ann | - | - | A', 'Cyrus | - | - | C'])
    expect(await details(importId)).toMatchObject({
      state: 'undone',
      outcomes: { undone: 2, kept: 1 },
      job: { state: 'done', done: 3, total: 3 },
    })
    expect((await rowsOf(importId))[2]).toMatchObject({
      outcome: 'kept',
      problems: [{ message: 'This cannot be undone any more: Cyrus was edited since.' }],
    })
    expect(await refusalOf(undoImport(admin, importId))).toMatchObject({ type: 'import_state_conflict' })
  })

  test('brings back whom it removed, and says what does not come back', async () => {
    const { userIdentityId } = await createUserIdentity(admin, {
      ...{ user_identity_key: 'A', full_name: 'Ann', email_address: 'flat4@example.com' },
    })
    const acsUserId = await addAcsUser(admin, await addAccessSystem(admin))
    await attachAcsUser(admin, { userIdentityId, acsUserId })
    await createCredential(admin, { access_method: 'mobile_key', acs_user_id: acsUserId })
    await createCredential(admin, { access_method: 'code', acs_user_id: acsUserId, code: '1234' })
    const importId = await check('Action,Key,Name,Email\ncreate,B,Bob,flat5@example.com\nremove,A,,\n')
    await apply(importId, { applies_removals: true })
    await undoImport(admin, importId)
    await runJobs()
    expect(await people()).toEqual(['Ann | flat4@example.com | - | A'])
    expect((await everythingIn(admin)).acsUsers).toMatchObject([{ acsUserId, userIdentityId }])
    expect((await everythingIn(admin)).credentials).toMatchObject([{ acsUserId, accessMethod: 'mobile_key' }])
    expect(await details(importId)).toMatchObject({ state: 'undone', outcomes: { undone: 2 } })
    expect((await rowsOf(importId))[1]).toMatchObject({
      outcome: 'undone',
      problems: [{ message: 'One card or door code did not come back: issue it anew.' }],
    })
  })

  test('says so where there is nothing to undo', async () => {
    const importId = await check('Key,Name,Action\nA,Ann,update\n')
    await apply(importId)
    expect(await refusalOf(undoImport(admin, importId))).toMatchObject({ type: 'import_did_nothing' })
  })
})

describe('stopping', () => {
  const many = `Key,Name\n${Array.from({ length: 450 }, (_, index) => `K${index},Person ${index}`).join('\n')}\n`

  test('keeps what is done; going on does the rest, and no row twice', async () => {
    const importId = await check(many)
    await applyImport(admin, { import_id: importId, conflict_choice: 'skip', applies_removals: false })
    await takeStep(importJobHandlers)
    await stopImport(admin, importId)
    await runJobs()
    const { state, outcomes } = await details(importId)
    expect(state).toBe('canceled')
    expect(outcomes.created).toBeGreaterThan(0)
    expect(outcomes.created).toBeLessThan(450)
    expect(await people()).toHaveLength(outcomes.created ?? 0)
    await resumeImport(admin, importId)
    await runJobs()
    expect(await details(importId)).toMatchObject({
      state: 'applied',
      outcomes: { created: 450 },
      job: { state: 'done', done: 450, total: 450 },
    })
    expect(await people()).toHaveLength(450)
    await stopImport(admin, importId)
    expect((await details(importId)).state).toBe('applied')
  })

  test('a check goes back to the columns', async () => {
    const importId = await receive(many)
    await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0 } })
    await takeStep(importJobHandlers)
    await stopImport(admin, importId)
    expect((await details(importId)).state).toBe('mapping')
    await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0, full_name: 1 } })
    await runJobs()
    expect(await details(importId)).toMatchObject({ state: 'checked', plans: { create: 450 } })
  })
})

test('an import is not applied twice, nor before it is checked, nor discarded afterwards', async () => {
  const importId = await receive('Key\nK1\n')
  const order = () => applyImport(admin, { import_id: importId, conflict_choice: 'skip', applies_removals: false })
  expect(await refusalOf(order())).toMatchObject({ type: 'import_state_conflict' })
  await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0 } })
  await runJobs()
  const outcomes = await Promise.allSettled([order(), order()])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await runJobs()
  expect(await people()).toEqual(['- | - | - | K1'])
  expect(await refusalOf(discardImport(admin, importId))).toMatchObject({ type: 'import_state_conflict' })
})

test('a file that is no use leaves nothing behind, and says what to do', async () => {
  for (const [text, says] of [
    ['', 'empty'],
    ['\n\n', 'must name the columns'],
    ['Key,Name\n', 'no rows'],
    ['PK\u0003\u0004', 'spreadsheet file'],
  ] as const) {
    expect(await refusalOf(receive(text))).toMatchObject({
      kind: 'invalid_input',
      fields: { file: [expect.stringContaining(says)] },
    })
  }
  const { items } = await listImports(admin.workspaceId, null)
  expect(items).toEqual([])
})

test('a file that is called something else leaves nothing behind', async () => {
  const bytes = Buffer.from('Key\nK1\n')
  const receiveAs = (name: string) => receiveFile(admin, { name, chunks: [bytes] }, { kind: 'user_identities' })
  for (const name of ['people.exe', 'people.csv.html', 'people', 'csv', '']) {
    expect(await refusalOf(receiveAs(name)), name).toMatchObject({
      fields: { file: ['Choose a file whose name ends in .csv, .tsv or .txt.'] },
    })
  }
  expect((await listImports(admin.workspaceId, null)).items).toEqual([])
  for (const name of ['people.csv', 'PEOPLE.CSV', 'people.v2.tsv', 'people.txt']) await receiveAs(name)
  expect((await listImports(admin.workspaceId, null)).items).toHaveLength(4)
})

test('columns must say by what people are found, and each is one field only', async () => {
  const importId = await receive('Key,Name\nK1,One\n')
  for (const mapping of [{ full_name: 1 }, { user_identity_key: 0, full_name: 0 }, { user_identity_key: 7 }, {}]) {
    expect(await refusalOf(checkImport(admin, { import_id: importId, mapping }))).toMatchObject({
      kind: 'invalid_input',
    })
  }
})

test('how columns were chosen is remembered', async () => {
  const importId = await receive('Nr,Wer\nK1,One\n')
  await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0, full_name: 1 } })
  expect(
    guessMapping(
      'user_identities',
      ['WER', 'Nr', 'Email'],
      await getRememberedMapping(admin.workspaceId, 'user_identities'),
    ),
  ).toEqual({
    ...{ full_name: 0, user_identity_key: 1, email_address: 2 },
  })
})

/** How many rows and imports of the workspace there are, whether anybody sees them or not. */
async function kept() {
  const connection = await database()
  return [
    await connection.$count(imports, eq(imports.workspaceId, admin.workspaceId)),
    await connection.$count(importRows, eq(importRows.workspaceId, admin.workspaceId)),
    await connection.$count(importClaims, eq(importClaims.workspaceId, admin.workspaceId)),
  ]
}

test('a discarded file is gone at once, and its rows soon after', async () => {
  const importId = await check(`Key\n${Array.from({ length: 700 }, (_, n) => `K${n}`).join('\n')}\n`)
  expect(await kept()).toEqual([1, 700, 700])
  await discardImport(admin, importId)
  expect(await refusalOf(getImport(admin.workspaceId, importId))).toMatchObject({ type: 'import_not_found' })
  expect((await listImports(admin.workspaceId, null)).items).toEqual([])
  await runJobs()
  expect(await kept()).toEqual([0, 0, 0])
})

test('a file that is refused while its rows are kept leaves nothing behind', async () => {
  const rows = Array.from({ length: 600 }, (_, n) => `K${n}`).join('\n')
  expect(await refusalOf(receive(`Key\n${rows}\n${'x,'.repeat(200)}\n`))).toMatchObject({
    message: expect.stringMatching(/^Row 602 has a cell in column CW/),
  })
  expect((await listImports(admin.workspaceId, null)).items).toEqual([])
  await runJobs()
  expect(await kept()).toEqual([0, 0, 0])
})

test('what a killed server has left of a file is removed after the next upload', async () => {
  await receive('Key\nK1\n')
  const connection = await database()
  await connection
    .update(imports)
    .set({ state: 'reading', createdAt: new Date(Date.now() - 7_200_000) })
    .where(eq(imports.workspaceId, admin.workspaceId))
  await receive('Key\nK2\n')
  await receive('Key\nK3\n')
  await runJobs()
  expect(await kept()).toEqual([2, 2, 0])
})

test('two files are read at once, and a third is refused until one of them is done', async () => {
  let finish = () => {}
  const isTime = new Promise<void>((resolve) => {
    finish = resolve
  })
  async function* slow() {
    yield Buffer.from('Key\nK1\n')
    await isTime
  }
  const receiveSlowly = () => receiveFile(admin, { name: 'slow.csv', chunks: slow() }, { kind: 'user_identities' })
  const slowOnes = [receiveSlowly(), receiveSlowly()]
  expect(await refusalOf(receive('Key\nK2\n'))).toMatchObject({
    ...{ kind: 'too_many', type: 'too_many_at_once' },
    message: expect.stringContaining('Two files of this workspace are being read already.'),
  })
  const other = await addWorkspace()
  await receiveText(other, 'Key\nK2\n')
  finish()
  await Promise.all(slowOnes)
  await receive('Key\nK2\n')
})

test('three imports are under way at once, and a fourth is refused until one of them is done', async () => {
  const begin = async () => {
    const importId = await receive('Key\nK1\n')
    await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0 } })
    return importId
  }
  const [first = ''] = [await begin(), await begin(), await begin()]
  expect(await refusalOf(begin())).toMatchObject({
    ...{ kind: 'too_many', type: 'too_many_imports' },
    message: '3 imports of this workspace are under way already. Wait until one of them is done, or stop one.',
  })
  await stopImport(admin, first)
  await begin()
  await runJobs()
  const ids = (await listImports(admin.workspaceId, null)).items.map(({ importId }) => importId)
  const checked = (await Promise.all(ids.map(details))).filter(({ state }) => state === 'checked')
  expect(checked).toHaveLength(3)
})

test('a file that is checked again has forgotten what it claimed before', async () => {
  const importId = await check(
    `Key,Other\n${Array.from({ length: 1100 }, (_, n) => `K${n},L${n % 1000}`).join('\n')}\n`,
  )
  expect((await details(importId)).plans).toEqual({ create: 1100 })
  for (const [column, plans] of [
    [1, { create: 1000, refused: 100 }],
    [0, { create: 1100 }],
  ] as const) {
    await checkImport(admin, { import_id: importId, mapping: { user_identity_key: column } })
    await runJobs()
    expect((await details(importId)).plans).toEqual(plans)
  }
})
