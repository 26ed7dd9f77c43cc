'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { diagnosisResultId } from './fix-button'

/**
 * What the diagnosis says. Takes the focus when something else is asked, so that it is read at once;
 * when it is closed, its section does.
 */
export function DiagnosisResult({ of, label, children }: { of: string; label: string; children: ReactNode }) {
  const result = useRef<HTMLElement>(null)
  const before = useRef<string>(of)
  useEffect(() => {
    if (before.current === of) return
    before.current = of
    if (of === '') return document.getElementById('diagnosis')?.focus({ preventScroll: true })
    result.current?.focus({ preventScroll: true })
    result.current?.scrollIntoView({ block: 'nearest' })
  }, [of])
  if (of === '') return null
  return (
    <section
      ref={result}
      id={diagnosisResultId}
      tabIndex={-1}
      aria-label={label}
      className="scroll-mt-16 border-line border-t"
    >
      {children}
    </section>
  )
}
