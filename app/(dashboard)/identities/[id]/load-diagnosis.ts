import type { DiagnosisAnswer } from '@/components/diagnosis/diagnosis-section'
import type { Diagnosis } from '@/lib/access/diagnosis/diagnosis'
import { diagnoseDoors, type PersonAccess } from '@/lib/access/diagnosis/facts'
import { countDoorsElsewhere, getDoor, listDoorsToCheck, listGroupsWithDoor } from '@/lib/access/diagnosis/queries'
import { Refusal } from '@/lib/platform/refusals'

/**
 * Answers why a door (its id), or all doors (`all`), do not open for a person whose access is loaded, in
 * two statements.
 */
export async function loadDiagnosis(
  workspaceId: string,
  userIdentityId: string,
  access: PersonAccess,
  asked: string,
): Promise<DiagnosisAnswer> {
  const now = new Date()
  if (asked === 'all') {
    const [doors, counts] = await Promise.all([
      listDoorsToCheck(workspaceId, userIdentityId),
      countDoorsElsewhere(workspaceId, userIdentityId),
    ])
    const elsewhere = access.systems.flatMap(({ system: { acsSystemId, name }, acsUser }) => {
      const doorCount = counts.find((count) => count.acsSystemId === acsSystemId)?.doors ?? 0
      return acsUser || doorCount === 0 ? [] : [{ acsSystemId, name, doors: doorCount }]
    })
    return { kind: 'all', diagnoses: diagnoseDoors(access, doors, now), elsewhere }
  }
  const [door, groups] = await Promise.all([
    getDoor(workspaceId, asked).catch((error) => {
      if (error instanceof Refusal && error.kind === 'not_found') return null
      throw error
    }),
    listGroupsWithDoor(workspaceId, asked),
  ])
  const [diagnosis] = door ? diagnoseDoors(access, [door], now) : []
  return diagnosis ? { kind: 'one', diagnosis, groups } : { kind: 'no_such_door' }
}

/** All diagnoses that an answer shows. */
export function shownDiagnoses(answer: DiagnosisAnswer | null): Diagnosis[] {
  if (answer?.kind === 'one') return [answer.diagnosis]
  return answer?.kind === 'all' ? answer.diagnoses : []
}
