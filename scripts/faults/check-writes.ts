import type { Query } from '../processes/target'
import type { Ledger } from './ledger'

/** What the database has of the writes that were acknowledged. */
export type WriteCheck = {
  acknowledged: number
  found: number
  /** Sentences about what is lost, was done twice or is half done. */
  problems: string[]
}

type Row = {
  key: string
  user_identity_id: string
  full_name: string
  acs_user_ids: string[] | null
}
type EventCount = { user_identity_id: string; event_type: string; count: number }

/**
 * Compares a ledger with the database, write for write, and looks for changes that are half applied
 * among all that carries the run's prefix, acknowledged or not.
 */
export async function checkWrites(query: Query, ledger: Ledger, prefix: string): Promise<WriteCheck> {
  const problems: string[] = []
  const rows = await query<Row>(
    `select user_identity_key as key, user_identity_id::text, full_name,
       (select array_agg(acs_user_id::text) from acs_users where acs_users.workspace_id = user_identities.workspace_id
          and acs_users.user_identity_id = user_identities.user_identity_id) as acs_user_ids
     from user_identities where user_identity_key like $1`,
    [`${prefix}-%`],
  )
  const eventCounts = await query<EventCount>(
    `select user_identity_id::text, event_type, count(*)::int as count from events
     where user_identity_id = any($1::uuid[]) group by user_identity_id, event_type`,
    [[...ledger.people.values()].map(({ userIdentityId }) => userIdentityId)],
  )
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const counts = new Map(eventCounts.map((row) => [`${row.user_identity_id} ${row.event_type}`, row.count]))
  let found = 0
  for (const person of ledger.people.values()) {
    const row = byKey.get(person.key)
    const countOf = (type: string) => counts.get(`${person.userIdentityId} user_identity.${type}`) ?? 0
    const expect = (what: string, isThere: boolean, writes = 1) => {
      if (isThere) found += writes
      else problems.push(`${person.key}: ${what} was lost`)
    }
    const isThere = row?.user_identity_id === person.userIdentityId
    expect('its creation', countOf('created') === 1 && isThere !== person.isDeleted)
    if (person.isDeleted) expect('its deletion', countOf('deleted') === 1 && !row)
    // A deleted person’s changes are in the history alone.
    const hasName = person.isDeleted || row?.full_name === person.fullName
    if (person.updates > 0) expect('a change', countOf('updated') === person.updates && hasName, person.updates)
    for (const acsUserId of person.acsUserIds) {
      const isLinked = person.isDeleted || row?.acs_user_ids?.includes(acsUserId)
      expect('its ACS user', countOf('acs_user_added') === 1 && Boolean(isLinked))
    }
  }
  for (const [what, statement] of Object.entries(halves)) {
    const [{ count } = { count: 0 }] = await query<{ count: number }>(statement, [`${prefix}-%`])
    if (count > 0) problems.push(`${count} × ${what}`)
  }
  return { acknowledged: ledger.acknowledged, found, problems }
}

const eventOf = (type: string, condition: string) =>
  `exists (select from events e where e.workspace_id = u.workspace_id and e.event_type = '${type}' and ${condition})`
const ofPerson = 'e.user_identity_id = u.user_identity_id'

/** What must not be there, each as a count; `$1` is what the run's keys are like. */
const halves: Record<string, string> = {
  'an identity without the event of its creation': `select count(*)::int from user_identities u
    where user_identity_key like $1 and not ${eventOf('user_identity.created', ofPerson)}`,
  'an identity whose version is not that of its events': `select count(*)::int from user_identities u
    where user_identity_key like $1 and version <> 1 + (select count(*) from events e
      where e.workspace_id = u.workspace_id and ${ofPerson} and e.event_type = 'user_identity.updated')`,
  'an identity that was written twice': `select count(*)::int from (select 1 from user_identities
    where user_identity_key like $1 group by workspace_id, user_identity_key having count(*) > 1) twice`,
  'an identity that is there although its deletion is recorded': `select count(*)::int from user_identities u
    where user_identity_key like $1 and ${eventOf('user_identity.deleted', ofPerson)}`,
  'a creation or deletion recorded twice': `select count(*)::int from (select 1 from events
    where event_type in ('user_identity.created', 'user_identity.deleted') and user_identity_id is not null
    group by workspace_id, user_identity_id, event_type having count(*) > 1 and $1::text is not null) twice`,
  'a recorded creation of nobody': `select count(*)::int from events u
    where u.event_type = 'user_identity.created' and u.data ->> 'user_identity_name' like 'Person ' || $1
      and not exists (select from user_identities i where i.workspace_id = u.workspace_id
        and i.user_identity_id = u.user_identity_id)
      and not ${eventOf('user_identity.deleted', ofPerson)}`,
  'an ACS user without the event of its creation': `select count(*)::int from acs_users u
    where email_address like $1 and not ${eventOf('acs_user.created', 'e.acs_user_id = u.acs_user_id')}`,
  'an ACS user that is linked without an event': `select count(*)::int from acs_users u
    where email_address like $1 and user_identity_id is not null
      and not ${eventOf('user_identity.acs_user_added', 'e.acs_user_id = u.acs_user_id')}`,
  'an ACS user that should have been linked': `select count(*)::int from acs_users u
    where email_address like $1 and user_identity_id is null`,
  'a request that is kept without its answer': `select count(*)::int from idempotent_requests
    where response_status is null and sealed_answer is null and $1::text is not null`,
}
