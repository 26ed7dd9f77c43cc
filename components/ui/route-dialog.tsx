'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Dialog } from './dialog'

/** A dialog that has an address: closing it goes back, and going back closes it. */
export function RouteDialog({ title, children }: { title: string; children: ReactNode }) {
  const router = useRouter()
  const [open, setOpen] = useState(true)
  const close = () => {
    setOpen(false)
    router.back()
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()} title={title}>
      <div className="px-5 pt-3 pb-5">{children}</div>
    </Dialog>
  )
}
