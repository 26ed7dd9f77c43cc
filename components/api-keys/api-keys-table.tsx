'use client'

import { clsx } from 'clsx'
import { useRef, useState, useTransition } from 'react'
import type { ApiKeyListItem } from '@/lib/http-api/api-keys/api-key'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { Notice } from '../ui/notice'
import { showToast } from '../ui/toast'
import { RelativeTime } from '../ui/viewer-time'

type ApiKeysTableProps = {
  apiKeys: ApiKeyListItem[]
  /** Left out for who may not. */
  onRevoke?: (apiKeyId: string) => Promise<ActionResult<null>>
}

const headerClass = 'h-9 border-line border-b px-4 text-left font-medium text-muted text-xs'
const cellClass = 'sm:h-12 sm:border-line sm:px-4 sm:py-1.5 sm:group-not-last:border-b'

/** A workspace's API keys. On a phone each row is a few lines. */
export function ApiKeysTable({ apiKeys, onRevoke }: ApiKeysTableProps) {
  const [revoking, setRevoking] = useState<ApiKeyListItem | null>(null)
  const table = useRef<HTMLTableElement>(null)
  return (
    <>
      <table
        ref={table}
        tabIndex={-1}
        aria-label="API keys"
        className="w-full border-separate border-spacing-0 text-sm outline-none"
      >
        <thead className="max-sm:sr-only">
          <tr>
            {['Name', 'Key', 'Created', 'Last used'].map((name) => (
              <th key={name} scope="col" className={headerClass}>
                {name}
              </th>
            ))}
            <th scope="col" className={headerClass}>
              <span className="sr-only">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {apiKeys.map((apiKey) => {
            const { revokedAt } = apiKey
            return (
              <tr
                key={apiKey.apiKeyId}
                className="group max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:border-line max-sm:px-4 max-sm:py-3 max-sm:not-last:border-b"
              >
                <th scope="row" className={clsx(cellClass, 'text-left font-medium [overflow-wrap:anywhere]')}>
                  <bdi className={clsx(revokedAt && 'text-muted')}>{apiKey.name}</bdi>
                </th>
                <td
                  className={clsx(
                    cellClass,
                    'font-mono text-xs max-sm:col-start-1 max-sm:row-start-2 max-sm:text-muted',
                  )}
                >
                  {apiKey.shortenedKey}
                </td>
                <td className={clsx(cellClass, 'text-muted max-sm:col-span-2 max-sm:mt-1')}>
                  <span className="sm:hidden">Created </span>
                  <RelativeTime at={apiKey.createdAt} /> by <bdi>{apiKey.createdBy}</bdi>
                </td>
                <td className={clsx(cellClass, 'text-muted max-sm:col-span-2')}>
                  {apiKey.lastUsedAt ? (
                    <>
                      <span className="sm:hidden">Last used </span>
                      <RelativeTime at={apiKey.lastUsedAt} />
                    </>
                  ) : (
                    'Never used'
                  )}
                </td>
                <td
                  className={clsx(
                    cellClass,
                    'text-right max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 max-sm:self-center',
                  )}
                >
                  {revokedAt && (
                    <span className="inline-flex flex-wrap items-center justify-end gap-x-2 text-muted text-xs">
                      <Badge tone="neutral">Revoked</Badge>
                      <RelativeTime at={revokedAt} />
                    </span>
                  )}
                  {!revokedAt && onRevoke && (
                    <Button size="small" aria-label={`Revoke ${apiKey.name}`} onClick={() => setRevoking(apiKey)}>
                      Revoke…
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {revoking && onRevoke && (
        <RevokeApiKey
          apiKey={revoking}
          onRevoke={onRevoke}
          onClose={(revoked) => {
            setRevoking(null)
            // The button that opened the dialog goes with the key.
            if (revoked) setTimeout(() => table.current?.focus({ preventScroll: true }), 50)
          }}
        />
      )}
    </>
  )
}

type RevokeApiKeyProps = {
  apiKey: ApiKeyListItem
  onRevoke: (apiKeyId: string) => Promise<ActionResult<null>>
  onClose: (revoked: boolean) => void
}

/** Asks before a key is revoked, since that cannot be undone. */
function RevokeApiKey({ apiKey, onRevoke, onClose }: RevokeApiKeyProps) {
  const [error, setError] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const cancel = useRef<HTMLButtonElement>(null)
  const revoke = () =>
    startTransition(async () => {
      try {
        const result = await onRevoke(apiKey.apiKeyId)
        if (!result.ok) return setError(result.refusal.message)
        showToast(`The API key “${apiKey.name}” was revoked.`)
        onClose(true)
      } catch {
        setError(unreachable.message)
      }
    })
  return (
    <LazyDialog
      open
      onOpenChange={(open) => !open && !pending && onClose(false)}
      title={`Revoke “${apiKey.name}”?`}
      description={<span className="font-mono text-xs">{apiKey.shortenedKey}</span>}
      initialFocus={cancel}
    >
      <div className="flex flex-col gap-4 px-5 pt-3 pb-5">
        <p className="text-sm">
          Every program that uses this key is refused from this moment. This cannot be undone; create another key for
          what shall go on.
          {apiKey.lastUsedAt ? (
            <span className="mt-1 block text-muted">
              It was last used <RelativeTime at={apiKey.lastUsedAt} />.
            </span>
          ) : (
            <span className="mt-1 block text-muted">It has never been used.</span>
          )}
        </p>
        {error && (
          <div role="alert">
            <Notice tone="danger">{error}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button ref={cancel} onClick={() => onClose(false)}>
            Cancel
          </Button>
          <Button variant="danger" pending={pending} onClick={revoke}>
            {pending ? 'Revoking…' : 'Revoke API key'}
          </Button>
        </div>
      </div>
    </LazyDialog>
  )
}
