import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { entrances } from '@/db/schema/entrances'
import { notFound } from '../errors'
import { waitsForIdentity } from '../matching/candidates'
import { isUuid } from '../parse-input'
import type { AccessSystem, AccessSystemSummary } from './access-system'
import { systemMonograms } from './vendor'

/** The workspace's access systems by name, each with its monogram. */
export async function listAccessSystems(workspaceId: string): Promise<AccessSystem[]> {
  const connection = await database()
  const rows = await connection
    .select()
    .from(accessSystems)
    .where(eq(accessSystems.workspaceId, workspaceId))
    .orderBy(asc(accessSystems.name), asc(accessSystems.acsSystemId))
  return withMonograms(rows)
}

/** The workspace's access systems with how much is in them and how much of it is linked. */
export async function summarizeAccessSystems(workspaceId: string): Promise<AccessSystemSummary[]> {
  const connection = await database()
  const countOf = (table: typeof acsUsers | typeof entrances, condition?: SQL) =>
    sql<number>`(select count(*) from ${table} where ${and(
      eq(table.workspaceId, accessSystems.workspaceId),
      eq(table.acsSystemId, accessSystems.acsSystemId),
      condition,
    )})`.mapWith(Number)
  const rows = await connection
    .select({
      acsSystemId: accessSystems.acsSystemId,
      name: accessSystems.name,
      externalType: accessSystems.externalType,
      timeZone: accessSystems.timeZone,
      errors: accessSystems.errors,
      warnings: accessSystems.warnings,
      createdAt: accessSystems.createdAt,
      acsUserCount: countOf(acsUsers),
      waitingCount: countOf(acsUsers, waitsForIdentity()),
      notAPersonCount: countOf(acsUsers, isNotNull(acsUsers.notAPersonAt)),
      entranceCount: countOf(entrances),
    })
    .from(accessSystems)
    .where(eq(accessSystems.workspaceId, workspaceId))
    .orderBy(asc(accessSystems.name), asc(accessSystems.acsSystemId))
  // Who waits and who is no person are few and have an index each; counting all that are linked takes longer.
  return withMonograms(
    rows.map(({ notAPersonCount, ...system }) => ({
      ...system,
      linkedCount: system.acsUserCount - system.waitingCount - notAPersonCount,
    })),
  )
}

/**
 * One access system with its counts.
 *
 * @throws Refusal `acs_system_not_found`
 */
export async function getAccessSystem(workspaceId: string, acsSystemId: string): Promise<AccessSystemSummary> {
  // The monogram depends on the other systems of the workspace, of which there are few.
  const systems = isUuid(acsSystemId) ? await summarizeAccessSystems(workspaceId) : []
  const system = systems.find((candidate) => candidate.acsSystemId === acsSystemId.toLowerCase())
  if (!system) throw notFound('acs_system')
  return system
}

type SystemRow = Omit<AccessSystem, 'monogram' | 'createdAt'> & { createdAt: Date }

function withMonograms<Row extends SystemRow>(rows: Row[]) {
  const monograms = systemMonograms(rows)
  return rows.map((row) => ({
    ...row,
    monogram: monograms.get(row.acsSystemId) ?? '',
    createdAt: row.createdAt.toISOString(),
  }))
}
