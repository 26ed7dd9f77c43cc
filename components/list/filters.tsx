'use client'

import { clsx } from 'clsx'
import { AlertTriangle, ChevronDown } from 'lucide-react'

type FilterSelectProps = {
  label: string
  value: string
  options: { value: string; name: string }[]
  onChange: (value: string) => void
  /** For choices with long names. */
  wide?: boolean
}

const chosenClass = 'border-accent bg-selected'

/** A filter with a few choices, of which the first is the usual one. */
export function FilterSelect({ label, value, options, onChange, wide = false }: FilterSelectProps) {
  return (
    <span className="relative inline-flex min-w-0 max-sm:flex-1">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(
          'h-8 w-full min-w-0 cursor-pointer max-sm:max-w-none appearance-none truncate rounded-md border bg-surface pr-7 pl-2.5 text-sm hover:bg-hover pointer-coarse:h-11',
          wide ? 'max-w-96' : 'max-w-60',
          value === (options[0]?.value ?? '') ? 'border-control/60' : chosenClass,
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-muted"
      />
    </span>
  )
}

/** The filter for what has a problem. */
export function ProblemFilter({ pressed, onChange }: { pressed: boolean; onChange: (pressed: boolean) => void }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onChange(!pressed)}
      className={clsx(
        'inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 text-sm hover:bg-hover pointer-coarse:h-11',
        pressed ? chosenClass : 'border-control/60 bg-surface',
      )}
    >
      <AlertTriangle aria-hidden className="size-3.5" />
      Has a problem
    </button>
  )
}
