'use client'

import { useRef } from 'react'
import { languages } from '@/lib/http-api/reference/code-examples'

/**
 * In which language the examples of the page are. The page shows them by these buttons' state alone;
 * scripts only see to it that what one reads stays where it is.
 */
export function LanguageChoice() {
  const reading = useRef<{ part: Element; top: number } | null>(null)
  const remember = () => {
    const part = [...document.querySelectorAll('[data-reference-part]')].find(
      (element) => element.getBoundingClientRect().bottom > 120,
    )
    reading.current = part ? { part, top: part.getBoundingClientRect().top } : null
  }
  const keepPlace = () => {
    if (!reading.current) return
    const { part, top } = reading.current
    window.scrollBy({ top: part.getBoundingClientRect().top - top, behavior: 'instant' })
  }
  return (
    <fieldset className="min-w-0" onPointerDownCapture={remember} onKeyDownCapture={remember} onChange={keepPlace}>
      <legend className="sr-only">Language of the examples</legend>
      <div className="inline-flex gap-0.5 rounded-md bg-hover p-0.5">
        {languages.map(({ id, name }) => (
          <label
            key={id}
            className="flex h-7 cursor-pointer items-center rounded-sm px-2.5 text-muted text-sm transition-colors duration-150 ease-out hover:text-text has-checked:bg-surface has-checked:font-medium has-checked:text-text has-checked:shadow-[0_0_0_1px_var(--color-line)] has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-10"
          >
            <input
              type="radio"
              name="language"
              id={`language-${id}`}
              value={id}
              defaultChecked={id === 'curl'}
              className="sr-only"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
