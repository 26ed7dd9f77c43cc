'use client'

import { useRef, useState } from 'react'
import type { PasskeyListItem } from '@/lib/accounts/passkeys/passkey'
import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { RelativeTime } from '../ui/viewer-time'
import { AddPasskey, type AddPasskeyProps } from './add-passkey'
import { type Given, ProofDialog } from './proof-dialog'
import { RenamePasskey } from './rename-passkey'
import { usePasskeySupport } from './use-passkey-support'

type PasskeysProps = Pick<AddPasskeyProps, 'onBegin' | 'onAdd'> & {
  passkeys: PasskeyListItem[]
  /** Of the address that passkeys are made for; null where it can have none. */
  origin: string | null
  onRename: (passkeyId: string, name: string) => Promise<ActionResult<null>>
  onRemove: (passkeyId: string, given: Given) => Promise<ActionResult<null>>
}

type Asking = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: PasskeyListItem }

/** An account's passkeys, and the way to another one. */
export function Passkeys({ passkeys, origin, onBegin, onAdd, onRename, onRemove }: PasskeysProps) {
  const isSupported = usePasskeySupport(origin)
  const [asking, setAsking] = useState<Asking | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const close = () => setAsking(null)
  return (
    <div ref={root} tabIndex={-1} className="outline-none">
      <div className="flex flex-col items-start gap-3 p-4">
        <p className="max-w-prose text-sm">
          Sign in with your fingerprint, your face or your device’s PIN instead of a password and a code. Nobody can
          trick a passkey out of you.
        </p>
        {isSupported && <Button onClick={() => setAsking({ kind: 'add' })}>Add a passkey…</Button>}
        {isSupported === false && (
          <p className="text-muted text-sm">
            {origin
              ? `This browser cannot make one here. Visit Keyholder at ${origin}, in a browser that knows passkeys.`
              : 'The address of this server is a number, for which browsers make none. Whoever runs it can give it a name, by BASE_URL.'}
          </p>
        )}
        <noscript>
          <p className="text-muted text-sm">To add one, switch JavaScript on.</p>
        </noscript>
      </div>
      {passkeys.length > 0 && (
        <ul aria-label="Passkeys" className="divide-y divide-line border-line border-t">
          {passkeys.map((passkey) => {
            const { passkeyId, name, createdAt, lastUsedAt } = passkey
            return (
              <li key={passkeyId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="font-medium [overflow-wrap:anywhere]">
                    <bdi>{name}</bdi>
                  </p>
                  <p className="text-muted">
                    Added <RelativeTime at={createdAt} />,{' '}
                    {lastUsedAt ? (
                      <>
                        last used <RelativeTime at={lastUsedAt} />
                      </>
                    ) : (
                      'never used'
                    )}
                  </p>
                </div>
                <div className="flex gap-2">
                  <Button
                    size="small"
                    aria-label={`Rename ${name}`}
                    onClick={() => setAsking({ kind: 'rename', passkey })}
                  >
                    Rename…
                  </Button>
                  <Button
                    size="small"
                    aria-label={`Remove ${name}`}
                    onClick={() => setAsking({ kind: 'remove', passkey })}
                  >
                    Remove…
                  </Button>
                </div>
              </li>
            )
          })}
        </ul>
      )}
      {asking?.kind === 'add' && <AddPasskey onBegin={onBegin} onAdd={onAdd} onClose={close} />}
      {asking?.kind === 'rename' && <RenamePasskey passkey={asking.passkey} onRename={onRename} onClose={close} />}
      {asking?.kind === 'remove' && (
        <ProofDialog
          title={`Remove “${asking.passkey.name}”?`}
          label="Remove passkey"
          variant="danger"
          offersEnd
          action={(given) => onRemove(asking.passkey.passkeyId, given)}
          done={`The passkey “${asking.passkey.name}” was removed.`}
          onClose={(isDone) => {
            close()
            // The button that opened the dialog goes with the passkey.
            if (isDone) setTimeout(() => root.current?.focus({ preventScroll: true }), 50)
          }}
        >
          It won’t sign you in any more. Your device may go on offering it: delete it there too.
        </ProofDialog>
      )}
    </div>
  )
}
