'use client'

import type { MoveActions, MovedPeople } from './move-dialog'
import { MoveInDialog } from './move-in-dialog'
import { MoveOutDialog } from './move-out-dialog'

type MovesProps = { kind: 'in' | 'out'; people: MovedPeople; actions: MoveActions; onClose: () => void }

/** The dialog of either kind of move, loaded together. */
export default function Moves({ kind, ...rest }: MovesProps) {
  return kind === 'out' ? <MoveOutDialog {...rest} /> : <MoveInDialog {...rest} />
}
