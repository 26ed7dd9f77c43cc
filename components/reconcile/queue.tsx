'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { type QueueParameters, queueFilters, writeQueueParameters } from '@/lib/people/reconcile/list-parameters'
import type { HandledAcsUser, QueueRow, QueueSlice } from '@/lib/people/reconcile/queries'
import type { ActionResult } from '@/lib/platform/refusals'
import { FilterSelect } from '../list/filters'
import { SearchBox } from '../list/search-box'
import { isBusy } from '../shell/keyboard-shortcuts'
import { Button } from '../ui/button'
import { formatCount, formatTotal } from '../ui/counts'
import { EmptyState } from '../ui/empty-state'
import { fetchJson } from '../ui/fetch-json'
import { failedToLoad } from '../ui/load-failed'
import { Notice } from '../ui/notice'
import { PageHeader } from '../ui/page-header'
import type { UndoAll } from '../ui/take-back-all'
import type { AcceptCertain } from './certain-dialog'
import { HandledRow } from './handled-row'
import { type RowActions, WaitingRow } from './queue-row'
import { useCertain } from './use-certain'
import { useHandled } from './use-handled'
import { useStanding } from './use-standing'

const AcceptAllDialog = dynamic(
  () => import('./accept-all-dialog').then(({ AcceptAllDialog }) => ({ default: AcceptAllDialog })).catch(failedToLoad),
  { ssr: false },
)
const ChooseDialog = dynamic(
  () => import('./choose-dialog').then(({ ChooseDialog }) => ({ default: ChooseDialog })).catch(failedToLoad),
  { ssr: false },
)

/** What the admin may do; what their role does not permit is absent. */
type QueueActions = {
  attach?: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
  dismiss?: (acsUserId: string) => Promise<ActionResult<null>>
  create?: (acsUserId: string) => Promise<ActionResult<{ userIdentityId: string }>>
  acceptCertain?: AcceptCertain
  undoAll: UndoAll
}

type QueueProps = {
  first: QueueSlice
  counts: { acsSystemId: string; count: number }[]
  parameters: QueueParameters
  systems: { acsSystemId: string; name: string; monogram: string }[]
  actions: QueueActions
}

const filterNames = { certain: 'Certain', likely: 'Likely', possible: 'Possible', none: 'No match' }
/** After so many parts of the queue without a row that passes the filter, it goes on only when asked to. */
const partsInVain = 10

const addressOf = (parameters: QueueParameters) => {
  const address = writeQueueParameters(parameters).toString()
  return address ? `/reconcile?${address}` : '/reconcile'
}

