import { and, asc, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { type CountedKind, rowCounts } from '@/db/schema/row-counts'
import { isUuid } from '@/lib/platform/input'
import { keptCount } from '@/lib/platform/pagination/kept-count'
import { notFound } from '@/lib/platform/refusals'
import { systemMonograms } from '../system-rows/vendor'
import type { AccessSystem, AccessSystemSummary } from './access-system'

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
  const acsUsersThatAre = (kind: CountedKind) =>
    keptCount(
      eq(rowCounts.workspaceId, accessSystems.workspaceId),
      eq(rowCounts.acsSystemId, accessSystems.acsSystemId),
      eq(rowCounts.kind, kind),
    )
  const rows = await connection
    .select({
      acsSystemId: accessSystems.acsSystemId,
      name: accessSystems.name,
      externalType: accessSystems.externalType,
      vendorName: accessSystems.vendorName,
      timeZone: accessSystems.timeZone,
      errors: accessSystems.errors,
      warnings: accessSystems.warnings,
      createdAt: accessSystems.createdAt,
      linkedCount: acsUsersThatAre('linked'),
      waitingCount: acsUsersThatAre('waiting'),
      notAPersonCount: acsUsersThatAre('not_a_person'),
      entranceCount: sql`(select count(*) from ${entrances} where ${and(
        eq(entrances.workspaceId, accessSystems.workspaceId),
        eq(entrances.acsSystemId, accessSystems.acsSystemId),
      )})`.mapWith(Number),
    })
    .from(accessSystems)
    .where(eq(accessSystems.workspaceId, workspaceId))
    .orderBy(asc(accessSystems.name), asc(accessSystems.acsSystemId))
  return withMonograms(
    rows.map(({ notAPersonCount, ...system }) => ({
      ...system,
      acsUserCount: system.linkedCount + system.waitingCount + notAPersonCount,
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

/** How much hangs on a system beyond what its summary counts. */
export async function countWithSystem(
  workspaceId: string,
  acsSystemId: string,
): Promise<{ accessGroupCount: number; credentialCount: number }> {
  const connection = await database()
  const [accessGroupCount, credentialCount] = await Promise.all([
    connection.$count(
      accessGroups,
      and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsSystemId)),
    ),
    connection.$count(
      credentials,
      and(eq(credentials.workspaceId, workspaceId), eq(credentials.acsSystemId, acsSystemId)),
    ),
  ])
  return { accessGroupCount, credentialCount }
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
