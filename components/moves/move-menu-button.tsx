'use client'

import { ChevronDown, DoorOpen } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { LazyMenu } from '../shell/lazy-menu'
import { buttonClass } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'
import type { MoveActions } from './move-dialog'

const loadMenu = () => import('./move-menu').catch(failedToLoad)
const MoveMenu = dynamic(loadMenu, { ssr: false })
const Moves = dynamic(() => import('./moves').catch(failedToLoad), { ssr: false })

type MoveMenuButtonProps = { person: { userIdentityId: string; displayName: string }; actions: MoveActions }

/** Moves a person in or out, from a menu. */
export function MoveMenuButton({ person, actions }: MoveMenuButtonProps) {
  const [kind, setKind] = useState<'in' | 'out' | null>(null)
  const look = {
    label: `Move ${person.displayName}`,
    className: buttonClass(),
    trigger: (
      <>
        <DoorOpen aria-hidden className="size-3.5" />
        Move
        <ChevronDown aria-hidden className="size-3.5" />
      </>
    ),
  }
  return (
    <>
      <LazyMenu {...look} preload={loadMenu}>
        <MoveMenu {...look} onChoose={setKind} />
      </LazyMenu>
      {kind && <Moves kind={kind} people={[person]} actions={actions} onClose={() => setKind(null)} />}
    </>
  )
}
