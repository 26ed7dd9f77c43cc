/*
 * The rules that always hold, held by the database alone: raw SQL that breaks one is refused by the
 * rule's own name, and what only looks like it is accepted.
 */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from './client'
import { attempt, insertInto, type Row, rowsOf, update, verdictOf } from './testing/attempt'
import { createTwoWorkspaces, type TestWorkspace } from './testing/two-workspaces'

let live: TestWorkspace
let sandbox: TestWorkspace

beforeAll(async () => {
  ;({ live, sandbox } = await createTwoWorkspaces())
})

const refusedBy = (brokenRule: string) => expect.objectContaining({ accepted: false, brokenRule })
const accepted = { accepted: true }

const newIdentity = (row: Row, workspaceId = live.workspaceId) =>
  insertInto('user_identities', { workspace_id: workspaceId, user_identity_id: uuidv7(), ...row })

const newAcsUser = (row: Row, workspace = live) =>
  insertInto('acs_users', {
    workspace_id: workspace.workspaceId,
    acs_system_id: workspace.first.acsSystemId,
    acs_user_id: uuidv7(),
    full_name: 'Jane Doe',
    ...row,
  })

const link = (acsUserId: string, userIdentityId: string) =>
  update('acs_users', { acs_user_id: acsUserId }, { user_identity_id: userIdentityId, linked_at: '2026-01-01Z' })

describe('rule 1: characteristics are unique in the workspace, and there is at least one', () => {
  test.each([
    ['the same e-mail', 'user_identities_email_unique', { email_address: 'jane.doe@example.com' }],
    ['the same e-mail in other case', 'user_identities_email_unique', { email_address: 'Jane.DOE@Example.com' }],
    ['the same phone', 'user_identities_phone_unique', { phone_number: '+15555550110' }],
    ['the same key', 'user_identities_key_unique', { user_identity_key: 'resident-1' }],
    // The derived display name is nobody's before the check is asked.
    ['nothing at all', 'user_identities_has_characteristic', {}],
  ])('%s is refused', async (_title, rule, row) => {
    expect(await attempt(newIdentity(row))).toEqual(refusedBy(rule))
  })

  test('the same e-mail in other case is refused beyond ASCII too', async () => {
    const verdict = await attempt(
      newIdentity({ email_address: 'josé@example.com' }),
      newIdentity({ email_address: 'JOSÉ@example.com' }),
    )
    expect(verdict).toEqual(refusedBy('user_identities_email_unique'))
  })

  test('the same e-mail, phone and key in another workspace are accepted', async () => {
    const otherWorkspaceId = uuidv7()
    const verdict = await attempt(
      insertInto('workspaces', { workspace_id: otherWorkspaceId, slug: 'other', name: 'Other' }),
      newIdentity(
        { email_address: 'jane.doe@example.com', phone_number: '+15555550110', user_identity_key: 'resident-1' },
        otherWorkspaceId,
      ),
    )
    expect(verdict).toEqual(accepted)
  })

  test.each([
    ['the same key in other case', { user_identity_key: 'Resident-1' }],
    ['the same full name', { full_name: 'Jane Doe' }],
    ['an e-mail alone', { email_address: 'other@example.com' }],
    ['a phone alone', { phone_number: '+442079460958' }],
    ['a key alone', { user_identity_key: '0' }],
    ['a name alone', { full_name: '0' }],
  ])('%s is accepted', async (_title, row) => {
    expect(await attempt(newIdentity(row))).toEqual(accepted)
  })

  test('any number of people without e-mail, phone and key are accepted', async () => {
    const verdict = await attempt(newIdentity({ full_name: 'One' }), newIdentity({ full_name: 'Two' }))
    expect(verdict).toEqual(accepted)
  })

  test.each([
    '5555550110',
    '+05555550110',
    '+1 555 555 0110',
    '+1',
    '+1234567890123456',
    '+1555555011x',
    '',
    '+1555\n',
  ])('a phone that is not E.164 is refused: %j', async (phone) => {
    expect(await attempt(newIdentity({ phone_number: phone }))).toEqual(refusedBy('user_identities_phone_e164'))
    expect(await attempt(newAcsUser({ phone_number_e164: phone }))).toEqual(refusedBy('acs_users_phone_e164'))
  })

  test.each([
    ' a@example.com',
    'a@example.com ',
    'a@example.com\t',
    'a b@example.com',
    'example.com',
    '@',
    'a@b@c',
    '',
  ])('an e-mail that is none, or has outer space, is refused: %j', async (email) => {
    expect(await attempt(newIdentity({ email_address: email }))).toEqual(refusedBy('user_identities_email_format'))
  })

  test('an update is held to the same rules as an insert', async () => {
    const other = uuidv7()
    const verdict = await attempt(
      newIdentity({ user_identity_id: other, full_name: 'Other' }),
      update('user_identities', { user_identity_id: other }, { email_address: 'JANE.DOE@EXAMPLE.COM' }),
    )
    expect(verdict).toEqual(refusedBy('user_identities_email_unique'))
  })
})

