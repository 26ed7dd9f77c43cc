import Link from 'next/link'
import type { LinkedAcsUser } from '@/lib/access/acs-users/queries'
import type { Credential } from '@/lib/access/credentials/credential'
import type { Diagnosis } from '@/lib/access/diagnosis/diagnosis'
import type { GroupWithDoor } from '@/lib/access/diagnosis/queries'
import type { AccessSystem } from '@/lib/access/systems/access-system'
import { ButtonLink } from '../ui/button'
import { Section } from '../ui/section'
import { AllDoors } from './all-doors'
import { diagnosisAddress } from './diagnosis-address'
import { DiagnosisResult } from './diagnosis-result'
import type { DialogActions, FixContext } from './dialog-fix'
import { DoorPicker } from './door-picker'
import { type DiagnosisActions, FixButton } from './fix-button'
import { OneDoor } from './one-door'

/** What was found of the door, or of all doors, that the address asks about. */
export type DiagnosisAnswer =
  | { kind: 'one'; diagnosis: Diagnosis; groups: GroupWithDoor[] }
  | { kind: 'all'; diagnoses: Diagnosis[]; elsewhere: { acsSystemId: string; name: string; doors: number }[] }
  | { kind: 'no_such_door' }

type DiagnosisSectionProps = {
  person: { userIdentityId: string; displayName: string }
  /** Null while nothing is asked. */
  answer: DiagnosisAnswer | null
  /** The page's address: its path and its search. */
  path: string
  search: string
  actions: DiagnosisActions
  dialogActions: DialogActions
  may: { link: boolean; create: boolean; suspend: boolean; write: boolean }
  /** The person's ACS users with their access systems, and all their credentials. */
  linked: { system: AccessSystem; acsUser: LinkedAcsUser }[]
  credentials: Credential[]
}

/** Answers why a door does not open. What is asked is in the address, and the server answers it. */
export function DiagnosisSection(props: DiagnosisSectionProps) {
  const { person, answer, path, search, actions, dialogActions, may, linked, credentials } = props
  const asked = answer ? (new URLSearchParams(search).get('door') ?? '') : ''
  return (
    <Section
      id="diagnosis"
      title="Why can’t they open a door?"
      aside={
        answer && (
          <Link
            href={diagnosisAddress(path, search, null)}
            scroll={false}
            className="inline-flex min-h-7 items-center text-muted text-sm hover:underline"
          >
            Close<span className="sr-only"> the diagnosis</span>
          </Link>
        )
      }
    >
      <div className="flex flex-wrap gap-2 px-4 py-2.5">
        <DoorPicker person={person} path={path} another={answer?.kind === 'one'} />
        <ButtonLink size="small" href={diagnosisAddress(path, search, 'all')} scroll={false} prefetch={false}>
          Check all doors
        </ButtonLink>
      </div>
      <DiagnosisResult of={asked} label="Diagnosis">
        {answer?.kind === 'one' && (
          <OneDoor
            diagnosis={answer.diagnosis}
            fix={
              answer.diagnosis.verdict && (
                <FixButton
                  fix={answer.diagnosis.verdict.fix}
                  person={person}
                  door={answer.diagnosis.door}
                  system={answer.diagnosis.system}
                  actions={actions}
                  may={may}
                  groups={answer.groups}
                  dialogActions={dialogActions}
                  context={fixContext(linked, credentials, answer.diagnosis.acsUserId)}
                />
              )
            }
          />
        )}
        {answer?.kind === 'all' && (
          <AllDoors
            diagnoses={answer.diagnoses}
            elsewhere={answer.elsewhere}
            addressOf={(acsEntranceId) => diagnosisAddress(path, search, acsEntranceId)}
          />
        )}
        {answer?.kind === 'no_such_door' && (
          <p className="px-4 py-3 text-sm">There is no such door in this workspace. It may have been removed.</p>
        )}
      </DiagnosisResult>
    </Section>
  )
}

/** What a dialog needs of the ACS user that a diagnosis is about. */
function fixContext(
  linked: DiagnosisSectionProps['linked'],
  credentials: Credential[],
  acsUserId: string | null,
): FixContext | null {
  const link = linked.find(({ acsUser }) => acsUser.acsUserId === acsUserId)
  if (!link) return null
  const { acsUserId: id, displayName, accessStartsAt, accessEndsAt } = link.acsUser
  return {
    acsUser: { acsUserId: id, displayName, accessStartsAt, accessEndsAt },
    system: { name: link.system.name, timeZone: link.system.timeZone },
    credentials: credentials
      .filter((credential) => credential.acsUserId === id)
      .map(({ acsCredentialId, displayName: name, endsAt }) => ({ acsCredentialId, displayName: name, endsAt })),
  }
}
