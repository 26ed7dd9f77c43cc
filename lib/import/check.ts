import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { insertAll } from '@/db/insert-all'
import { importClaims, importRows, imports } from '@/db/schema/imports'
import { userIdentities } from '@/db/schema/user-identities'
import { displayName, nobody } from '../identities/identity'
import { characteristicsOf } from '../identities/write'
import type { JobHandler } from '../jobs/job'
import type { Transaction } from '../transaction'
import { getDefaultCountry } from '../workspaces/queries'
import {
  claimsOf,
  type FoundPeople,
  type KnownPerson,
  type PlannedRow,
  planRow,
  type ReadRow,
  rowReader,
  sameAs,
} from './plan'
import { areRowsOf, countInto, type Import, importOf, isImport, type Row, writeRows } from './rows'

const rowsAtOnce = 400

/** The dry run: finds out for each row what is to become of it, and writes nothing else. */
export const checkHandler: JobHandler = {
  step: async (transaction, job) => {
    const found = await importOf(transaction, job)
    const rows = await transaction
      .select()
      .from(importRows)
      .where(and(areRowsOf(found), gt(importRows.rowNumber, Number(job.cursor ?? 0))))
      .orderBy(asc(importRows.rowNumber))
      .limit(rowsAtOnce)
    const planned = await planRows(transaction, found, rows)
    await writeRows(transaction, found, planned)
    const isFinished = rows.length < rowsAtOnce
    await transaction
      .update(imports)
      .set({
        plans: countInto(
          found.plans,
          planned.map(({ plan }) => plan),
        ),
        ...(isFinished && { state: 'checked' as const }),
      })
      .where(isImport(found.workspaceId, found.importId))
    return { cursor: rows.at(-1)?.rowNumber ?? job.cursor, done: job.done + rows.length, isFinished }
  },
  whenGivenUp: async (transaction, job) => {
    await transaction.update(imports).set({ state: 'mapping' }).where(isImport(job.workspaceId, job.subjectId))
  },
}

async function planRows(transaction: Transaction, found: Import, rows: Row[]): Promise<Row[]> {
  const read = rowReader(found.mapping ?? {}, found.headers.length, await getDefaultCountry(found.workspaceId))
  const readRows = rows.map(({ cells }) => read(cells))
  const people = await findPeople(transaction, found.workspaceId, readRows)
  const plans = readRows.map((row) => planRow(row, people(row)))
  await refuseRepetitions(transaction, found, rows, plans)
  return rows.map((row, index) => {
    const { plan = 'refused', person = null, characteristics = {}, changes = {}, problems = [] } = plans[index] ?? {}
    return {
      ...row,
      ...{ plan, characteristics, changes, problems },
      userIdentityId: person?.userIdentityId ?? null,
      userIdentityName: displayName(person ?? { ...nobody, ...characteristics }) || null,
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
    ...(keys.length > 0 ? await ask(inArray(userIdentities.userIdentityKey, keys)) : []),
    ...(emails.length > 0
      ? await ask(
          inArray(
            sql`lower(${userIdentities.emailAddress})`,
            emails.map((email) => email.toLowerCase()),
          ),
        )
      : []),
    ...(phones.length > 0 ? await ask(inArray(userIdentities.phoneNumber, phones)) : []),
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

/** Refuses rows that are about the same person as an earlier row of the file. */
async function refuseRepetitions(transaction: Transaction, found: Import, rows: Row[], plans: PlannedRow[]) {
  const { workspaceId, importId } = found
  const wanted = plans.map((plan) => (plan.plan === 'refused' ? [] : claimsOf(plan)))
  const all = [...new Set(wanted.flat().map(({ claim }) => claim))]
  if (all.length === 0) return
  const earlier = await transaction
    .select({ claim: importClaims.claim, rowNumber: importClaims.rowNumber })
    .from(importClaims)
    .where(
      and(
        eq(importClaims.workspaceId, workspaceId),
        eq(importClaims.importId, importId),
        inArray(importClaims.claim, all),
      ),
    )
  const holders = new Map(earlier.map(({ claim, rowNumber }) => [claim, rowNumber]))
  const made: (typeof importClaims.$inferInsert)[] = []
  rows.forEach(({ rowNumber }, index) => {
    const plan = plans[index]
    const claims = wanted[index] ?? []
    const taken = claims.find(({ claim }) => holders.has(claim))
    if (plan && taken) {
      plans[index] = {
        ...plan,
        plan: 'refused',
        problems: [...plan.problems, sameAs(holders.get(taken.claim) ?? 0, taken.field)],
      }
      return
    }
    for (const { claim } of claims) {
      holders.set(claim, rowNumber)
      made.push({ workspaceId, importId, claim, rowNumber })
    }
  })
  if (made.length > 0) await insertAll(transaction, importClaims, made)
}
