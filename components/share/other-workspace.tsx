'use client'

import { useTransition } from 'react'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { PageHeader } from '../ui/page-header'
import { showErrorToast } from '../ui/toast'

type OtherWorkspaceProps = {
  linked: { workspaceId: string; name: string }
  current: { name: string }
  onSwitch: (workspaceId: string) => Promise<ActionResult<null>>
}

/** In place of a page whose link is for another workspace of the admin's: offers to go there. */
export function OtherWorkspace({ linked, current, onSwitch }: OtherWorkspaceProps) {
  const [pending, startTransition] = useTransition()
  const switchTo = () =>
    startTransition(async () => {
      const result = await onSwitch(linked.workspaceId).catch(() => null)
      if (!result?.ok) return showErrorToast((result?.refusal ?? unreachable).message)
      // Everything on screen belongs to the other workspace: start afresh, at this very address.
      window.location.reload()
    })
  return (
    <>
      <PageHeader title={`This link is for ${linked.name}`} />
      <p className="max-w-prose text-muted text-sm">
        You are looking at {current.name}. Switch to {linked.name} to see what the link shows; your other tabs switch
        with you.
      </p>
      <div className="mt-4">
        <Button variant="primary" pending={pending} onClick={switchTo}>
          {pending ? 'Switching…' : 'Switch workspace'}
        </Button>
      </div>
    </>
  )
}
