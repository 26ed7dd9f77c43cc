import type { AccessibleEntrance } from '../entrances/entrance'
import { type Diagnosis, type DoorCredential, type DoorFacts, diagnose } from './diagnosis'

export type Door = DoorFacts['door'] & { acsSystemId: string }

type Suggestion = { acsUserId: string; displayName: string; isStrong: boolean }

/** A person's access, as their page has loaded it: what the facts about any door are taken from. */
export type PersonAccess = {
  systems: {
    system: DoorFacts['system']
    acsUser: DoorFacts['acsUser']
    suggestions: Suggestion[]
  }[]
  /** What their ACS users may open. */
  entrances: Pick<AccessibleEntrance, 'acsEntranceId' | 'reasons'>[]
  /** Those of all their ACS users. */
  credentials: (DoorCredential & { acsUserId: string })[]
}

/** Diagnoses doors for one person. A door of an access system that is not there is left out. */
export function diagnoseDoors(access: PersonAccess, doors: Door[], now: Date): Diagnosis[] {
  const systems = new Map(access.systems.map((entry) => [entry.system.acsSystemId, entry]))
  const ways = new Map(access.entrances.map(({ acsEntranceId, reasons }) => [acsEntranceId, reasons]))
  const credentials = new Map<string, DoorCredential[]>()
  for (const credential of access.credentials) {
    credentials.set(credential.acsUserId, [...(credentials.get(credential.acsUserId) ?? []), credential])
  }
  return doors.flatMap((door) => {
    const entry = systems.get(door.acsSystemId)
    if (!entry) return []
    const { system, acsUser, suggestions } = entry
    const facts: DoorFacts = {
      door,
      system,
      acsUser,
      suggestion: suggestions.find(({ isStrong }) => isStrong) ?? null,
      ways: ways.get(door.acsEntranceId) ?? [],
      credentials: (acsUser && credentials.get(acsUser.acsUserId)) ?? [],
    }
    return [diagnose(facts, now)]
  })
}
