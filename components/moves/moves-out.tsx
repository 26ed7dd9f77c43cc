'use client'

import { Badge } from '../ui/badge'
import { DateOnly, useNow } from '../ui/viewer-time'

/** Says that somebody moves out, or has. */
export function MovesOut({ at }: { at: string }) {
  const isOver = new Date(at) <= useNow()
  return (
    <Badge tone={isOver ? 'neutral' : 'waiting'}>
      {isOver ? 'Moved out' : 'Moves out'} <DateOnly at={at} />
    </Badge>
  )
}
