import type { Diagnosis, Fault } from './diagnosis'

/** Doors of one access system that have the same verdict. */
export type DiagnosisGroup = {
  fault: Fault
  system: Diagnosis['system']
  /** Any of them: what is wrong, and what to do, is the same with all. */
  example: Diagnosis
  doors: Diagnosis['door'][]
}

/**
 * Diagnoses by verdict and access system: the doors that open, and those that do not, the largest
 * group first, but doors that were never given last, for nothing is wrong with them.
 */
export function groupDiagnoses(diagnoses: Diagnosis[]): { open: Diagnosis[]; shut: DiagnosisGroup[] } {
  const groups = new Map<string, DiagnosisGroup>()
  for (const diagnosis of diagnoses) {
    const { verdict, system, door } = diagnosis
    if (!verdict) continue
    const key = `${system.acsSystemId} ${verdict.fault} ${JSON.stringify(verdict.fault === 'no_way' ? '' : verdict.words)}`
    const group = groups.get(key) ?? { fault: verdict.fault, system, example: diagnosis, doors: [] }
    group.doors.push(door)
    groups.set(key, group)
  }
  const neverGiven = (group: DiagnosisGroup) => Number(group.fault === 'no_way')
  return {
    open: diagnoses.filter(({ verdict }) => !verdict),
    shut: [...groups.values()].sort(
      (one, other) => neverGiven(one) - neverGiven(other) || other.doors.length - one.doors.length,
    ),
  }
}
