'use client'

import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import {
  type DeliveryListParameters,
  writeDeliveryListParameters,
} from '@/lib/http-api/webhooks/delivery-list-parameters'
import type { Delivery, DeliveryAttempt, DeliveryListItem } from '@/lib/http-api/webhooks/webhook'
import type { Page } from '@/lib/platform/pagination/page'
import type { ActionResult } from '@/lib/platform/refusals'
import { Pager } from '../list/pager'
import { EmptyState } from '../ui/empty-state'
import { RelativeTime, useNow } from '../ui/viewer-time'
import { DeliveryDetails } from './delivery-details'
import { DeliveryStatusBadge } from './delivery-status'

type DeliveryLogProps = {
  webhookId: string
  parameters: DeliveryListParameters
  page: Page<DeliveryListItem>
  /** The delivery that the address opens. */
  opened: Delivery | null
  /** Left out for who may not. */
  onResend?: (deliveryId: string) => Promise<ActionResult<null>>
}

const filters = [
  { status: null, name: 'All' },
  { status: 'pending', name: 'Pending' },
  { status: 'failed', name: 'Failed' },
  { status: 'delivered', name: 'Delivered' },
] as const

const refreshMilliseconds = 3000

/** What a webhook was sent, newest first. Filter, page and the delivery that is open are in the address. */
export function DeliveryLog({ webhookId, parameters, page, opened, onResend }: DeliveryLogProps) {
  const router = useRouter()
  useRefreshWhile(page.items.some(({ status }) => status === 'pending'))
  const addressFor = (change: Partial<DeliveryListParameters>) => {
    const address = writeDeliveryListParameters({ ...parameters, deliveryId: null, ...change }).toString()
    return `/settings/webhooks/${webhookId}${address && `?${address}`}`
  }
  return (
    <section aria-labelledby="deliveries-title" id="deliveries" tabIndex={-1} className="min-w-0 outline-none">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="deliveries-title" className="font-semibold text-base">
          Deliveries
        </h2>
        <ul aria-label="Show" className="flex gap-0.5 rounded-md bg-hover p-0.5 max-sm:w-full">
          {filters.map(({ status, name }) => {
            const current = parameters.status === status
            return (
              <li key={name} className="max-sm:flex-1">
                <Link
                  href={addressFor({ status, cursor: null })}
                  scroll={false}
                  aria-current={current ? 'true' : undefined}
                  className={clsx(
                    'flex h-7 items-center justify-center rounded-sm px-2.5 text-sm transition-colors duration-150 ease-out pointer-coarse:h-10',
                    current
                      ? 'bg-surface font-medium shadow-[0_0_0_1px_var(--color-line)]'
                      : 'text-muted hover:text-text',
                  )}
                >
                  {name}
                </Link>
              </li>
            )
          })}
        </ul>
      </div>
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        {page.items.length === 0 ? (
          <EmptyState title={parameters.status ? `No ${parameters.status} deliveries` : 'Nothing sent yet'}>
            {parameters.status
              ? 'Deliveries are kept for 30 days after they are finished.'
              : 'The next event of a chosen type is sent and appears here. Change a person’s details to see one.'}
          </EmptyState>
        ) : (
          <>
            <ul className="divide-y divide-line">
              {page.items.map((delivery) => {
                const isOpen = delivery.deliveryId === opened?.deliveryId
                const panelId = `delivery-${delivery.deliveryId}`
                return (
                  <li key={delivery.deliveryId}>
                    <div className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover">
                      <ChevronRight
                        aria-hidden
                        className={clsx(
                          'size-4 shrink-0 text-muted transition-transform duration-150',
                          isOpen && 'rotate-90',
                        )}
                      />
                      <Link
                        href={addressFor({ deliveryId: isOpen ? null : delivery.deliveryId })}
                        scroll={false}
                        replace
                        data-row-link
                        aria-expanded={isOpen}
                        aria-controls={isOpen ? panelId : undefined}
                        className="min-w-0 flex-1 truncate font-mono text-xs after:absolute after:inset-0"
                      >
                        {delivery.eventType}
                      </Link>
                      <DeliveryStatusBadge status={delivery.status} />
                      <span className="flex w-full flex-wrap items-center gap-x-3 pl-7 text-muted text-xs sm:w-72 sm:pl-0 sm:text-right">
                        <span className="tabular sm:flex-1">
                          <Outcome attempt={delivery.lastAttempt} />
                          {delivery.attempts > 1 && ` · ${delivery.attempts} attempts`}
                          {delivery.nextAttemptAt && delivery.attempts > 0 && (
                            <NextAttempt at={delivery.nextAttemptAt} />
                          )}
                          {delivery.status === 'pending' && !delivery.nextAttemptAt && ' · waits until switched on'}
                        </span>
                        <RelativeTime at={delivery.createdAt} />
                      </span>
                    </div>
                    {isOpen && opened && (
                      <div id={panelId}>
                        <DeliveryDetails delivery={opened} onResend={onResend} />
                      </div>
                    )}
                  </li>
                )
              })}
            </ul>
            <Pager
              page={page}
              stale={false}
              addressFor={(cursor) => addressFor({ cursor })}
              onShow={(cursor) => router.push(addressFor({ cursor }))}
            />
          </>
        )}
      </div>
    </section>
  )
}

function Outcome({ attempt }: { attempt: DeliveryAttempt | null }) {
  if (!attempt) return 'Not tried yet'
  return attempt.responseStatus ? `HTTP ${attempt.responseStatus}` : 'No response'
}

/** Fetches the page anew from time to time, while somebody looks at it and something is under way. */
function useRefreshWhile(wanted: boolean): void {
  const router = useRouter()
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, refreshMilliseconds)
    return () => clearInterval(timer)
  }, [wanted, router])
}

function NextAttempt({ at }: { at: string }) {
  if (new Date(at) <= useNow()) return ' · next now'
  return (
    <>
      {' · next '}
      <RelativeTime at={at} />
    </>
  )
}
