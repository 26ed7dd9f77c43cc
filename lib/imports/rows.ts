import { and, between, eq, type SQL, sql } from 'drizzle-orm'
import { importClaims, importRows, imports, type RowProblem } from '@/db/schema/imports'
import type { Job } from '@/lib/background/jobs/job'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'

export type Import = typeof imports.$inferSelect
export type Row = typeof importRows.$inferSelect

/** What the check has found out about a row. */
export type PlannedRow = Row & { claims: Claim[] }

/**
 * By what a row claims whom it is about for itself among the rows of its file.
 *
 * @property words what is said of an earlier row that has claimed the same: “has the same email address”.
 */
export type Claim = { claim: string; field: string | null; words: string }

/** The row of an import, as a condition. */
export function isImport(workspaceId: string, importId: string): SQL | undefined {
  return and(eq(imports.workspaceId, workspaceId), eq(imports.importId, importId))
}

/** The rows of an import, as a condition. */
export function areRowsOf({ workspaceId, importId }: { workspaceId: string; importId: string }): SQL | undefined {
  return and(eq(importRows.workspaceId, workspaceId), eq(importRows.importId, importId))
}

/** What the rows of an import have claimed, as a condition. */
export function areClaimsOf({ workspaceId, importId }: { workspaceId: string; importId: string }): SQL | undefined {
  return and(eq(importClaims.workspaceId, workspaceId), eq(importClaims.importId, importId))
}

/** The import that a job is done to. Only the job writes to it meanwhile, and what ends the job. */
export async function importOf(transaction: Transaction, job: Job): Promise<Import> {
  const [found] = await transaction.select().from(imports).where(isImport(job.workspaceId, job.subjectId))
  if (!found) throw new Error(`The import ${job.subjectId} of a job is gone`)
  return found
}

/** Who acts when a job does what an admin ordered. */
export function actorOf(job: Job): Actor {
  return { workspaceId: job.workspaceId, kind: 'import', id: job.actorId, name: job.actorName }
}

/**
 * The first to the last of some rows, as a condition: so the database looks at no others, whatever it
 * takes the table to be like while that is being filled.
 */
function areBetween(rows: Row[]): SQL {
  const numbers = rows.map(({ rowNumber }) => rowNumber)
  return between(importRows.rowNumber, Math.min(...numbers), Math.max(...numbers))
}

/** Writes what is to become of rows, in one statement. */
export async function writePlans(transaction: Transaction, found: Import, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map((row) => ({
    row_number: row.rowNumber,
    plan: row.plan,
    characteristics: row.characteristics,
    changes: row.changes,
    problems: row.problems,
    user_identity_id: row.userIdentityId,
    user_identity_name: row.userIdentityName,
    acs_user_id: row.acsUserId,
    acs_user_name: row.acsUserName,
  }))
  await transaction.execute(sql`
    update ${importRows} set plan = given.plan, characteristics = given.characteristics, changes = given.changes,
      problems = given.problems, user_identity_id = given.user_identity_id,
      user_identity_name = given.user_identity_name, acs_user_id = given.acs_user_id,
      acs_user_name = given.acs_user_name
    from json_to_recordset(${JSON.stringify(given)}::json) as given(row_number integer, plan text, characteristics jsonb,
      changes jsonb, problems jsonb, user_identity_id uuid, user_identity_name text, acs_user_id uuid,
      acs_user_name text)
    where ${areRowsOf(found)} and ${areBetween(rows)} and ${importRows.rowNumber} = given.row_number`)
}

/** Writes what has become of rows, and of whom they are about, in one statement. */
export async function writeOutcomes(transaction: Transaction, found: Import, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map((row) => ({
    row_number: row.rowNumber,
    problems: row.problems,
    user_identity_id: row.userIdentityId,
    acs_user_id: row.acsUserId,
    outcome: row.outcome,
    change_id: row.changeId,
  }))
  await transaction.execute(sql`
    update ${importRows} set problems = given.problems, user_identity_id = given.user_identity_id,
      acs_user_id = given.acs_user_id, outcome = given.outcome, change_id = given.change_id
    from json_to_recordset(${JSON.stringify(given)}::json) as given(row_number integer, problems jsonb,
      user_identity_id uuid, acs_user_id uuid, outcome text, change_id uuid)
    where ${areRowsOf(found)} and ${areBetween(rows)} and ${importRows.rowNumber} = given.row_number`)
}

/** Counts rows into what was counted before; `by` of -1 takes them out again. */
export function countInto<Name extends string>(
  counts: Partial<Record<Name, number>>,
  names: (Name | null)[],
  by = 1,
): Partial<Record<Name, number>> {
  const sums = { ...counts }
  for (const name of names) if (name) sums[name] = (sums[name] ?? 0) + by
  return sums
}

/** Whether something is to be done to whom a row is about, who was there when it was checked. */
export function isCarriedOut({ plan }: Row, found: Import): boolean {
  return (
    plan === 'update' ||
    (plan === 'conflict' && found.conflictChoice === 'update') ||
    (plan === 'remove' && found.appliesRemovals)
  )
}

/** A row that is not carried out after all; of what was to be created, nothing remains. */
export function refusedRow(row: Row, problem: RowProblem): Row {
  const nobody = row.plan === 'create' ? { userIdentityId: null, acsUserId: null } : {}
  return { ...row, ...nobody, outcome: 'refused', changeId: null, problems: [...(row.problems ?? []), problem] }
}

/** What becomes of a row that nothing is done for. */
export function restingOutcome({ plan }: Row): Row['outcome'] {
  if (plan === 'unchanged') return 'unchanged'
  return plan === 'refused' ? 'refused' : 'skipped'
}
