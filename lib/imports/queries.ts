import { and, asc, desc, eq, gt, gte, isNotNull, ne, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { type ColumnMapping, importRows, imports, rowOutcomes, rowPlans } from '@/db/schema/imports'
import { getLatestJob, type JobProgress } from '@/lib/background/jobs/queries'
import { isUuid } from '@/lib/platform/input'
import { isGone, keyset, type Page, toPage } from '@/lib/platform/pagination/page'
import { notFound } from '@/lib/platform/refusals'
import type { ImportDetails, ImportKind, ImportRow, ImportState, RowOutcome, RowPlan } from './import'
import { areRowsOf, isImport } from './rows'

/** The workspace's imports, newest first, a page at a time. */
export async function listImports(workspaceId: string, cursorText: string | null): Promise<Page<ImportDetails>> {
  const connection = await database()
  const condition = and(eq(imports.workspaceId, workspaceId), ne(imports.state, 'reading'))
  const total = await connection.$count(imports, condition)
  const read = (from: string | null) => {
    const { cursor, where, orderBy, limit } = keyset({ column: null, id: imports.importId, descending: true }, from)
    const query = connection
      .select(shown)
      .from(imports)
      .leftJoin(accessSystems, itsSystem)
      .where(and(condition, where))
      .orderBy(...orderBy)
      .limit(limit)
    return { cursor, query }
  }
  const { cursor, query } = read(cursorText)
  const rows = await query
  const [listed, at] = isGone(rows, total, cursor) ? [await read(null).query, null] : [rows, cursor]
  return toPage(listed, total, at, (row) => ({ value: '', id: row.import.importId }), toDetails)
}

const shown = {
  import: imports,
  acsSystem: { acsSystemId: accessSystems.acsSystemId, name: accessSystems.name, timeZone: accessSystems.timeZone },
}
const itsSystem = and(
  eq(accessSystems.workspaceId, imports.workspaceId),
  eq(accessSystems.acsSystemId, imports.acsSystemId),
)
type Shown = { import: typeof imports.$inferSelect; acsSystem: ImportDetails['acsSystem'] }

/**
 * One import with how far its newest job is.
 *
 * @throws Refusal `import_not_found`
 */
export async function getImport(
  workspaceId: string,
  importId: string,
): Promise<ImportDetails & { job: JobProgress | null }> {
  if (!isUuid(importId)) throw notFound('import')
  const connection = await database()
  const [row] = await connection
    .select(shown)
    .from(imports)
    .leftJoin(accessSystems, itsSystem)
    .where(and(isImport(workspaceId, importId), ne(imports.state, 'reading')))
  if (!row) throw notFound('import')
  return { ...toDetails(row), job: await getLatestJob(workspaceId, importId) }
}

function toDetails({ import: row, acsSystem }: Shown): ImportDetails {
  const { importId, kind, state, fileName, encoding, delimiter, headers, rowCount, mapping, dateOrder } = row
  const { plans, outcomes, authorName, createdAt, finishedAt } = row
  return {
    ...{ importId, kind, acsSystem, state, fileName, encoding, delimiter, headers, rowCount, mapping, dateOrder },
    ...{ plans, outcomes, authorName },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

/** How the columns of a file of a kind were chosen last time; null before the first. */
export async function getRememberedMapping(
  workspaceId: string,
  kind: ImportKind,
): Promise<{ headers: string[]; mapping: ColumnMapping } | null> {
  const connection = await database()
  const [row] = await connection
    .select({ headers: imports.headers, mapping: imports.mapping })
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), eq(imports.kind, kind), isNotNull(imports.mapping)))
    .orderBy(desc(imports.importId))
    .limit(1)
  return row?.mapping ? { headers: row.headers, mapping: row.mapping } : null
}

/** Which rows of an import are shown: those of a plan or of an outcome. */
export type RowFilter = { plan?: RowPlan; outcome?: RowOutcome }

/** Reads a filter from an address; what is none means all rows. */
export function readRowFilter(shown: string | null, state: ImportState): RowFilter {
  const isDone = state === 'applied' || state === 'canceled' || state === 'undone'
  const outcome = rowOutcomes.find((name) => name === shown)
  const plan = rowPlans.find((name) => name === shown)
  if (isDone) return outcome ? { outcome } : {}
  return plan ? { plan } : {}
}

const rowsShown = 50

/** The rows of an import that a filter leaves, from a row number on. */
export async function listImportRows(
  workspaceId: string,
  importId: string,
  filter: RowFilter,
  from: number,
): Promise<{ rows: ImportRow[]; nextFrom: number | null }> {
  if (!isUuid(importId)) return { rows: [], nextFrom: null }
  const connection = await database()
  const rows = await connection
    .select()
    .from(importRows)
    .where(and(areRowsOf({ workspaceId, importId }), matches(filter), gte(importRows.rowNumber, from)))
    .orderBy(asc(importRows.rowNumber))
    .limit(rowsShown + 1)
  return { rows: rows.slice(0, rowsShown).map(toImportRow), nextFrom: rows[rowsShown]?.rowNumber ?? null }
}

const matches = ({ plan, outcome }: RowFilter): SQL | undefined =>
  and(plan && eq(importRows.plan, plan), outcome && eq(importRows.outcome, outcome))

/** All rows of an import, a batch at a time. */
export async function* readImportRows(workspaceId: string, importId: string): AsyncGenerator<ImportRow[]> {
  const batchSize = 250
  let after = 0
  for (;;) {
    const connection = await database()
    const rows = await connection
      .select()
      .from(importRows)
      .where(and(areRowsOf({ workspaceId, importId }), gt(importRows.rowNumber, after)))
      .orderBy(asc(importRows.rowNumber))
      .limit(batchSize)
    if (rows.length > 0) yield rows.map(toImportRow)
    if (rows.length < batchSize) return
    after = rows.at(-1)?.rowNumber ?? after
  }
}

function toImportRow(row: typeof importRows.$inferSelect): ImportRow {
  const { rowNumber, cells, plan, outcome, changes, problems } = row
  return {
    ...{ rowNumber, cells, plan, outcome, changes, problems: problems ?? [] },
    // A row about an ACS user may have a person too, to whom it attaches it.
    subjectId: row.acsUserName === null ? row.userIdentityId : row.acsUserId,
    subjectName: row.acsUserName ?? row.userIdentityName,
  }
}