/** The ACS users that nobody holds, one by one or all that is certain at once, by mouse and by keyboard. */
export function Queue({ first, counts, parameters, systems, actions }: QueueProps) {
  const router = useRouter()
  const [isLeaving, startTransition] = useTransition()
  const show = (change: Partial<QueueParameters>, how: 'push' | 'replace' = 'push') =>
    startTransition(() => router[how](addressOf({ ...parameters, ...change }), { scroll: false }))
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set())
  const [choosing, setChoosing] = useState<QueueRow | null>(null)
  const [isAccepting, setIsAccepting] = useState(false)
  const steps = useHandled(actions.undoAll)
  const { undoLast } = steps
  const queue = useRows(parameters, first)
  const rows = queue.data.pages.flatMap((page) => page.rows)
  const standing = useStanding(
    rows.map(({ acsUser }) => acsUser.acsUserId).filter((id) => !steps.handled.has(id) && !skipped.has(id)),
  )
  const byOthers = new Map((standing.data?.handled ?? []).map((one) => [one.acsUserId, one]))
  const latestCounts = standing.data?.counts ?? counts
  const countIn = (acsSystemId: string | null) =>
    latestCounts
      .filter((one) => !acsSystemId || one.acsSystemId === acsSystemId)
      .reduce((sum, one) => sum + one.count, 0)
  const left = countIn(parameters.acsSystemId)

  const latestUndo = useRef(undoLast)
  latestUndo.current = undoLast
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'u' || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (isBusy(event.target)) return
      event.preventDefault()
      latestUndo.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  const actionsFor = ({ acsUser }: QueueRow): RowActions => {
    const { acsUserId, displayName } = acsUser
    const { attach, create, dismiss } = actions
    return {
      attach:
        attach &&
        ((person) => {
          focusNext(acsUserId)
          steps.carryOut(acsUserId, () => attach({ acsUserId, userIdentityId: person.userIdentityId }), {
            words: `Attached ${displayName} to ${person.displayName}.`,
            undone: `Detached ${displayName} from ${person.displayName}.`,
          })
        }),
      choose: attach && (() => setChoosing(rows.find((row) => row.acsUser.acsUserId === acsUserId) ?? null)),
      create:
        create &&
        (() => {
          focusNext(acsUserId)
          steps.carryOut(acsUserId, () => create(acsUserId), {
            words: `Created an identity from ${displayName}.`,
            undone: `Deleted the identity of ${displayName} again.`,
          })
        }),
      dismiss:
        dismiss &&
        (() => {
          focusNext(acsUserId)
          steps.carryOut(acsUserId, () => dismiss(acsUserId), {
            words: `Marked ${displayName} as not a person.`,
            undone: `${displayName} waits in the queue again.`,
          })
        }),
      skip: () => {
        focusNext(acsUserId)
        setSkipped((before) => new Set([...before, acsUserId]))
      },
    }
  }

  return (
    <>
      <PageHeader
        title="Reconcile"
        detail={
          <span role="status">
            {left === 0
              ? 'No ACS user waits for its identity.'
              : `${formatTotal(left)} ACS ${left === 1 ? 'user waits' : 'users wait'} for an identity.`}
            {steps.handled.size > 0 && ` ${formatCount(steps.handled.size)} done here.`}
          </span>
        }
        actions={
          actions.acceptCertain && (
            <AcceptAllButton
              parameters={parameters}
              handled={steps.handled}
              onOpen={() => {
                setIsAccepting(true)
                void steps.refresh()
              }}
            />
          )
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          label="Search the queue"
          placeholder="Name, email, phone or ID"
          value={parameters.search}
          hidden={writeQueueParameters(parameters)}
          onSearch={(search) => show({ search }, parameters.search === '' || search === '' ? 'push' : 'replace')}
        />
        <span className="flex max-sm:w-full">
          <FilterSelect
            label="Access system"
            value={parameters.acsSystemId ?? ''}
            options={[
              { value: '', name: `All access systems (${formatTotal(countIn(null))})` },
              ...systems.map(({ acsSystemId, name }) => ({
                value: acsSystemId,
                name: `${name} (${formatTotal(countIn(acsSystemId))})`,
              })),
            ]}
            onChange={(acsSystemId) => show({ acsSystemId: acsSystemId || null })}
          />
        </span>
        <ConfidenceFilter parameters={parameters} />
      </div>
      {actions.attach && <Keys />}
      <ul
        id="queue"
        tabIndex={-1}
        aria-label="ACS users that wait for an identity"
        aria-busy={isLeaving}
        className="divide-y divide-line rounded-lg border border-line bg-surface outline-none empty:hidden aria-busy:opacity-60 max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0"
      >
        {rows.map((row) => {
          const { acsUserId, acsSystemId, displayName } = row.acsUser
          const own = steps.handled.get(acsUserId)
          const other = byOthers.get(acsUserId)
          const pending = steps.pendingIds.has(acsUserId)
          if (own) {
            const onBack = steps.canTakeBack(own) ? () => steps.takeBack(own) : undefined
            const count = own.acsUserIds.length
            const shown = { displayName, words: own.words, isSkipped: false, onBack, pending, count }
            return <HandledRow key={acsUserId} {...shown} />
          }
          if (other && !pending) {
            return (
              <HandledRow
                key={acsUserId}
                displayName={displayName}
                words={<ByOthers displayName={displayName} handled={other} />}
                isSkipped={false}
                pending={false}
              />
            )
          }
          if (skipped.has(acsUserId)) {
            const onBack = () => setSkipped((before) => new Set([...before].filter((id) => id !== acsUserId)))
            const shown = { displayName, words: `Skipped ${displayName}.`, isSkipped: true, onBack, pending: false }
            return <HandledRow key={acsUserId} {...shown} />
          }
          const system = systems.find((one) => one.acsSystemId === acsSystemId) ?? { name: '', monogram: '' }
          return <WaitingRow key={acsUserId} row={row} system={system} pending={pending} actions={actionsFor(row)} />
        })}
      </ul>
      <End queue={queue} isEmpty={rows.length === 0} isFiltered={addressOf(parameters) !== '/reconcile'} />
      {choosing && actions.attach && (
        <ChooseDialog
          acsUser={choosing.acsUser}
          onClose={() => setChoosing(null)}
          onChoose={(person) => {
            const { acsUserId } = choosing.acsUser
            setChoosing(null)
            actionsFor(choosing).attach?.(person)
            // Closing gives the focus back to the row, which is about to go.
            setTimeout(() => focusNext(acsUserId), 50)
          }}
        />
      )}
      {isAccepting && actions.acceptCertain && (
        <AcceptAllDialog
          parameters={parameters}
          systemNames={new Map(systems.map(({ acsSystemId, name }) => [acsSystemId, name]))}
          accept={actions.acceptCertain}
          onClose={() => setIsAccepting(false)}
          onDone={({ changeIds, acsUserIds }) => {
            const count = `${formatCount(acsUserIds.length)} ACS ${acsUserIds.length === 1 ? 'user' : 'users'}`
            steps.note({
              words: `Attached ${count}, all that was certain.`,
              undone: `Detached ${count} again.`,
              changeIds,
              acsUserIds,
            })
            router.refresh()
          }}
        />
      )}
    </>
  )
}

