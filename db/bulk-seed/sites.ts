import type { Database } from '../client'
import { createIds } from '../demo/random'
import { insertAll } from '../insert-all'
import { accessGroupEntrances, accessGroups } from '../schema/access-groups'
import { accessSystems } from '../schema/access-systems'
import { entrances } from '../schema/entrances'

const entrancesPerSystem = 40
const groupsPerSystem = 20
const entrancesPerGroup = 6

// Four vendors whose systems have access groups, and one whose credentials name their doors.
const systemPlans = [
  { name: 'North Campus — Salto KS', externalType: 'salto_ks_site', hasGroups: true },
  { name: 'Headquarters — Brivo', externalType: 'brivo_account', hasGroups: true },
  { name: 'Storage Park — PTI', externalType: 'pti_site', hasGroups: true },
  { name: 'Garden Homes — dormakaba Community', externalType: 'dormakaba_community_site', hasGroups: true },
  { name: 'Riverside Tower — Latch', externalType: 'latch_building', hasGroups: false },
] as const

/** The ids of an access system and of what is in it; lists are empty where a vendor has no such thing. */
export type BulkSystem = { acsSystemId: string; groupIds: string[]; ownEntranceIds: string[] }

/** Adds the access systems with their entrances and access groups, all older than any person. */
export async function addSites(transaction: Database, workspaceId: string, createdAt: Date): Promise<BulkSystem[]> {
  const newId = createIds(workspaceId, systemPlans.length)
  const systems = systemPlans.map((plan) => ({
    ...plan,
    workspaceId,
    acsSystemId: newId(createdAt),
    connectedAccountId: newId(createdAt),
    timeZone: 'America/New_York',
    createdAt,
  }))
  const entranceRows = systems.flatMap(({ acsSystemId, hasGroups }) =>
    Array.from({ length: entrancesPerSystem }, (_, position) => ({
      workspaceId,
      acsSystemId,
      acsEntranceId: newId(createdAt),
      displayName: entranceName(position),
      canUnlockWithMobileKey: true,
      canUnlockWithCard: hasGroups,
      canUnlockWithCode: position % 3 === 0,
      createdAt,
    })),
  )
  const groupRows = systems
    .filter(({ hasGroups }) => hasGroups)
    .flatMap(({ acsSystemId }) =>
      Array.from({ length: groupsPerSystem }, (_, position) => ({
        workspaceId,
        acsSystemId,
        acsAccessGroupId: newId(createdAt),
        name: `Zone ${position + 1}`,
        createdAt,
      })),
    )
  const groupEntranceRows = groupRows.flatMap(({ acsSystemId, acsAccessGroupId }, position) => {
    const inSystem = entranceRows.filter((entrance) => entrance.acsSystemId === acsSystemId)
    const first = (position * 2) % (entrancesPerSystem - entrancesPerGroup)
    return inSystem
      .slice(first, first + entrancesPerGroup)
      .map(({ acsEntranceId }) => ({ workspaceId, acsSystemId, acsAccessGroupId, acsEntranceId }))
  })
  await insertAll(transaction, accessSystems, systems)
  await insertAll(transaction, entrances, entranceRows)
  await insertAll(transaction, accessGroups, groupRows)
  await insertAll(transaction, accessGroupEntrances, groupEntranceRows)

  return systems.map(({ acsSystemId, hasGroups }) => ({
    acsSystemId,
    groupIds: groupRows.filter((group) => group.acsSystemId === acsSystemId).map((group) => group.acsAccessGroupId),
    ownEntranceIds: hasGroups
      ? []
      : entranceRows
          .filter((entrance) => entrance.acsSystemId === acsSystemId)
          .map((entrance) => entrance.acsEntranceId),
  }))
}

function entranceName(position: number): string {
  const shared = [
    'Main entrance',
    'Side entrance',
    'Garage',
    'Elevator',
    'Gym',
    'Mail room',
    'Roof terrace',
    'Loading dock',
  ]
  return shared[position] ?? `Unit ${101 + position}`
}