describe('rule 2: one ACS user per identity and access system, all of one workspace', () => {
  test('two ACS users of one access system on one identity are refused', async () => {
    const second = uuidv7()
    const verdict = await attempt(
      link(live.first.acsUserId, live.userIdentityId),
      newAcsUser({ acs_user_id: second }),
      link(second, live.userIdentityId),
    )
    expect(verdict).toEqual(refusedBy('acs_users_one_per_identity_and_system'))
  })

  test('one ACS user of each access system on one identity is accepted', async () => {
    const verdict = await attempt(
      link(live.first.acsUserId, live.userIdentityId),
      link(live.second.acsUserId, live.userIdentityId),
    )
    expect(verdict).toEqual(accepted)
  })

  test('any number of unlinked ACS users in one access system are accepted', async () => {
    expect(await attempt(newAcsUser({}), newAcsUser({}))).toEqual(accepted)
  })

  test('a link to an identity of another workspace is refused', async () => {
    expect(await attempt(link(live.first.acsUserId, sandbox.userIdentityId))).toEqual(
      refusedBy('acs_users_identity_fk'),
    )
  })

  test('an ACS user in an access system of another workspace is refused', async () => {
    const verdict = await attempt(newAcsUser({ acs_system_id: sandbox.first.acsSystemId }))
    expect(verdict).toEqual(refusedBy('acs_users_system_fk'))
  })

  test('an identity that still has an ACS user is not deleted from under it', async () => {
    const verdict = await attempt(
      link(live.first.acsUserId, live.userIdentityId),
      sql`delete from user_identities where user_identity_id = ${live.userIdentityId}`,
    )
    expect(verdict).toEqual(refusedBy('acs_users_identity_fk'))
  })

  test('a link without its date, or a date without a link, is refused', async () => {
    const undated = newAcsUser({ user_identity_id: live.userIdentityId })
    expect(await attempt(undated)).toEqual(refusedBy('acs_users_link_is_dated'))
    expect(await attempt(newAcsUser({ linked_at: '2026-01-01Z' }))).toEqual(refusedBy('acs_users_link_is_dated'))
  })
})

describe('rule 3: attaching again changes nothing, and nobody is displaced unseen', () => {
  // What a command does under its lock, as the one statement that it comes down to.
  const attach = (acsUserId: string, userIdentityId: string) => sql`
    update acs_users set user_identity_id = ${userIdentityId}, linked_at = coalesce(linked_at, now())
    where acs_user_id = ${acsUserId} and coalesce(user_identity_id, ${userIdentityId}) = ${userIdentityId}`

  test('the attached pair can be attached again', async () => {
    const again = attach(live.first.acsUserId, live.userIdentityId)
    expect(await attempt(attach(live.first.acsUserId, live.userIdentityId), again)).toEqual(accepted)
  })

  test('an ACS user has one holder: the column holds no second', async () => {
    const columns = await rowsOf<{ data_type: string }>(
      sql`select data_type from information_schema.columns where table_schema = 'public' and table_name = 'acs_users' and column_name = 'user_identity_id'`,
    )
    expect(columns).toEqual([{ data_type: 'uuid' }])
  })
})

describe('rule 4: a write and its event are one, and races have one winner', () => {
  test('a write whose event is refused leaves nothing', async () => {
    const connection = await database()
    const userIdentityId = uuidv7()
    const event = { workspace_id: live.workspaceId, event_id: uuidv7(), event_type: 'user_identity.created' }
    const writing = connection.transaction(async (transaction) => {
      await transaction.execute(newIdentity({ user_identity_id: userIdentityId, full_name: 'Half Written' }))
      await transaction.execute(insertInto('events', { ...event, actor_kind: 'nobody', actor_name: 'Nobody' }))
    })
    expect(verdictOf(await writing.catch((error) => error))).toEqual(refusedBy('events_actor_kind'))
    const left = await rowsOf(sql`select 1 from user_identities where user_identity_id = ${userIdentityId}`)
    expect(left).toEqual([])
  })

  test('of 50 that create one e-mail at once, one wins and 49 are told why not', async () => {
    const connection = await database()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, number) =>
        connection.execute(newIdentity({ email_address: number % 2 ? 'race@example.com' : 'RACE@example.com' })),
      ),
    )
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(losers).toHaveLength(49)
    for (const { reason } of losers) expect(verdictOf(reason)).toEqual(refusedBy('user_identities_email_unique'))
  })

  test('of ten ACS users of one access system that race for one identity, one wins', async () => {
    const connection = await database()
    const userIdentityId = uuidv7()
    const acsUserIds = Array.from({ length: 10 }, () => uuidv7())
    await connection.execute(newIdentity({ user_identity_id: userIdentityId, full_name: 'Wanted' }))
    for (const acsUserId of acsUserIds) await connection.execute(newAcsUser({ acs_user_id: acsUserId }))
    const outcomes = await Promise.allSettled(
      acsUserIds.map((acsUserId) => connection.execute(link(acsUserId, userIdentityId))),
    )
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(losers).toHaveLength(9)
    for (const { reason } of losers) {
      expect(verdictOf(reason)).toEqual(refusedBy('acs_users_one_per_identity_and_system'))
    }
  })
})
