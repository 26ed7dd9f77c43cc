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
 * group first. Doors that were never given come last, whatever else keeps them shut: mending that
 * would not open them.
 */
export function groupDiagnoses(diagnoses: Diagnosis[]): { open: Diagnosis[]; shut: DiagnosisGroup[] } {
  const groups = new Map<string, DiagnosisGroup>()
  for (const diagnosis of diagnoses) {
    const { verdict, system, door } = diagnosis
    if (!verdict) continue
    const isGiven = !diagnosis.links.some(({ fault }) => fault === 'no_way')
    const fault = isGiven ? verdict.fault : 'no_way'
    const key = `${system.acsSystemId} ${fault} ${isGiven ? JSON.stringify(verdict.words) : ''}`
    const group = groups.get(key) ?? { fault, system, example: diagnosis, doors: [] }
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
