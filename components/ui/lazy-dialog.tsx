'use client'

import dynamic from 'next/dynamic'
import { type ComponentProps, useState } from 'react'
import type { Dialog } from './dialog'
import { failedToLoad } from './load-failed'

const LoadedDialog = dynamic(
  () => import('./dialog').then((module) => ({ default: module.Dialog })).catch(failedToLoad),
  { ssr: false },
)

/**
 * A dialog within a part of a page that is there before anybody opens it: its code comes with the first time. Where
 * the part itself comes late, `Dialog` comes with it.
 */
export function LazyDialog(props: ComponentProps<typeof Dialog>) {
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)
  return wanted ? <LoadedDialog {...props} /> : null
}
