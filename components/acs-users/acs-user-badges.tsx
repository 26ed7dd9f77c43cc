'use client'

import { type AcsUserProblem, type AcsUserStanding, acsUserProblems } from '@/lib/access/acs-users/acs-user'
import { Badge } from '../ui/badge'
import { useNow } from '../ui/viewer-time'

const tones = { Suspended: 'danger', Error: 'danger', 'Access ended': 'warning', 'Not yet': 'waiting' } as const

/** One thing that keeps an ACS user out, in a word. */
export function ProblemBadge({ label }: { label: AcsUserProblem['label'] }) {
  return <Badge tone={tones[label]}>{label}</Badge>
}

/** What keeps an ACS user out, in a word each; or that nothing does. */
export function AcsUserBadges({ standing }: { standing: AcsUserStanding }) {
  const problems = acsUserProblems(standing, useNow())
  if (problems.length === 0) return <Badge tone="success">Active</Badge>
  return (
    <span className="inline-flex flex-wrap gap-1">
      {problems.map((problem) => (
        <ProblemBadge key={problem.label + problem.message} label={problem.label} />
      ))}
    </span>
  )
}
