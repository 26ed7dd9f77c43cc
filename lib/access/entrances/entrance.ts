import type { accessMethods } from '@/db/schema/credentials'

/** Why an entrance opens for an ACS user. */
export type EntranceReason = {
  kind: 'access_group' | 'grant' | 'credential'
  /** The access group's or the credential's id; null for a grant. */
  id: string | null
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

/** A door of an access system, with what opens it. */
export type Door = {
  acsEntranceId: string
  displayName: string
  unlocksWith: AccessibleEntrance['unlocksWith']
  /** The access groups that open it. */
  groupNames: string[]
  /** How many ACS users may open it by themselves, without a group. */
  grantedCount: number
}

/** The methods that an entrance takes, from its columns. */
export function unlockMethods(takes: {
  withMobileKey: boolean
  withCard: boolean
  withCode: boolean
}): AccessibleEntrance['unlocksWith'] {
  return [
    ...(takes.withMobileKey ? (['mobile_key'] as const) : []),
    ...(takes.withCard ? (['card'] as const) : []),
    ...(takes.withCode ? (['code'] as const) : []),
  ]
}

/** “31 doors in 3 systems”. */
export function countOfDoors(entrances: Pick<AccessibleEntrance, 'acsSystemId'>[]): string {
  const systems = new Set(entrances.map(({ acsSystemId }) => acsSystemId)).size
  const doors = `${entrances.length} ${entrances.length === 1 ? 'door' : 'doors'}`
  return `${doors} in ${systems} ${systems === 1 ? 'system' : 'systems'}`
}
