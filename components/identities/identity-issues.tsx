'use client'

import Link from 'next/link'
import { acsUserProblems } from '@/lib/access/acs-users/acs-user'
import type { LinkedAcsUser } from '@/lib/access/acs-users/queries'
import type { AccessSystem } from '@/lib/access/systems/access-system'
import { OpenTasksNotice } from '../tasks/open-tasks-notice'
import { Notice } from '../ui/notice'
import { ExactTime, useNow } from '../ui/viewer-time'

type IdentityIssuesProps = {
  linked: { system: AccessSystem; acsUser: LinkedAcsUser }[]
}

/** Everything that may keep a person out, in words, with what to do. */
export function IdentityIssues({ linked }: IdentityIssuesProps) {
  const now = useNow()
  return (
    <>
      {linked.flatMap(({ system, acsUser }) => [
        ...system.errors.map((error) => (
          <Notice key={system.acsSystemId + error.error_code} tone="danger">
            <SystemLink system={system} /> has had a problem since <ExactTime at={error.created_at} />. {error.message}
          </Notice>
        )),
        ...acsUserProblems(acsUser, now).map((problem) => (
          <Notice
            key={acsUser.acsUserId + problem.code + problem.message}
            tone={problem.code === 'access_not_begun' ? 'info' : 'danger'}
          >
            <SystemLink system={system} />: {problem.message}
          </Notice>
        )),
        acsUser.openTaskCount > 0 && (
          <OpenTasksNotice
            key={`tasks of ${acsUser.acsUserId}`}
            acsUserId={acsUser.acsUserId}
            systemName={system.name}
            count={acsUser.openTaskCount}
          />
        ),
        ...[...system.warnings, ...acsUser.warnings].map((warning) => (
          <Notice key={acsUser.acsUserId + warning.warning_code} tone="warning">
            <SystemLink system={system} />: {warning.message}
          </Notice>
        )),
      ])}
    </>
  )
}

function SystemLink({ system }: { system: AccessSystem }) {
  return (
    <Link href={`/access-systems/${system.acsSystemId}`} className="font-medium underline-offset-2 hover:underline">
      {system.name}
    </Link>
  )
}
