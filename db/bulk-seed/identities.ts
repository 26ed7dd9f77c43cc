import { sql } from 'drizzle-orm'
import type { Database } from '../client'
import { type Batch, identityId, peopleOf } from './batch'
import { chance, momentOf, timeOrderedId } from './expressions'

const number = sql`person.number`

/** Adds the batch's user identities, each with the event of its creation. */
export async function addIdentities(transaction: Database, batch: Batch): Promise<void> {
  const { workspaceId } = batch
  const createdAt = momentOf(sql`person.created_ms`)
  // Whoever lacks a name has a key, so that nobody has nothing.
  await transaction.execute(sql`
    with added as (
      insert into user_identities
        (workspace_id, user_identity_id, user_identity_key, email_address, phone_number, full_name, created_at, updated_at)
      select
        ${workspaceId}::uuid,
        ${identityId(batch)},
        case when ${chance(0.04, number, 21)} then null else 'res_' || (100000 + ${number}) end,
        case when ${chance(0.92, number, 22)} then person.email_address end,
        case when ${chance(0.86, number, 23)} then person.phone_number end,
        case when ${chance(0.06, number, 21)} and not ${chance(0.04, number, 21)} then null else person.full_name end,
        ${createdAt},
        ${createdAt}
      from ${peopleOf(batch)} as person
      order by ${number}
      returning user_identity_id, display_name, created_at
    )
    insert into events
      (workspace_id, event_id, event_type, occurred_at, actor_kind, actor_name, user_identity_id, data)
    select
      ${workspaceId}::uuid,
      ${timeOrderedId(sql`(extract(epoch from created_at) * 1000)::bigint`, sql`place`, `identity created ${workspaceId}`)},
      'user_identity.created',
      created_at,
      'system',
      'Keyholder',
      user_identity_id,
      json_build_object('user_identity_name', display_name)
    from (select *, ${batch.first}::bigint + row_number() over (order by user_identity_id) as place from added) as numbered
  `)
}
