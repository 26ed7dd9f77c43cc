'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button'

/** Copies a value and confirms it in place. `name` says what is copied: "email address". */
export function CopyButton({ value, name }: { value: string; name: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
    } catch {
      // Clipboards are closed to pages without https and to browsers that were told so.
      setState('failed')
    }
  }
  return (
    <span className="inline-flex items-center">
      <IconButton label={`Copy ${name}`} onClick={copy}>
        {state === 'copied' ? (
          <Check aria-hidden className="size-3.5 text-success" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </IconButton>
      <span role="status" className={state === 'failed' ? 'text-danger text-xs' : 'sr-only'}>
        {state === 'copied' && `Copied ${name}`}
        {state === 'failed' && 'The browser did not allow copying'}
      </span>
    </span>
  )
}
