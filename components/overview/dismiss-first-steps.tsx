'use client'

import { useRouter } from 'next/navigation'
import { Button } from '../ui/button'
import { keepPreference } from '../ui/preference-cookie'
import { firstStepsCookie } from './first-steps-cookie'

/** Takes the first steps off the overview, in this browser. */
export function DismissFirstSteps({ workspaceId }: { workspaceId: string }) {
  const router = useRouter()
  return (
    <Button
      size="small"
      variant="ghost"
      onClick={() => {
        keepPreference(firstStepsCookie(workspaceId), 'dismissed')
        router.refresh()
      }}
    >
      Dismiss
    </Button>
  )
}
