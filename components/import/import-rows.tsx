import { clsx } from 'clsx'
import Link from 'next/link'
import { Fragment } from 'react'
import type { ColumnMapping } from '@/db/schema/imports'
import { fieldName } from '@/lib/history/events/event'
import {
  fieldNameOf,
  fieldNames,
  type ImportKind,
  type ImportRow,
  outcomeNames,
  planNames,
  type RowOutcome,
  type RowPlan,
  rowsWithOutcome,
} from '@/lib/imports/import'
import { ChangedValue, ChangedValues } from '../events/changed-values'
import { Badge, type Tone } from '../ui/badge'
import { ButtonLink } from '../ui/button'
import { formatCount } from '../ui/counts'
import { TextLink } from '../ui/text-link'
import { kindWords } from './kind-words'

const planTones: Record<RowPlan, Tone> = {
  create: 'success',
  update: 'success',
  unchanged: 'neutral',
  remove: 'danger',
  conflict: 'warning',
  refused: 'danger',
}

const outcomeTones: Record<RowOutcome, Tone> = {
  created: 'success',
  updated: 'success',
  unchanged: 'neutral',
  removed: 'danger',
  skipped: 'neutral',
  refused: 'danger',
  undone: 'neutral',
  kept: 'warning',
}

type ImportRowsProps = {
  importId: string
  kind: ImportKind
  /** How many rows there are of each plan, or of each outcome. */
  counts: Partial<Record<string, number>>
  names: Record<string, string>
  /** Which of them are shown; null for all. */
  shown: string | null
  rows: ImportRow[]
  /** With which row it goes on. */
  nextFrom: number | null
  isFirst: boolean
  mapping: ColumnMapping
}

/** The rows of an import, each with what is to become of it or what became of it, and why. */
export function ImportRows(props: ImportRowsProps) {
  const { importId, kind, counts, names, shown, rows, nextFrom, isFirst, mapping } = props
  const addressFor = (name: string | null, from?: number) => {
    const parameters = new URLSearchParams({ ...(name && { show: name }), ...(from && { from: String(from) }) })
    return `/import/${importId}${parameters.size > 0 ? `?${parameters}` : ''}`
  }
  const filters = [
    { name: null, label: 'All', count: rowsWithOutcome(counts) },
    ...Object.entries(names)
      .filter(([name]) => counts[name])
      .map(([name, label]) => ({ name, label, count: counts[name] ?? 0 })),
  ]
  return (
    <section aria-labelledby="rows-title" id="rows" tabIndex={-1} className="outline-none">
      <h2 id="rows-title" className="mb-2 font-semibold text-base">
        Rows
      </h2>
      <ul aria-label="Show" className="mb-3 flex flex-wrap gap-1.5">
        {filters.map(({ name, label, count }) => (
          <li key={label}>
            <Link
              href={addressFor(name)}
              scroll={false}
              aria-current={name === shown ? 'true' : undefined}
              className={clsx(
                'tabular flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm hover:bg-hover pointer-coarse:h-11',
                name === shown ? 'border-accent bg-selected font-medium' : 'border-control/60 bg-surface',
              )}
            >
              {label} <span className="text-muted">{formatCount(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        <ol aria-label="Rows" className="divide-y divide-line">
          {rows.map((row) => (
            <Row key={row.rowNumber} row={row} kind={kind} mapping={mapping} />
          ))}
        </ol>
        {(nextFrom || !isFirst) && (
          <nav aria-label="Pages" className="flex justify-end gap-2 border-line border-t px-4 py-2">
            {!isFirst && (
              <ButtonLink size="small" href={addressFor(shown)} scroll={false}>
                First rows
              </ButtonLink>
            )}
            {nextFrom && (
              <ButtonLink size="small" href={`${addressFor(shown, nextFrom)}#rows`}>
                Next rows
              </ButtonLink>
            )}
          </nav>
        )}
      </div>
    </section>
  )
}

/** Of these, everybody sees what they are. */
const tellsItself = ['full_name', 'email_address', 'phone_number']

const order = Object.keys(fieldNames)

/** Changed fields in one order for all rows; what is no column of a file comes last. */
function inOrder(changes: NonNullable<ImportRow['changes']>) {
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)
  return Object.entries(changes).sort(([one], [other]) => place(one) - place(other))
}

function Row({ row, kind, mapping }: { row: ImportRow; kind: ImportKind; mapping: ColumnMapping }) {
  const { rowNumber, plan, outcome, changes, problems, subjectId, subjectName } = row
  const name = subjectName || row.cells.filter(Boolean).join(', ')
  const isThere = subjectId && outcome !== 'removed' && !(outcome === 'undone' && plan === 'create')
  const told = inOrder(changes ?? {}).filter(([, { to }]) => to !== name)
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 text-sm">
      <span className="tabular w-12 shrink-0 text-muted">
        <span className="sr-only">Row </span>
        {formatCount(rowNumber)}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <bdi className="min-w-0 [overflow-wrap:anywhere]">
            {isThere ? <TextLink href={kindWords[kind].addressOf(subjectId)}>{name}</TextLink> : name}
          </bdi>
          {outcome ? (
            <Badge tone={outcomeTones[outcome]}>{outcomeNames[outcome]}</Badge>
          ) : (
            plan && <Badge tone={planTones[plan]}>{planNames[plan]}</Badge>
          )}
        </div>
        {plan === 'create' && outcome !== 'refused' && (
          <p className="text-muted text-xs [overflow-wrap:anywhere]">
            {told.map(([field, { to }], index) => (
              <Fragment key={field}>
                {index > 0 && ' · '}
                {!tellsItself.includes(field) && `${fieldName(field)} `}
                <ChangedValue field={field} value={to} />
              </Fragment>
            ))}
          </p>
        )}
        {(plan === 'update' || plan === 'conflict') && changes && (
          <ChangedValues changes={Object.fromEntries(inOrder(changes))} />
        )}
        {problems.map(({ field, message }) => (
          <p key={message} className="mt-0.5 text-sm [overflow-wrap:anywhere]">
            {field && fieldNameOf(field) && (
              <>
                <span className="text-muted">{fieldNameOf(field)} </span>
                <Cell text={row.cells[mapping[field] ?? -1]} />
              </>
            )}
            {message}
          </p>
        ))}
      </div>
    </li>
  )
}

function Cell({ text = '' }: { text?: string }) {
  if (text.trim() === '') return null
  return (
    <>
      <bdi className="rounded-sm bg-hover px-1 font-mono text-xs">{text}</bdi>{' '}
    </>
  )
}
