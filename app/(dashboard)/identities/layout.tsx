import type { ReactNode } from 'react'

/** The list with the dialog that may open over it. */
export default function IdentitiesLayout({ children, dialog }: { children: ReactNode; dialog: ReactNode }) {
  return (
    <>
      {children}
      {dialog}
    </>
  )
}
