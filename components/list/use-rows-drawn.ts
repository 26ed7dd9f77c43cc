'use client'

import { useEffect, useState } from 'react'

/** Rows that are drawn at once, where more are new than these. */
const step = 12
/** No row is lower (pixels). */
const leastHeight = 44
/** Between two steps, for what has been typed meanwhile (milliseconds). */
const pause = 16

/**
 * How many of a list's rows are drawn so far. Of another view, those first that can be in sight, then the others a few
 * at a time: fifty rows at once would keep a slow device from showing the key that was just pressed (INP). Rows that
 * are only brought up to date, and those of the first view, are drawn at once.
 */
export function useRowsDrawn<Item>(items: Item[], itemId: (item: Item) => string): number {
  const [drawn, setDrawn] = useState({ items, count: items.length })
  let { count } = drawn
  if (drawn.items !== items) {
    const known = new Set(drawn.items.map(itemId))
    const isAnotherView = items.filter((item) => !known.has(itemId(item))).length > step
    count = isAnotherView ? Math.min(items.length, rowsInSight()) : items.length
    setDrawn({ items, count })
  }
  useEffect(() => {
    if (count >= items.length) return
    const timer = setTimeout(() => setDrawn({ items, count: Math.min(items.length, count + step) }), pause)
    return () => clearTimeout(timer)
  }, [items, count])
  return count
}

/** At most so many rows of a table can be seen, or are above what is seen. */
function rowsInSight(): number {
  return Math.ceil((window.scrollY + window.innerHeight) / leastHeight)
}

/** The height of rows that are not drawn yet, about (pixels). */
export const heightOfRows = (count: number) => count * leastHeight
