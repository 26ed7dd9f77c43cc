'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { whenToasterIsWanted } from './toast'

// Loaded with the first toast: most pages are left without one.
const Toaster = dynamic(() => import('./toaster'), { ssr: false })

/** Where toasts appear; once per page. */
export function ToastHost() {
  const [isWanted, setIsWanted] = useState(false)
  useEffect(() => whenToasterIsWanted(() => setIsWanted(true)), [])
  return isWanted ? <Toaster /> : null
}
