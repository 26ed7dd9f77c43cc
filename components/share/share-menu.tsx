'use client'

import { ClipboardList, Link2 } from 'lucide-react'
import { useState } from 'react'
import { CopyField } from '../ui/copy-field'
import { Dialog } from '../ui/dialog'
import { Menu, MenuItem, type MenuTrigger } from '../ui/menu'
import { showToast } from '../ui/toast'
import { supportLink } from './support-link'

export type ShareMenuProps = {
  workspaceId: string
  /** The person and their access as text, without the link. */
  summary: string
}

type Copied = { label: string; text: string }

/** Copies a link to this very view, or what it shows as text for a ticket. */
export default function ShareMenu({ workspaceId, summary, ...look }: ShareMenuProps & MenuTrigger) {
  const [refused, setRefused] = useState<Copied | null>(null)
  const copy = async (copied: Copied, done: string) => {
    try {
      await navigator.clipboard.writeText(copied.text)
      showToast(done)
    } catch {
      // Clipboards are closed to pages without https and to browsers that were told so.
      setRefused(copied)
    }
  }
  const link = () => supportLink(window.location.href, workspaceId)
  return (
    <>
      <Menu {...look} align="end">
        <MenuItem onClick={() => copy({ label: 'Support link', text: link() }, 'Copied the support link.')}>
          <Link2 aria-hidden className="size-3.5 text-muted" />
          Copy support link
        </MenuItem>
        <MenuItem onClick={() => copy({ label: 'Summary', text: `${summary}\n${link()}` }, 'Copied the summary.')}>
          <ClipboardList aria-hidden className="size-3.5 text-muted" />
          Copy summary
        </MenuItem>
      </Menu>
      {refused && (
        <Dialog
          open
          onOpenChange={(open) => !open && setRefused(null)}
          width="wide"
          title="Copy this yourself"
          description="The browser did not allow copying. Everything is selected: press Ctrl+C, or ⌘C on a Mac."
        >
          <div className="max-h-[60vh] overflow-y-auto px-5 py-4">
            <CopyField label={refused.label} value={refused.text} name={refused.label.toLowerCase()} focused />
          </div>
        </Dialog>
      )}
    </>
  )
}
