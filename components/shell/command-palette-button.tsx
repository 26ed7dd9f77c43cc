'use client'

import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { failedToLoad } from '../ui/load-failed'

// Loaded when it is first opened: few pages need it.
const CommandPalette = dynamic(() => import('./command-palette').catch(failedToLoad), { ssr: false })

const openingEvent = 'keyholder:command-palette'

/** Opens the palette, wherever it is. */
export function openCommandPalette(): void {
  window.dispatchEvent(new Event(openingEvent))
}

/** The button that opens the palette. */
export function CommandPaletteButton({ compact = false }: { compact?: boolean }) {
  return (
    <button
      type="button"
      onClick={openCommandPalette}
      aria-label={compact ? 'Find anything' : undefined}
      className={clsx(
        'flex items-center gap-2 rounded-md text-muted transition-colors duration-150 ease-out hover:bg-hover hover:text-text',
        compact ? 'size-11 justify-center' : 'h-8 w-full border border-line bg-surface px-2 text-sm',
      )}
    >
      <Search aria-hidden className="size-4" />
      {!compact && (
        <>
          <span className="flex-1 text-left">Find anything</span>
          <kbd className="font-mono text-2xs">⌘K</kbd>
        </>
      )}
    </button>
  )
}

/** The palette itself, once per page. */
export function CommandPaletteHost() {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const onOpening = () => {
      setWanted(true)
      setOpen(true)
    }
    window.addEventListener(openingEvent, onOpening)
    return () => window.removeEventListener(openingEvent, onOpening)
  }, [])
  return wanted ? <CommandPalette open={open} onOpenChange={setOpen} /> : null
}
