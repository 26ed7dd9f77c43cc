'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { showToast } from '../ui/toast'
import { useChange } from '../ui/use-change'

/** `undone`: what is said once it has been taken back. */
const notices: Record<string, { done: string; undone?: string }> = {
  created: { done: 'The identity was created.', undone: 'The identity was deleted again.' },
  uncreated: { done: 'The identity was deleted again.', undone: 'The identity is there again.' },
  undone: { done: 'The change was taken back.' },
  merged: { done: 'The two identities are one now.', undone: 'The merge was taken back: both are there again.' },
  'merged-away': { done: 'Whom you looked for was merged into this person.' },
  saved: { done: 'The changes were saved.', undone: 'The changes were taken back.' },
  'system-added': { done: 'The access system was added. Write down its doors next.' },
  'system-removed': {
    done: 'The access system was removed, with all that was in it.',
    undone: 'The access system is there again, with all that was in it.',
  },
  'acs-user-created': { done: 'The ACS user was created.', undone: 'The ACS user was deleted again.' },
  'webhook-created': { done: 'The webhook was created. It is told of events from now on.' },
  'webhook-deleted': { done: 'The webhook was deleted, with its delivery log.' },
  'webhook-saved': { done: 'The event types were saved.' },
  'import-discarded': { done: 'The file was discarded. Nothing of it was imported.' },
  deleted: {
    done: 'The identity was deleted, with everything that depended on it.',
    undone: 'The identity is there again, with everything that depended on it.',
  },
}

/**
 * Shows what a redirect says has happened (`?notice=…`), once, and takes it out of the address. Where
 * the address names the change, it offers to undo it.
 */
export function NoticeToast() {
  const given = useSearchParams()
  const notice = given.get('notice')
  const changeId = given.get('change')
  const path = usePathname()
  const router = useRouter()
  const { takeBack } = useChange()
  useEffect(() => {
    if (!notice) return
    const { done, undone } = notices[notice] ?? {}
    if (done) showToast(done, changeId && undone ? () => takeBack(changeId, { done, undone }) : undefined)
    router.replace(path, { scroll: false })
  }, [notice, changeId, path, router, takeBack])
  return null
}
