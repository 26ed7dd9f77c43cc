'use client'

import { useState } from 'react'
import type { DateOrder, ImportDetails } from '@/lib/imports/import'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Choice, Choices } from '../moves/choices'
import { Button } from '../ui/button'
import { countInWords } from '../ui/counts'
import { Notice } from '../ui/notice'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { kindWords } from './kind-words'

export type ApplyChoices = { conflict_choice: 'skip' | 'update'; applies_removals: boolean }

type ApplyImportProps = {
  checked: Pick<ImportDetails, 'importId' | 'kind' | 'plans' | 'dateOrder' | 'acsSystem'>
  onApply: (importId: string, choices: ApplyChoices) => Promise<ActionResult<null>>
}

/** Says what the check has found, asks what is in doubt, and has it done. */
export function ApplyImport({ checked, onApply }: ApplyImportProps) {
  const { importId, kind, plans, dateOrder, acsSystem } = checked
  const words = kindWords[kind]
  const [conflictChoice, setConflictChoice] = useState<ApplyChoices['conflict_choice']>('skip')
  const [appliesRemovals, setAppliesRemovals] = useState(false)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const { create = 0, update = 0, remove = 0, conflict = 0, refused = 0 } = plans
  const updated = update + (conflictChoice === 'update' ? conflict : 0)
  const removed = appliesRemovals ? remove : 0
  const steps = [
    create > 0 && `create ${words.counted(create)}`,
    updated > 0 && `update ${words.counted(updated)}`,
    removed > 0 && `delete ${words.counted(removed)}`,
  ].filter((step) => step !== false)
  const apply = () =>
    carryOut({
      action: () => onApply(importId, { conflict_choice: conflictChoice, applies_removals: appliesRemovals }),
      before: () => setRefusal(null),
      refused: setRefusal,
    })
  return (
    <Section id="apply" title="What the import would do">
      <div className="flex flex-col gap-4 px-4 py-4">
        {refused > 0 && (
          <Notice tone="warning">
            {countInWords(refused, 'row', 'rows')} cannot be imported; below it says why. Correct the file and choose it
            again, or import the rest now and the corrected rows later: who is there already is not created twice.
          </Notice>
        )}
        {conflict > 0 && (
          <Choices
            legend={`${countInWords(conflict, 'row', 'rows')} in doubt: which ${words.one} ${conflict === 1 ? 'it is' : 'they are'} about`}
          >
            <Choice
              type="radio"
              name="conflict-choice"
              checked={conflictChoice === 'skip'}
              onChange={() => setConflictChoice('skip')}
              label={conflict === 1 ? 'Skip it' : 'Skip them'}
            />
            <Choice
              type="radio"
              name="conflict-choice"
              checked={conflictChoice === 'update'}
              onChange={() => setConflictChoice('update')}
              label={words.choice}
              help={words.choiceHelp}
            />
          </Choices>
        )}
        {remove > 0 && (
          <Choices legend={`${countInWords(remove, 'row', 'rows')} ${remove === 1 ? 'asks' : 'ask'} for a removal`}>
            <Choice
              type="checkbox"
              name="applies-removals"
              checked={appliesRemovals}
              onChange={setAppliesRemovals}
              label={`Delete ${words.counted(remove)}, ${words.goesAlong}`}
              help="Undoing the import brings them back, but for their cards and door codes."
            />
          </Choices>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="max-w-prose text-sm">
            {steps.length > 0 ? `It would ${listed(steps)}.` : 'It would change nothing.'}
            {dateOrder && <span className="block text-muted">{datesInWords(dateOrder, acsSystem?.timeZone)}</span>}
          </p>
          <Button
            variant={removed > 0 ? 'danger' : 'primary'}
            pending={pending}
            disabled={steps.length === 0}
            onClick={apply}
          >
            {removed > 0 ? `Import, and delete ${words.counted(removed)}` : 'Import'}
          </Button>
        </div>
        <div role={refusal ? 'alert' : undefined} className="empty:hidden">
          {refusal && <Notice tone="danger">{refusal.message}</Notice>}
        </div>
      </div>
    </Section>
  )
}

/** How the dates of a file were read. */
function datesInWords(order: DateOrder, timeZone: string | null | undefined): string {
  const zone = `in the time zone ${timeZone ?? 'UTC'}`
  if (order === 'day_first') return `Dates were read with the day before the month, ${zone}.`
  return order === 'month_first'
    ? `Dates were read with the month before the day, ${zone}.`
    : `Dates were read ${zone}.`
}

const listed = (steps: string[]) =>
  steps.length < 3 ? steps.join(' and ') : `${steps.slice(0, -1).join(', ')} and ${steps.at(-1)}`
