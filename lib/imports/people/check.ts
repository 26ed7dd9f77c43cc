import { and, eq, sql } from 'drizzle-orm'
import { isOneOf } from '@/db/is-one-of'
import { userIdentities } from '@/db/schema/user-identities'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import { characteristicsOf } from '@/lib/people/identities/change-identity'
import { displayName, nobody } from '@/lib/people/identities/identity'
import type { Transaction } from '@/lib/platform/transaction'
import type { Import, PlannedRow, Row } from '../rows'
import { claimsOf, type FoundPeople, type KnownPerson, planRow, type ReadRow, rowReader } from './plan'

/** Finds out what is to become of rows about people. */
export async function planIdentityRows(transaction: Transaction, found: Import, rows: Row[]): Promise<PlannedRow[]> {
  const read = rowReader(found.mapping ?? {}, found.headers.length, await getDefaultCountry(found.workspaceId))
  const readRows = rows.map((row) => ({ row, said: read(row.cells) }))
  const people = await findPeople(
    transaction,
    found.workspaceId,
    readRows.map(({ said }) => said),
  )
  return readRows.map(({ row, said }) => {
    const planned = planRow(said, people(said))
    const { plan, person, characteristics, changes, problems } = planned
    return {
      ...row,
      ...{ plan, characteristics, changes, problems },
      userIdentityId: person?.userIdentityId ?? null,
      userIdentityName: displayName(person ?? { ...nobody, ...characteristics }) || null,
      claims: claimsOf(planned),
    }
  })
}

/** Looks up who has the identifiers of some rows, by three indexes. */
async function findPeople(
  transaction: Transaction,
  workspaceId: string,
  rows: ReadRow[],
): Promise<(row: ReadRow) => FoundPeople> {
  const values = (field: keyof FoundPeople) => [
    ...new Set(rows.map(({ characteristics }) => characteristics[field]).filter((value) => value !== undefined)),
  ]
  const ask = (...conditions: Parameters<typeof and>) =>
    transaction
      .select()
      .from(userIdentities)
      .where(and(eq(userIdentities.workspaceId, workspaceId), ...conditions))
  const [keys, emails, phones] = [values('user_identity_key'), values('email_address'), values('phone_number')]
  const found = [
    ...(keys.length > 0 ? await ask(isOneOf(userIdentities.userIdentityKey, keys)) : []),
    ...(emails.length > 0
      ? await ask(
          isOneOf(
            sql`lower(${userIdentities.emailAddress})`,
            emails.map((email) => email.toLowerCase()),
          ),
        )
      : []),
    ...(phones.length > 0 ? await ask(isOneOf(userIdentities.phoneNumber, phones)) : []),
  ]
  const byKey = new Map<string, KnownPerson>()
  const byEmail = new Map<string, KnownPerson>()
  const byPhone = new Map<string, KnownPerson>()
  for (const row of found) {
    const person = { ...characteristicsOf(row), userIdentityId: row.userIdentityId }
    if (row.userIdentityKey) byKey.set(row.userIdentityKey, person)
    if (row.emailAddress) byEmail.set(row.emailAddress.toLowerCase(), person)
    if (row.phoneNumber) byPhone.set(row.phoneNumber, person)
  }
  return ({ characteristics }) => ({
    user_identity_key: byKey.get(characteristics.user_identity_key ?? ''),
    email_address: byEmail.get(characteristics.email_address?.toLowerCase() ?? ''),
    phone_number: byPhone.get(characteristics.phone_number ?? ''),
  })
}
