import { type SQL, sql } from 'drizzle-orm'
import { withoutAccents } from '../demo/spelling'
import { anyOf, chance, commonFirst, timeOrderedId } from './expressions'
import { familyNames, givenNames } from './names'

/** The people numbered `first` to `last`; number n was created `n * step` milliseconds after `start`. */
export type Batch = { workspaceId: string; first: number; last: number; start: number; step: number }

const letters = (name: string) =>
  withoutAccents(name)
    .toLowerCase()
    .replace(/[^a-z]/g, '')

/** A list as one parameter, to be read by position (from 1). */
const textArray = (values: string[]) => sql`${sql.param(values)}::text[]`

const number = sql`person.number`

/** The id of the user identity of `person`, a row of `peopleOf`. */
export function identityId({ workspaceId }: Batch): SQL {
  return timeOrderedId(sql`person.created_ms`, number, `user_identity ${workspaceId}`)
}

/**
 * The batch's people as they are, as a relation: number, created_ms, full_name, email_address,
 * phone_number. What their identities and ACS users tell of them is decided elsewhere.
 */
export function peopleOf({ first, last, start, step }: Batch): SQL {
  return sql`(
    select
      drawn.number,
      ${start}::bigint + drawn.number * ${step}::bigint as created_ms,
      names.given[given_position] || case when ${chance(0.1, sql`drawn.number`, 11)} then ' ' || chr(64 + ${anyOf(26, sql`drawn.number`, 12)}) || '. ' else ' ' end || names.family[family_position] as full_name,
      case when ${chance(0.6, sql`drawn.number`, 13)}
        then names.given_letters[given_position] || '.' || names.family_letters[family_position]
        else left(names.given_letters[given_position], 1) || names.family_letters[family_position]
      end || drawn.number || (array['@example.com', '@example.com', '@example.org', '@example.net'])[${anyOf(4, sql`drawn.number`, 14)}] as email_address,
      '+1555' || (2000000 + drawn.number * 7919 % 8000000) as phone_number
    from (
      select
        series.number,
        ${commonFirst(givenNames.length, sql`series.number`, 1)} as given_position,
        ${commonFirst(familyNames.length, sql`series.number`, 2)} as family_position
      from generate_series(${first}::bigint, ${last}::bigint) as series(number)
    ) as drawn
    cross join (
      select
        ${textArray(givenNames)} as given,
        ${textArray(familyNames)} as family,
        ${textArray(givenNames.map(letters))} as given_letters,
        ${textArray(familyNames.map(letters))} as family_letters
    ) as names
  )`
}
