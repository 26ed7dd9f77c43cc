import type { accessMethods } from '@/db/schema/credentials'

/** Why an entrance opens for an ACS user. */
export type EntranceReason = {
  kind: 'access_group' | 'grant' | 'credential'
  /** The access group's or the credential's name; null for a grant. */
  name: string | null
}

/** An entrance that a person may open, and why. */
export type AccessibleEntrance = {
  acsEntranceId: string
  displayName: string
  acsSystemId: string
  acsSystemName: string
  acsUserId: string
  /** By what it can be unlocked at all. */
  unlocksWith: (typeof accessMethods)[number][]
  reasons: EntranceReason[]
}

/** “31 doors in 3 systems”. */
export function countOfDoors(entrances: Pick<AccessibleEntrance, 'acsSystemId'>[]): string {
  const systems = new Set(entrances.map(({ acsSystemId }) => acsSystemId)).size
  const doors = `${entrances.length} ${entrances.length === 1 ? 'door' : 'doors'}`
  return `${doors} in ${systems} ${systems === 1 ? 'system' : 'systems'}`
}
