import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client'
import { seal } from '../encryption/seal'
import { type Batch, identityId, peopleOf } from './batch'
import { chance, fraction, momentOf, timeOrderedId } from './expressions'
import type { BulkSystem } from './sites'

const number = sql`person.number`

// The number of a person in a system: what is drawn by it differs from system to system.
const pairNumber = sql`(person.number * 8 + system.position)`
const minute = 60_000
const shareKnown = 0.6

/**
 * Adds the batch's ACS users in every access system, with their places in access groups, their
 * credentials and their events.
 */
export async function addAcsUsers(transaction: Database, batch: Batch, systems: BulkSystem[]): Promise<void> {
  const { workspaceId } = batch
  const codes = sql.param(sealedValues('door code', 100_000))
  const cardNumbers = sql.param(sealedValues('card number', 10_000_000))
  const systemList = JSON.stringify(
    systems.map(({ acsSystemId, groupIds, ownEntranceIds }, position) => ({
      position: position + 1,
      acs_system_id: acsSystemId,
      group_ids: groupIds,
      entrance_ids: ownEntranceIds,
    })),
  )
  await transaction.execute(sql`
    with system as materialized (
      select listed.*, acs_systems.name as acs_system_name
      from json_to_recordset(${systemList}::json)
        as listed(position bigint, acs_system_id uuid, group_ids uuid[], entrance_ids uuid[])
      join acs_systems on acs_systems.workspace_id = ${workspaceId}::uuid
        and acs_systems.acs_system_id = listed.acs_system_id
    ),
    drawn as materialized (${drawnAcsUsers(batch)}),
    added as (
      insert into acs_users
        (workspace_id, acs_user_id, acs_system_id, user_identity_id, linked_at, linked_by, full_name, email_address,
         phone_number, phone_number_e164, is_suspended, access_starts_at, access_ends_at, errors, created_at)
      select
        ${workspaceId}::uuid, acs_user_id, acs_system_id, user_identity_id, linked_at, linked_by, full_name,
        email_address, phone_number, phone_number_e164, is_suspended, access_starts_at, access_ends_at, errors, created_at
      from drawn
      order by acs_user_id
    ),
    grouped as (
      insert into acs_access_group_members (workspace_id, acs_system_id, acs_access_group_id, acs_user_id)
      select ${workspaceId}::uuid, acs_system_id, group_ids[1 + pair_number / 8 % cardinality(group_ids)], acs_user_id
      from drawn
      where cardinality(group_ids) > 0
    ),
    credential as materialized (${drawnCredentials(workspaceId)}),
    issued as (
      insert into acs_credentials
        (workspace_id, acs_credential_id, acs_system_id, acs_user_id, access_method, display_name, sealed_code, sealed_card_number,
         starts_at, ends_at, is_issued, issued_at, created_at)
      select
        ${workspaceId}::uuid, acs_credential_id, acs_system_id, acs_user_id, access_method,
        case access_method when 'card' then 'Card – ' when 'code' then 'Door code – ' else 'Mobile key – ' end || display_name,
        case when access_method = 'code' then (${codes}::text[])[1 + pair_number % 1000] end,
        case when access_method = 'card' then (${cardNumbers}::text[])[1 + pair_number % 1000] end,
        access_starts_at, access_ends_at, is_issued, case when is_issued then created_at end, created_at
      from credential
      order by acs_credential_id
    ),
    opened as (
      insert into acs_credential_entrances (workspace_id, acs_system_id, acs_credential_id, acs_entrance_id)
      select ${workspaceId}::uuid, acs_system_id, acs_credential_id, entrance_ids[1 + pair_number / 8 % cardinality(entrance_ids)]
      from credential
      where cardinality(entrance_ids) > 0
    ),
    happened as (${happenings(workspaceId)})
    insert into events
      (workspace_id, event_id, event_type, occurred_at, actor_kind, actor_name, user_identity_id, acs_system_id,
       acs_user_id, acs_credential_id, data)
    select
      ${workspaceId}::uuid, event_id, event_type, occurred_at,
      case when actor_name = 'Keyholder' then 'system' else 'member' end, actor_name, user_identity_id, acs_system_id,
      acs_user_id, acs_credential_id,
      json_build_object('user_identity_name', user_identity_name, 'acs_user_name', display_name, 'acs_system_name', acs_system_name)
    from happened
    order by event_id
  `)
}

/** A thousand values, as they are kept; encrypting one for each credential would take far longer than all the rest. */
function sealedValues(purpose: 'door code' | 'card number', first: number): string[] {
  return Array.from({ length: 1000 }, (_, index) => seal(purpose, String(first + index * 733)))
}

