'use client'

import { Check, Plus, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Menu, MenuGroup, MenuItem, MenuSeparator, type MenuTrigger } from '../ui/menu'
import { showErrorToast, showToast } from '../ui/toast'

export type WorkspaceMenuProps = {
  current: { workspaceId: string; name: string; isSandbox: boolean }
  workspaces: { workspaceId: string; name: string; isSandbox: boolean }[]
  onSwitch: (workspaceId: string) => Promise<ActionResult<null>>
  /** Puts the demo's data back; absent where it cannot be done. */
  onResetDemo?: () => Promise<ActionResult<null>>
  mayCreate: boolean
}

/** Which workspace this is, the others, and what can be done with it as a whole. */
export default function WorkspaceMenu({
  current,
  workspaces,
  onSwitch,
  onResetDemo,
  mayCreate,
  label,
  className,
  trigger,
}: WorkspaceMenuProps & MenuTrigger) {
  const [confirming, setConfirming] = useState(false)
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  const switchTo = (workspaceId: string) =>
    startTransition(async () => {
      const result = await onSwitch(workspaceId).catch(() => null)
      if (!result?.ok) return showErrorToast((result?.refusal ?? unreachable).message)
      // Everything on screen belongs to the other workspace: start afresh.
      window.location.assign('/')
    })

  const reset = () =>
    startTransition(async () => {
      const result = await onResetDemo?.().catch(() => null)
      setConfirming(false)
      if (!result?.ok) return showErrorToast((result?.refusal ?? unreachable).message)
      showToast('The demo is as it was on the first day.')
    })

  return (
    <>
      <Menu label={label} className={className} trigger={trigger}>
        <MenuGroup label="Workspaces">
          {workspaces.map((workspace) => (
            <MenuItem
              key={workspace.workspaceId}
              onClick={() => workspace.workspaceId !== current.workspaceId && switchTo(workspace.workspaceId)}
            >
              <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
              {workspace.workspaceId === current.workspaceId && (
                <Check aria-label="current" className="size-3.5 text-accent" />
              )}
            </MenuItem>
          ))}
        </MenuGroup>
        {mayCreate && (
          <>
            <MenuSeparator />
            <MenuItem onClick={() => router.push('/workspaces/new')}>
              <Plus aria-hidden className="size-3.5 text-muted" />
              New workspace
            </MenuItem>
          </>
        )}
        {onResetDemo && (
          <>
            <MenuSeparator />
            <MenuItem onClick={() => setConfirming(true)}>
              <RotateCcw aria-hidden className="size-3.5 text-muted" />
              Reset demo…
            </MenuItem>
          </>
        )}
      </Menu>
      <Dialog
        open={confirming}
        onOpenChange={(open) => !pending && setConfirming(open)}
        title="Reset the demo?"
        description={`Everything changed in “${current.name}” since the first day is discarded, for everybody who looks at it. This cannot be undone.`}
      >
        <div className="flex justify-end gap-2 px-5 py-4">
          <Button onClick={() => setConfirming(false)}>Cancel</Button>
          <Button variant="danger" pending={pending} onClick={reset}>
            {pending ? 'Resetting…' : 'Reset demo'}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
