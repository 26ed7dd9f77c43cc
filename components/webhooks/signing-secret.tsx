'use client'

import { useState, useTransition } from 'react'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { CopyField } from '../ui/copy-field'
import { showErrorToast } from '../ui/toast'

type SigningSecretProps = { webhookId: string; onReveal: (webhookId: string) => Promise<ActionResult<string>> }

/** What deliveries are signed with. It is fetched when it is asked for, and is not in the page before. */
export function SigningSecret({ webhookId, onReveal }: SigningSecretProps) {
  const [secret, setSecret] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const reveal = () =>
    startTransition(async () => {
      const result = await onReveal(webhookId).catch(() => ({ ok: false, refusal: unreachable }) as const)
      if (result.ok) setSecret(result.value)
      else showErrorToast(result.refusal.message)
    })
  if (secret) return <CopyField label="Signing secret" value={secret} name="signing secret" focused />
  return (
    <div>
      <p className="mb-1 font-medium text-sm">Signing secret</p>
      <div className="flex items-center justify-between gap-2 rounded-md border border-line bg-canvas py-1 pr-1 pl-2.5">
        <span aria-hidden className="font-mono text-muted text-sm">
          whsec_••••••••••••
        </span>
        <Button size="small" pending={pending} onClick={reveal}>
          {pending ? 'Revealing…' : 'Reveal'}
        </Button>
      </div>
    </div>
  )
}
