'use client'

import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

/** How a field looks that is typed into. */
export const inputClass = clsx(
  'h-8 w-full rounded-md border border-control bg-surface px-2.5 text-base transition-colors duration-150 ease-out',
  'hover:border-muted aria-invalid:border-danger pointer-coarse:h-11 pointer-coarse:text-lg',
)

type TextFieldProps = Omit<ComponentProps<'input'>, 'id'> & {
  label: string
  help?: ReactNode
  /** What is wrong and what to do. */
  errors?: string[]
  /** More about the value, such as who has it already; announced when it appears. */
  notice?: ReactNode
}

/** A labelled text field with its help and its errors beside it. */
export function TextField({ label, help, errors, notice, className, ...rest }: TextFieldProps) {
  const id = useId()
  const hasErrors = errors !== undefined && errors.length > 0
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={hasErrors || undefined}
        aria-describedby={`${id}-help ${id}-error`}
        className={inputClass}
      />
      <div id={`${id}-error`} role={hasErrors ? 'alert' : undefined}>
        {errors?.map((error) => (
          <p key={error} className="mt-1 text-danger text-sm">
            {error}
          </p>
        ))}
      </div>
      <div aria-live="polite">{notice}</div>
      <div id={`${id}-help`}>{help && <p className="mt-1 text-muted text-sm">{help}</p>}</div>
    </div>
  )
}
