'use client'

import { clsx } from 'clsx'
import { useState } from 'react'
import type { ColumnMapping } from '@/db/schema/imports'
import type { ActionResult, RefusalValue } from '@/lib/errors'
import { fieldKeys, type ImportField, importFields } from '@/lib/import/import'
import { FilterSelect } from '../list/filters'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'

type ChooseColumnsProps = {
  importId: string
  headers: string[]
  /** The first rows of the file. */
  samples: string[][]
  /** What is guessed, or was chosen. */
  mapping: ColumnMapping
  onChoose: (importId: string, mapping: ColumnMapping) => Promise<ActionResult<null>>
}

/** Says what each column of a file is. A field is one column's: choosing it for another takes it from the first. */
export function ChooseColumns({ importId, headers, samples, mapping, onChoose }: ChooseColumnsProps) {
  const [chosen, setChosen] = useState(mapping)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const fieldOf = (column: number) => fieldKeys.find((field) => chosen[field] === column) ?? ''
  const choose = (column: number, field: string) => {
    const others = Object.entries(chosen).filter(([name, at]) => at !== column && name !== field)
    setChosen(Object.fromEntries([...others, ...(field ? [[field, column]] : [])]))
  }
  const check = () =>
    carryOut({
      action: () => onChoose(importId, chosen),
      before: () => setRefusal(null),
      refused: setRefusal,
    })
  const options = [
    { value: '', name: 'Not imported' },
    ...fieldKeys.map((field: ImportField) => ({ value: field, name: importFields[field] })),
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
              <span className="flex w-full sm:w-52">
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
      <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3">
        <p className="max-w-prose text-muted text-sm">
          People are found by their key, else by email address, else by phone number. What a row leaves blank stays as
          it is.
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
