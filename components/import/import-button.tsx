'use client'

import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { useChange } from '../ui/use-change'

type ImportButtonProps = {
  importId: string
  onPress: (importId: string) => Promise<ActionResult<null>>
  /** What it does. */
  label: string
  variant?: 'primary' | 'secondary'
}

/** Does one thing to an import. */
export function ImportButton({ importId, onPress, label, variant }: ImportButtonProps) {
  const { pending, carryOut } = useChange()
  return (
    <Button variant={variant} pending={pending} onClick={() => carryOut({ action: () => onPress(importId) })}>
      {label}
    </Button>
  )
}
