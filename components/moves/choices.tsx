import type { ReactNode } from 'react'

/** A group of choices of which one holds. */
export function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {children}
    </fieldset>
  )
}

type ChoiceProps = {
  type: 'radio' | 'checkbox'
  name: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
  label: string
  help?: ReactNode
}

/** One choice with what it means. */
export function Choice({ type, name, checked, disabled, onChange, label, help }: ChoiceProps) {
  return (
    <label className="flex min-h-7 items-start gap-2.5 text-sm has-disabled:opacity-60 pointer-coarse:min-h-11">
      <input
        type={type}
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        {label}
        {help && <span className="block text-muted">{help}</span>}
      </span>
    </label>
  )
}
