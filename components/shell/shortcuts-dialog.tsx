'use client'

import { Dialog } from '../ui/dialog'

const shortcuts: [keys: string[], does: string][] = [
  [['⌘', 'K'], 'Find anything (Ctrl K elsewhere)'],
  [['/'], 'Search this list'],
  [['c'], 'Create an identity'],
  [['g', 'o'], 'Go to the overview'],
  [['g', 'i'], 'Go to identities'],
  [['g', 'a'], 'Go to access systems'],
  [['g', 'r'], 'Go to reconcile'],
  [['g', 't'], 'Go to tasks'],
  [['g', 'e'], 'Go to events'],
  [['j'], 'Next row'],
  [['k'], 'Previous row'],
  [['x'], 'Select the row'],
  [['Enter'], 'Open the row'],
  [['Esc'], 'Close, or leave the search'],
  [['?'], 'This list'],
]

/** The list of keyboard shortcuts. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2 px-5 pt-3 pb-5 text-sm">
        {shortcuts.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt>{does}</dt>
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
