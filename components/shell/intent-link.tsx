'use client'

import Link from 'next/link'
import { type ComponentProps, useEffect, useRef, useState } from 'react'

/** Whoever only passes over a link stays on it for less (milliseconds). */
const rest = 60

/**
 * A link whose page is fetched once somebody seems about to follow it: the pointer rests on it, or it has the
 * focus. Only for pages that notice by themselves when they are out of date, as a person's does: what was fetched
 * serves for half a minute (`next.config.ts`).
 */
export function IntentLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [isMeant, setIsMeant] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const begin = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setIsMeant(true), rest)
  }
  const end = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <Link
      {...props}
      prefetch={isMeant}
      onPointerEnter={begin}
      onPointerLeave={end}
      onPointerDown={() => setIsMeant(true)}
      onFocus={begin}
      onBlur={end}
    />
  )
}
