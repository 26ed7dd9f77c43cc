'use client'

import { clsx } from 'clsx'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { ColumnMapping } from '@/db/schema/imports'
import { type DateOrder, dateFields, fieldNames, fieldsOf, type ImportDetails } from '@/lib/imports/import'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { FilterSelect } from '../list/filters'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { kindWords } from './kind-words'

/** `date_order`: null where the file is to tell. */
export type ColumnChoices = { mapping: ColumnMapping; date_order: 'day_first' | 'month_first' | null }

type ChooseColumnsProps = {
  found: Pick<ImportDetails, 'importId' | 'kind' | 'headers' | 'dateOrder' | 'acsSystem'>
  /** The first rows of the file. */
  samples: string[][]
  /** What is guessed, or was chosen. */
  mapping: ColumnMapping
  onChoose: (importId: string, choices: ColumnChoices) => Promise<ActionResult<null>>
}

/** Says what each column of a file is. A field is one column's: choosing it for another takes it from the first. */
export function ChooseColumns({ found, samples, mapping, onChoose }: ChooseColumnsProps) {
  const { importId, kind, headers, acsSystem } = found
  const [chosen, setChosen] = useState(mapping)
  const [dateOrder, setDateOrder] = useState(chosenOrder(found.dateOrder))
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const router = useRouter()
  const { pending, carryOut } = useChange()
  const fieldOf = (column: number) => fieldsOf[kind].find((field) => chosen[field] === column) ?? ''
  const choose = (column: number, field: string) => {
    const others = Object.entries(chosen).filter(([name, at]) => at !== column && name !== field)
    setChosen(Object.fromEntries([...others, ...(field ? [[field, column]] : [])]))
  }
  const check = () =>
    carryOut({
      action: () => onChoose(importId, { mapping: chosen, date_order: dateOrder }),
      before: () => setRefusal(null),
      refused: setRefusal,
      // Away from “Change columns”, where one may have come from.
      after: () => router.replace(`/import/${importId}`),
    })
  const options = [
    { value: '', name: 'Not imported' },
    ...fieldsOf[kind].map((field) => ({ value: field, name: fieldNames[field] })),
  ]
  return (
    <Section id="columns" title="What is in each column?">
      <ul className="divide-y divide-line">
        {headers.map((header, column) => {
          const name = header || `Column ${column + 1}`
          const values = samples.map((cells) => cells[column]?.trim()).filter(Boolean)
          const isUsed = fieldOf(column) !== ''
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place
            <li key={column} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
              <span className={clsx('min-w-0 flex-1 basis-60', !isUsed && 'text-muted')}>
                <bdi className="block truncate font-medium text-sm" title={name}>
                  {name}
                </bdi>
                <bdi className="block truncate text-muted text-xs" title={values.join(', ')}>
                  {values.join(', ') || 'Empty in the first rows'}
                </bdi>
              </span>
              <span className="grid w-full sm:w-52">
                <FilterSelect
                  label={`What “${name}” is`}
                  value={fieldOf(column)}
                  options={options}
                  onChange={(field) => choose(column, field)}
                />
              </span>
            </li>
          )
        })}
      </ul>
      {dateFields.some((field) => chosen[field] !== undefined) && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t px-4 py-2.5">
          <p className="min-w-0 flex-1 basis-60 text-sm">
            <span className="block font-medium">Dates such as 03/04/2026</span>
            <span className="block text-muted text-xs">
              In the time zone {acsSystem?.timeZone ?? 'UTC'}; a day without a time is meant whole.
            </span>
          </p>
          <span className="grid w-full sm:w-52">
            <FilterSelect
              label="Dates such as 03/04/2026"
              value={dateOrder ?? ''}
              options={dateOrders}
              onChange={(order) => setDateOrder(chosenOrder(order))}
            />
          </span>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3">
        <p className="max-w-prose text-muted text-sm">
          {kindWords[kind].found} What a row leaves blank stays as it is.
        </p>
        <Button variant="primary" pending={pending} onClick={check}>
          Check the rows
        </Button>
        <div role={refusal ? 'alert' : undefined} className="w-full empty:hidden">
          {refusal && <Notice tone="danger">{refusal.message}</Notice>}
        </div>
      </div>
    </Section>
  )
}

const dateOrders = [
  { value: '', name: 'As the file tells' },
  { value: 'day_first', name: 'The day comes first' },
  { value: 'month_first', name: 'The month comes first' },
]

const chosenOrder = (order: DateOrder | string | null): ColumnChoices['date_order'] =>
  order === 'day_first' || order === 'month_first' ? order : null
