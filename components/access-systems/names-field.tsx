import { useId } from 'react'

/** The names in a pasted list: one a line, or with commas or semicolons between them. */
export function namesIn(list: string): string[] {
  return list
    .split(/[\n,;\t]/)
    .map((name) => name.trim())
    .filter(Boolean)
}

type NamesFieldProps = {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  errors?: string[]
}

/** A place for a list of names, typed or pasted; it says how many it reads. */
export function NamesField({ label, placeholder, value, onChange, errors }: NamesFieldProps) {
  const id = useId()
  const count = new Set(namesIn(value)).size
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        rows={6}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={errors ? true : undefined}
        aria-describedby={`${id}-help`}
        className="w-full rounded-md border border-control bg-surface px-2.5 py-1.5 text-base hover:border-muted aria-invalid:border-danger pointer-coarse:text-lg"
      />
      {errors?.map((error) => (
        <p key={error} role="alert" className="mt-1 text-danger text-sm">
          {error}
        </p>
      ))}
      <p id={`${id}-help`} aria-live="polite" className="mt-1 text-muted text-sm">
        {count === 0 ? 'One a line, or with commas between them.' : `${count} ${count === 1 ? 'name' : 'names'}`}
      </p>
    </div>
  )
}