function useRows(parameters: QueueParameters, first: QueueSlice) {
  const address = writeQueueParameters(parameters)
  return useInfiniteQuery({
    queryKey: ['reconcile', address.toString()],
    queryFn: ({ pageParam, signal }) => {
      const next = new URLSearchParams(address)
      if (pageParam) next.set('cursor', pageParam)
      return fetchJson<QueueSlice>(`/data/reconcile?${next}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    initialData: { pages: [first], pageParams: [''] },
    // Rows stay where they are while one works on them; what became of them is asked for beside.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** Leads the focus to the next row that waits, else to the one before, else to the list. */
function focusNext(acsUserId: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-waiting]')]
  const at = rows.findIndex((row) => row.dataset.waiting === acsUserId)
  const target = rows[at + 1] ?? rows[at - 1] ?? document.getElementById('queue')
  target?.focus()
}

type AcceptAllButtonProps = {
  parameters: QueueParameters
  handled: ReadonlyMap<string, unknown>
  onOpen: () => void
}

function AcceptAllButton({ parameters, handled, onOpen }: AcceptAllButtonProps) {
  const { certain, isComplete } = useCertain(parameters, false)
  const count = certain.filter(({ acsUserId }) => !handled.has(acsUserId)).length
  return (
    <Button variant="primary" onClick={onOpen} disabled={isComplete && count === 0}>
      Accept all certain
      <span className="tabular">
        ({formatCount(count)}
        {!isComplete && '+'})
      </span>
    </Button>
  )
}

function ConfidenceFilter({ parameters }: { parameters: QueueParameters }) {
  return (
    <nav aria-label="How sure" className="flex flex-wrap gap-1.5">
      {[null, ...queueFilters].map((confidence) => (
        <Link
          key={confidence ?? 'all'}
          href={addressOf({ ...parameters, confidence })}
          prefetch={false}
          scroll={false}
          aria-current={confidence === parameters.confidence ? 'page' : undefined}
          className={clsx(
            'inline-flex h-8 items-center rounded-md border px-2.5 text-sm hover:bg-hover pointer-coarse:h-11',
            confidence === parameters.confidence ? 'border-accent bg-selected' : 'border-control/60 bg-surface',
          )}
        >
          {confidence ? filterNames[confidence] : 'All'}
        </Link>
      ))}
    </nav>
  )
}

const keys: [key: string, does: string][] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'attach'],
  ['f', 'find another'],
  ['c', 'create identity'],
  ['x', 'not a person'],
  ['s', 'skip'],
  ['u', 'undo last'],
]

function Keys() {
  return (
    <p className="mb-3 flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs max-sm:hidden pointer-coarse:hidden">
      {keys.map(([key, does]) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <kbd className="min-w-5 rounded-sm border border-line px-1 text-center font-mono">{key}</kbd>
          {does}
        </span>
      ))}
    </p>
  )
}

function ByOthers({ displayName, handled }: { displayName: string; handled: HandledAcsUser }) {
  if (handled.state === 'deleted') return <>{displayName} was deleted meanwhile.</>
  const who = handled.by ?? 'Somebody'
  if (handled.state === 'not_a_person') return <>{`${who} marked ${displayName} as not a person meanwhile.`}</>
  return (
    <>
      {who} attached {displayName} to{' '}
      <Link href={`/identities/${handled.userIdentityId}`} className="underline underline-offset-2 hover:text-text">
        <bdi>{handled.identityName}</bdi>
      </Link>{' '}
      meanwhile.
    </>
  )
}

type EndProps = { queue: ReturnType<typeof useRows>; isEmpty: boolean; isFiltered: boolean }

/** Goes on as one scrolls down, or presses the button; says where there is nothing or no more. */
function End({ queue, isEmpty, isFiltered }: EndProps) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = queue
  const end = useRef<HTMLDivElement>(null)
  const isInVain =
    data.pages.length >= partsInVain && data.pages.slice(-partsInVain).every(({ rows }) => rows.length === 0)
  useEffect(() => {
    const element = end.current
    if (!element || !hasNextPage || isFetchingNextPage || error || isInVain) return
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) fetchNextPage()
      },
      { rootMargin: '300px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, error, isInVain, fetchNextPage])

  if (isEmpty && !hasNextPage && !error) {
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState title={isFiltered ? 'Nobody in the queue passes these filters' : 'Everybody is reconciled'}>
          {isFiltered
            ? 'Search for less, or choose another access system and how sure it is to be.'
            : 'Every ACS user is attached to an identity or marked as not a person. New ones from your access systems appear here.'}
        </EmptyState>
      </div>
    )
  }
  return (
    <div ref={end} className="flex flex-col items-center gap-3 p-3 text-muted text-sm">
      {error && (
        <div role="alert" className="w-full">
          <Notice tone="danger">{error.message}</Notice>
        </div>
      )}
      {hasNextPage ? (
        <Button pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? 'Looking further…' : 'Look further'}
        </Button>
      ) : (
        'That is all.'
      )}
    </div>
  )
}
