'use client'

import { useEffect, useId, useRef } from 'react'
import { CopyButton } from './copy-button'

type CopyFieldProps = {
  label: string
  value: string
  /** What is copied: "API key". */
  name: string
  /** Whether it has the focus, all of it selected, when it appears. */
  focused?: boolean
}

/** A value to take along, whole and selectable. Its field cannot be changed. */
export function CopyField({ label, value, name, focused = false }: CopyFieldProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focused) field.current?.select()
  }, [focused])
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <div className="flex items-center gap-1 rounded-md border border-control bg-canvas py-1 pr-1 pl-2.5">
        <textarea
          id={id}
          ref={field}
          readOnly
          // Browsers that can, make it as high as what it holds.
          rows={value.length > 50 ? 2 : 1}
          spellCheck={false}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="block min-w-0 flex-1 field-sizing-content resize-none break-all bg-transparent font-mono text-sm outline-none"
        />
        <CopyButton value={value} name={name} />
      </div>
    </div>
  )
}
