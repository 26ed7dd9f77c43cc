'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { PlainToaster } from './plain-toaster'
import { whenToasterIsWanted } from './toast'

// Loaded with the first toast: most pages are left without one. That first one may be the news that
// the network is gone.
const Toaster = dynamic(() => import('./toaster').catch(() => ({ default: PlainToaster })), { ssr: false })

/** Where toasts appear; once per page. */
export function ToastHost() {
  const [isWanted, setIsWanted] = useState(false)
  useEffect(() => whenToasterIsWanted(() => setIsWanted(true)), [])
  return isWanted ? <Toaster /> : null
}
