'use client'

import { Printer } from 'lucide-react'
import { Button } from '../ui/button'

/** Prints the page, as its print styles have it. */
export function PrintButton() {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden className="size-3.5" />
      Print
    </Button>
  )
}
