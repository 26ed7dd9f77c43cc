import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { v7 as uuidv7 } from 'uuid'

/** Chance that gives the same results, in the same order, for the same seed. */
export type Random = {
  /** A whole number, both ends included. */
  integer: (from: number, to: number) => number
  /** True in that share of the cases, 0 to 1. */
  chance: (share: number) => boolean
  pick: <Item>(items: readonly Item[]) => Item
  /** A new list in another order. */
  shuffled: <Item>(items: readonly Item[]) => Item[]
}

/** Makes a source of chance from a seed. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  const integer = (from: number, to: number) => uniformInt(generator, from, to)
  return {
    integer,
    chance: (share) => integer(0, 999_999) < share * 1_000_000,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)]
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    shuffled: (items) => {
      const copy = [...items]
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const [first, second] = [copy[last], copy[other]]
        if (first !== undefined && second !== undefined) {
          copy[last] = second
          copy[other] = first
        }
      }
      return copy
    },
  }
}

/** Gives a UUIDv7 whose time is the row's own, so that ids sort as the rows were created. */
export type NewId = (createdAt: Date) => string

/**
 * Makes ids that are the same whenever this workspace is filled from this seed as of the same hour.
 * The workspace takes part, so that no two workspaces ever share an id.
 */
export function createIds(workspaceId: string, seed: number): NewId {
  let mixed = seed | 0
  for (const character of workspaceId) mixed = (Math.imul(mixed, 31) + character.charCodeAt(0)) | 0
  const generator = xoroshiro128plus(mixed)
  let sequence = 0
  return (createdAt) => {
    const random = new Uint8Array(16)
    for (let position = 0; position < random.length; position++) random[position] = generator.next() & 0xff
    sequence += 1
    return uuidv7({ msecs: createdAt.getTime(), random, seq: sequence })
  }
}