/** A person in a system: three of five systems know them, and seven in eight of those are attached. */
function drawnAcsUsers(batch: Batch): SQL {
  const { workspaceId } = batch
  const createdMs = sql`(person.created_ms + system.position * ${minute}::bigint)`
  const isLinked = chance(0.875, pairNumber, 33)
  const digits = sql`substr(person.phone_number, 3)`
  const dash = (separator: string, start = '') =>
    sql`${start}::text || substr(${digits}, 1, 3) || ${separator}::text || substr(${digits}, 4, 3) || ${separator}::text || substr(${digits}, 7)`
  return sql`
    select
      ${pairNumber} as pair_number,
      system.acs_system_id, system.acs_system_name, system.group_ids, system.entrance_ids,
      ${timeOrderedId(createdMs, pairNumber, `acs_user ${workspaceId}`)} as acs_user_id,
      ${momentOf(createdMs)} as created_at,
      ${createdMs} as created_ms,
      case when ${isLinked} then ${identityId(batch)} end as user_identity_id,
      case when ${isLinked} then person.full_name end as user_identity_name,
      case when ${isLinked} then ${momentOf(sql`${createdMs} + ${minute}::bigint`)} end as linked_at,
      case when ${isLinked} then 'Keyholder' end as linked_by,
      person.full_name,
      person.full_name as display_name,
      case when ${chance(0.85, pairNumber, 34)} then person.email_address end as email_address,
      case when has_phone then case ${number} % 5
        when 0 then '(' || substr(${digits}, 1, 3) || ') ' || substr(${digits}, 4, 3) || '-' || substr(${digits}, 7)
        when 1 then ${dash('.')}
        when 2 then ${dash(' ', '+1 ')}
        when 3 then ${digits}
        else ${dash('-', '1-')}
      end end as phone_number,
      case when has_phone then person.phone_number end as phone_number_e164,
      ${chance(0.03, pairNumber, 36)} as is_suspended,
      case when has_schedule then date_trunc('day', ${momentOf(createdMs)}) end as access_starts_at,
      case when has_schedule then date_trunc('day', ${momentOf(createdMs)})
        + make_interval(days => (90 + ${fraction(pairNumber, 38)} * 900)::int) end as access_ends_at,
      case when ${chance(0.015, pairNumber, 39)} then jsonb_build_array(jsonb_build_object(
        'error_code', 'failed_to_update_on_acs_system',
        'message', 'The access system refused the latest changes to this ACS user.',
        'created_at', to_char(${momentOf(createdMs)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      )) else '[]'::jsonb end as errors
    from ${peopleOf(batch)} as person
    cross join system
    cross join lateral (
      select ${chance(0.6, pairNumber, 35)} as has_phone, ${chance(0.4, pairNumber, 37)} as has_schedule
    ) as facts
    where ${chance(shareKnown, pairNumber, 31)}
  `
}

/** Six in ten ACS users hold a credential; one in ten of those has not been issued yet. */
function drawnCredentials(workspaceId: string): SQL {
  const pair = sql`drawn.pair_number`
  const createdMs = sql`(drawn.created_ms + ${2 * minute}::bigint)`
  return sql`
    select
      drawn.pair_number, drawn.acs_system_id, drawn.acs_system_name, drawn.entrance_ids, drawn.acs_user_id,
      drawn.user_identity_id, drawn.user_identity_name, drawn.display_name,
      drawn.access_starts_at, drawn.access_ends_at,
      ${timeOrderedId(createdMs, pair, `acs_credential ${workspaceId}`)} as acs_credential_id,
      ${momentOf(createdMs)} as created_at,
      ${createdMs} as created_ms,
      case when ${chance(0.5, pair, 42)} then 'mobile_key' when ${chance(0.7, pair, 43)} then 'card' else 'code' end as access_method,
      ${chance(0.9, pair, 44)} as is_issued
    from drawn
    where ${chance(0.6, pair, 41)}
  `
}

/** What happened to the batch's ACS users: they came, were attached, were given credentials. */
function happenings(workspaceId: string): SQL {
  const eventId = (milliseconds: SQL, kind: string) =>
    timeOrderedId(milliseconds, sql`pair_number`, `${kind} ${workspaceId}`)
  return sql`
    select
      ${eventId(sql`created_ms`, 'acs_user created')} as event_id, 'acs_user.created' as event_type,
      created_at as occurred_at, 'Keyholder' as actor_name, null::uuid as user_identity_id,
      null::text as user_identity_name, acs_system_id, acs_system_name, acs_user_id, null::uuid as acs_credential_id,
      display_name
    from drawn
    union all
    select
      ${eventId(sql`(created_ms + ${minute}::bigint)`, 'acs_user added')}, 'user_identity.acs_user_added',
      linked_at, linked_by, user_identity_id, user_identity_name, acs_system_id, acs_system_name, acs_user_id, null, display_name
    from drawn
    where user_identity_id is not null
    union all
    select
      ${eventId(sql`created_ms`, 'acs_credential issued')}, 'acs_credential.issued',
      created_at, 'Keyholder', user_identity_id, user_identity_name, acs_system_id, acs_system_name, acs_user_id,
      acs_credential_id, display_name
    from credential
    where is_issued
  `
}
