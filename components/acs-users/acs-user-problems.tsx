'use client'

import { type AcsUserStanding, acsUserProblems } from '@/lib/access/acs-users/acs-user'
import { Notice } from '../ui/notice'
import { useNow } from '../ui/viewer-time'

type AcsUserProblemsProps = { standing: AcsUserStanding; warnings: { warning_code: string; message: string }[] }

/** What keeps an ACS user out, in words, with what to do. */
export function AcsUserProblems({ standing, warnings }: AcsUserProblemsProps) {
  const problems = acsUserProblems(standing, useNow())
  if (problems.length + warnings.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      {problems.map((problem) => (
        <Notice key={problem.code + problem.message} tone={problem.code === 'access_not_begun' ? 'info' : 'danger'}>
          {problem.message}
        </Notice>
      ))}
      {warnings.map((warning) => (
        <Notice key={warning.warning_code} tone="warning">
          {warning.message}
        </Notice>
      ))}
    </div>
  )
}
