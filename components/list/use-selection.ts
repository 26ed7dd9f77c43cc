'use client'

import { useState } from 'react'

/** Rows that are selected, kept by id with their names while one pages, searches and filters. */
export type Selection<Item> = {
  count: number
  has: (item: Item) => boolean
  toggle: (items: Item[], selected: boolean) => void
  clear: () => void
  chosen: { id: string; name: string }[]
}

/** A selection of a list's rows, which outlives the page that is shown. */
export function useSelection<Item>(idOf: (item: Item) => string, nameOf: (item: Item) => string): Selection<Item> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  return {
    count: names.size,
    has: (item) => names.has(idOf(item)),
    toggle: (items, selected) =>
      setNames((before) => {
        const after = new Map(before)
        for (const item of items) {
          if (selected) after.set(idOf(item), nameOf(item))
          else after.delete(idOf(item))
        }
        return after
      }),
    clear: () => setNames(new Map()),
    chosen: [...names].map(([id, name]) => ({ id, name })),
  }
}
