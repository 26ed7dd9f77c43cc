'use client'

import { Share2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { LazyMenu } from '../shell/lazy-menu'
import { buttonClass } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'
import type { ShareMenuProps } from './share-menu'

const load = () => import('./share-menu').catch(failedToLoad)
const ShareMenu = dynamic(load, { ssr: false })

/** Opens the menu of what can be handed to a colleague. */
export function ShareButton(props: ShareMenuProps) {
  const look = {
    label: 'Share',
    className: buttonClass(),
    trigger: (
      <>
        <Share2 aria-hidden className="size-3.5" />
        Share
      </>
    ),
  }
  return (
    <LazyMenu {...look} preload={load}>
      <ShareMenu {...props} {...look} />
    </LazyMenu>
  )
}
