'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useLayoutEffect, useState } from 'react'
import { failedToLoad } from '../ui/load-failed'
import { openCommandPalette } from './command-palette-button'

const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').catch(failedToLoad), { ssr: false })

const openingEvent = 'keyholder:shortcuts'

/** Shows the list of keyboard shortcuts. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(openingEvent))
}

const placeOf: Record<string, string> = {
  o: '/',
  i: '/identities',
  a: '/access-systems',
  e: '/events',
  r: '/reconcile',
  t: '/tasks',
}
const sequenceTime = 1000

/** Listens for single-key shortcuts wherever nobody is typing, and shows the list of them. */
export function KeyboardShortcuts() {
  const router = useRouter()
  const [listed, setListed] = useState(false)

  // Before the page is shown as one that answers: a key pressed then would otherwise be lost.
  useLayoutEffect(() => {
    let wentAt = 0
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        openCommandPalette()
        return
      }
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return
      const goes = Date.now() - wentAt < sequenceTime ? placeOf[event.key] : undefined
      wentAt = 0
      if (goes) router.push(goes)
      else if (event.key === 'g') wentAt = Date.now()
      else if (event.key === 'c') router.push('/identities/new')
      else if (event.key === '?') setListed(true)
      else if (event.key === '/') focusSearch()
      else if (event.key === 'x') selectRow()
      else if (event.key === 'j') moveThroughRows(1)
      else if (event.key === 'k') moveThroughRows(-1)
      else return
      event.preventDefault()
    }
    const onOpening = () => setListed(true)
    window.addEventListener('keydown', onKey)
    window.addEventListener(openingEvent, onOpening)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener(openingEvent, onOpening)
    }
  }, [router])

  return listed ? <ShortcutsDialog onClose={() => setListed(false)} /> : null
}

/** Whether keys belong to something else: a field that is typed into, an open dialog or menu. */
export function isBusy(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLElement &&
      target.closest('input, textarea, select, [contenteditable], [role=menu]') !== null) ||
    document.querySelector('[role=dialog]:not([data-toast]), [role=menu]') !== null
  )
}

function focusSearch(): void {
  const search = document.querySelector<HTMLInputElement>('main input[type=search]')
  if (search) search.focus()
  else openCommandPalette()
}

/** Selects the row that has the focus, or takes it out of the selection. */
function selectRow(): void {
  document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('[data-row-select]')?.click()
}

/** Moves the focus among the links that open a list's rows. */
function moveThroughRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus()
}
