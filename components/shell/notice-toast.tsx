'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { showToast } from '../ui/toast'

const messages: Record<string, string> = {
  created: 'The identity was created.',
  saved: 'The changes were saved.',
  'webhook-created': 'The webhook was created. It is told of events from now on.',
  'webhook-deleted': 'The webhook was deleted, with its delivery log.',
  'webhook-saved': 'The event types were saved.',
  deleted: 'The identity was deleted, with everything that depended on it.',
}

/** Shows what a redirect says has happened (`?notice=…`), once, and takes it out of the address. */
export function NoticeToast() {
  const notice = useSearchParams().get('notice')
  const path = usePathname()
  const router = useRouter()
  useEffect(() => {
    if (!notice) return
    const message = messages[notice]
    if (message) showToast(message)
    router.replace(path, { scroll: false })
  }, [notice, path, router])
  return null
}
