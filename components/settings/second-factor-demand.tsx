'use client'

import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { type Given, ProofDialog } from '../account/proof-dialog'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { TextLink } from '../ui/text-link'
import { useChange } from '../ui/use-change'

type SecondFactorDemandProps = {
  isRequired: boolean
  /** Whether the viewer has shown none: they would lock themselves out. */
  isOwnMissing: boolean
  /** Left out for who may not. */
  onChange?: (isRequired: boolean, proof: Given) => Promise<ActionResult<null>>
}

/** Whether a workspace lets in only members with a second factor. */
export function SecondFactorDemand({ isRequired, isOwnMissing, onChange }: SecondFactorDemandProps) {
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const [isProving, setIsProving] = useState(false)
  const { pending, carryOut } = useChange()
  const require = (save: NonNullable<typeof onChange>) => {
    setRefusal(null)
    carryOut({
      action: () => save(true, {}),
      done: 'A second factor is required now.',
      refused: setRefusal,
    })
  }
  return (
    <div className="flex flex-col gap-3 p-4">
      {refusal && (
        <div role="alert">
          <Notice tone="danger">{refusal.message}</Notice>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="max-w-prose text-sm">
          <p>{isRequired ? 'Required of every member.' : 'Up to each member.'}</p>
          <p className="mt-1 text-muted">
            {isRequired
              ? 'Who has not turned on two-factor authentication, and has not signed in with a passkey, sees nothing of this workspace until they have. API keys are not concerned.'
              : 'If you require it, members see nothing of this workspace until they have turned on two-factor authentication or signed in with a passkey. API keys are not concerned.'}
          </p>
          {onChange && !isRequired && isOwnMissing && (
            <p className="mt-2">
              Before you can require it, turn on two-factor authentication for yourself in{' '}
              <TextLink href="/settings/account#two-factor">your account</TextLink>, or sign in with a passkey.
            </p>
          )}
        </div>
        {onChange && (isRequired || !isOwnMissing) && (
          <Button pending={pending} onClick={() => (isRequired ? setIsProving(true) : require(onChange))}>
            {isRequired ? 'Make it optional…' : 'Require it'}
          </Button>
        )}
      </div>
      {onChange && isProving && (
        <ProofDialog
          title="Make a second factor optional"
          label="Make it optional"
          action={(proof) => onChange(false, proof)}
          done="A second factor is optional now."
          onClose={() => setIsProving(false)}
        >
          Members can sign in with their password alone again.
        </ProofDialog>
      )}
    </div>
  )
}
