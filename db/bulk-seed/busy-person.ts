import type { Database } from '../client'
import { createIds } from '../demo/random'
import { insertAll } from '../insert-all'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '../schema/access-groups'
import { accessSystems } from '../schema/access-systems'
import { acsUsers } from '../schema/acs-users'
import { credentials } from '../schema/credentials'
import { entrances } from '../schema/entrances'
import { events } from '../schema/events'
import { userIdentities } from '../schema/user-identities'

const systemCount = 15
const doorCount = 400
const eventCount = 5_000
const hour = 3_600_000

const busyPersonName = 'Bartholomew Busy'

/**
 * Fills an empty workspace with one person whose page has as much to show as one can have: 15 access
 * systems, 400 doors, a mobile key in each system and 5,000 events of the last two years.
 */
export async function fillWorkspaceWithBusyPerson(database: Database, workspaceId: string): Promise<void> {
  const now = Date.now()
  const start = new Date(now - eventCount * 3 * hour)
  const newId = createIds(workspaceId, systemCount)
  const systems = Array.from({ length: systemCount }, (_, position) => ({
    workspaceId,
    acsSystemId: newId(start),
    name: `Building ${position + 1}`,
    externalType: (['salto_ks_site', 'brivo_account', 'latch_building'] as const)[position % 3] ?? 'brivo_account',
    connectedAccountId: newId(start),
    timeZone: 'America/New_York',
    createdAt: start,
  }))
  const userIdentityId = newId(start)
  const person = {
    workspaceId,
    userIdentityId,
    fullName: busyPersonName,
    emailAddress: 'bartholomew.busy@example.com',
    createdAt: start,
    updatedAt: start,
  }
  const known = systems.map(({ acsSystemId, name }) => ({
    workspaceId,
    acsSystemId,
    acsSystemName: name,
    acsUserId: newId(start),
    acsAccessGroupId: newId(start),
    acsCredentialId: newId(start),
  }))
  const doors = Array.from({ length: doorCount }, (_, position) => ({
    workspaceId,
    acsSystemId: systems[position % systemCount]?.acsSystemId ?? '',
    acsEntranceId: newId(start),
    displayName: `Door ${position + 1}`,
    canUnlockWithMobileKey: true,
    createdAt: start,
  }))
  await database.transaction(async (transaction) => {
    await insertAll(transaction, accessSystems, systems)
    await insertAll(transaction, userIdentities, [person])
    await insertAll(
      transaction,
      acsUsers,
      known.map(({ acsSystemId, acsUserId }) => ({
        ...{ workspaceId, acsSystemId, acsUserId, userIdentityId },
        fullName: busyPersonName,
        linkedAt: start,
        linkedBy: 'Keyholder',
        createdAt: start,
      })),
    )
    await insertAll(transaction, entrances, doors)
    await insertAll(
      transaction,
      accessGroups,
      known.map(({ acsSystemId, acsAccessGroupId }) => ({
        ...{ workspaceId, acsSystemId, acsAccessGroupId },
        name: 'Everywhere',
        createdAt: start,
      })),
    )
    await insertAll(
      transaction,
      accessGroupMembers,
      known.map(({ acsSystemId, acsAccessGroupId, acsUserId }) => ({
        ...{ workspaceId, acsSystemId, acsAccessGroupId, acsUserId },
      })),
    )
    await insertAll(
      transaction,
      accessGroupEntrances,
      doors.map(({ acsSystemId, acsEntranceId }) => ({
        ...{ workspaceId, acsSystemId, acsEntranceId },
        acsAccessGroupId: known.find((system) => system.acsSystemId === acsSystemId)?.acsAccessGroupId ?? '',
      })),
    )
    await insertAll(
      transaction,
      credentials,
      known.map(({ acsSystemId, acsUserId, acsCredentialId }) => ({
        ...{ workspaceId, acsSystemId, acsUserId, acsCredentialId },
        accessMethod: 'mobile_key' as const,
        displayName: `Mobile key – ${busyPersonName}`,
        isIssued: true,
        issuedAt: start,
        createdAt: start,
      })),
    )
    await insertAll(
      transaction,
      events,
      Array.from({ length: eventCount }, (_, position) => {
        const occurredAt = new Date(start.getTime() + position * 3 * hour)
        const { acsSystemId, acsSystemName, acsUserId } = known[position % systemCount] ?? {}
        return {
          ...{ workspaceId, userIdentityId, acsSystemId, acsUserId, occurredAt },
          eventId: newId(occurredAt),
          eventType: Math.floor(position / systemCount) % 2 === 0 ? 'acs_user.suspended' : 'acs_user.unsuspended',
          actorKind: 'member' as const,
          actorName: 'Dana Reyes',
          changeId: newId(occurredAt),
          data: {
            user_identity_name: busyPersonName,
            acs_user_name: busyPersonName,
            acs_system_name: acsSystemName,
          },
        }
      }),
    )
  })
}
