import type { ReactNode } from 'react'
import { buttonClass } from '../ui/button'

/** Reads the account's page anew, which forgets what its forms had shown; the same without JavaScript. */
export function LeaveLink({ children, primary = false }: { children: ReactNode; primary?: boolean }) {
  return (
    <a href="/settings/account" className={buttonClass({ variant: primary ? 'primary' : 'secondary' })}>
      {children}
    </a>
  )
}
