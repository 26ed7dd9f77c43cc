'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Dialog } from '../ui/dialog'
import { openCommandPalette } from './command-palette-button'

const openingEvent = 'keyholder:shortcuts'

/** Shows the list of keyboard shortcuts. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(openingEvent))
}

const shortcuts: [keys: string[], does: string][] = [
  [['⌘', 'K'], 'Find anything (Ctrl K elsewhere)'],
  [['/'], 'Search this list'],
  [['c'], 'Create an identity'],
  [['g', 'o'], 'Go to the overview'],
  [['g', 'i'], 'Go to identities'],
  [['g', 'a'], 'Go to access systems'],
  [['j'], 'Next row'],
  [['k'], 'Previous row'],
  [['Enter'], 'Open the row'],
  [['Esc'], 'Close, or leave the search'],
  [['?'], 'This list'],
]

const placeOf: Record<string, string> = { o: '/', i: '/identities', a: '/access-systems' }
const sequenceTime = 1000

/** Listens for single-key shortcuts wherever nobody is typing, and shows the list of them. */
export function KeyboardShortcuts() {
  const router = useRouter()
  const [listed, setListed] = useState(false)

  useEffect(() => {
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

  return (
    <Dialog open={listed} onOpenChange={setListed} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2 px-5 pt-3 pb-5 text-sm">
        {shortcuts.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt className="order-2">{does}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="min-w-6 rounded-sm border border-line px-1.5 text-center font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

/** Whether keys belong to something else: a field that is typed into, an open dialog or menu. */
function isBusy(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLElement &&
      target.closest('input, textarea, select, [contenteditable], [role=menu]') !== null) ||
    document.querySelector('[role=dialog], [role=menu]') !== null
  )
}

function focusSearch(): void {
  const search = document.querySelector<HTMLInputElement>('main input[type=search]')
  if (search) search.focus()
  else openCommandPalette()
}

/** Moves the focus among the links that open a list's rows. */
function moveThroughRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus()
}
