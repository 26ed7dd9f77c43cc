'use client'

import { type AcsUserStanding, acsUserProblems } from '@/lib/acs-users/acs-user'
import { Badge } from '../ui/badge'
import { useNow } from '../ui/viewer-time'

const tones = {
  suspended: 'danger',
  access_ended: 'warning',
  access_not_begun: 'waiting',
  reported_by_access_system: 'danger',
} as const

/** What keeps an ACS user out, in a word each; or that nothing does. */
export function AcsUserBadges({ standing }: { standing: AcsUserStanding }) {
  const problems = acsUserProblems(standing, useNow())
  if (problems.length === 0) return <Badge tone="success">Active</Badge>
  return (
    <span className="inline-flex flex-wrap gap-1">
      {problems.map((problem) => (
        <Badge key={problem.label + problem.message} tone={tones[problem.code]}>
          {problem.label}
        </Badge>
      ))}
    </span>
  )
}
