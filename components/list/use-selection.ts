'use client'

import { useRef, useState } from 'react'

/** Rows that are selected, kept by id with their names while one pages, searches and filters. */
export type Selection<Item> = {
  count: number
  has: (item: Item) => boolean
  toggle: (items: Item[], selected: boolean) => void
  /** Selects a row or takes it out; with `reaches`, all rows from the one before it to this one. */
  toggleRow: (items: Item[], item: Item, selected: boolean, reaches: boolean) => void
  add: (chosen: Chosen[]) => void
  remove: (ids: string[]) => void
  clear: () => void
  chosen: Chosen[]
}

type Chosen = { id: string; name: string }

/** A selection of a list's rows, which outlives the page that is shown. */
export function useSelection<Item>(idOf: (item: Item) => string, nameOf: (item: Item) => string): Selection<Item> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const last = useRef<string | null>(null)
  const change = (write: (after: Map<string, string>) => void) =>
    setNames((before) => {
      const after = new Map(before)
      write(after)
      return after
    })
  const toggle = (items: Item[], selected: boolean) =>
    change((after) => {
      for (const item of items) {
        if (selected) after.set(idOf(item), nameOf(item))
        else after.delete(idOf(item))
      }
    })
  return {
    count: names.size,
    has: (item) => names.has(idOf(item)),
    toggle,
    toggleRow: (items, item, selected, reaches) => {
      const from = items.findIndex((other) => idOf(other) === last.current)
      const to = items.findIndex((other) => idOf(other) === idOf(item))
      last.current = idOf(item)
      toggle(reaches && from >= 0 ? items.slice(Math.min(from, to), Math.max(from, to) + 1) : [item], selected)
    },
    add: (chosen) =>
      change((after) => {
        for (const { id, name } of chosen) after.set(id, name)
      }),
    remove: (ids) =>
      change((after) => {
        for (const id of ids) after.delete(id)
      }),
    clear: () => setNames(new Map()),
    chosen: [...names].map(([id, name]) => ({ id, name })),
  }
}
