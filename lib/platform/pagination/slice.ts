import { type Column, type SQL, sql } from 'drizzle-orm'

/** Which part of a long list is asked for: what comes after a row, and how many rows at most. */
export type Slice = { after: string | null; limit: number }

/** Rows of a list in the order of their ids, and whether there are more. */
export type Sliced<Row> = { rows: Row[]; hasMore: boolean }

/** The condition for what comes after the row at which the slice before it ended. */
export function afterRow(id: Column, { after }: Slice): SQL | undefined {
  return after === null ? undefined : sql`${id} > ${after}::uuid`
}

/** One row more than is asked for tells whether there are more. */
export const rowsToRead = ({ limit }: Slice): number => limit + 1

/** Cuts what was read with `rowsToRead` to what is asked for. A slice of no length has nothing after it. */
export function toSliced<Row>(rows: Row[], { limit }: Slice): Sliced<Row> {
  return { rows: rows.slice(0, limit), hasMore: limit > 0 && rows.length > limit }
}
