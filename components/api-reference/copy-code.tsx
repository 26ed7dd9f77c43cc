'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../ui/icon-button'

/** Copies the code that its block shows now. Which one that is, only the page knows. */
export function CopyCode() {
  const place = useRef<HTMLSpanElement>(null)
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    const blocks = [...(place.current?.closest('[data-code]')?.querySelectorAll('pre') ?? [])]
    const shown = blocks.find((block) => block.offsetParent !== null)
    try {
      await navigator.clipboard.writeText(shown?.textContent ?? '')
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return (
    <span ref={place} className="inline-flex items-center">
      <span role="status" className={state === 'failed' ? 'text-danger text-xs' : 'sr-only'}>
        {state === 'copied' && 'Copied'}
        {state === 'failed' && 'The browser did not allow copying'}
      </span>
      <IconButton label="Copy code" onClick={copy}>
        {state === 'copied' ? (
          <Check aria-hidden className="size-3.5 text-success" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </IconButton>
    </span>
  )
}
