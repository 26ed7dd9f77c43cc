import { sql } from 'drizzle-orm'
import type { Transaction } from '@/lib/platform/transaction'

/**
 * What time it is by the database's clock, to the millisecond: what servers agree on must not hang on
 * whose clock is right.
 *
 * @param given stands for it; tests move the time.
 */
export async function timeOf(transaction: Transaction, given: Date | undefined): Promise<Date> {
  if (given) return given
  const [row] = await transaction
    .select({ milliseconds: sql`floor(extract(epoch from now()) * 1000)`.mapWith(Number) })
    .from(sql`(select) as nothing`)
  if (!row) throw new Error('The database did not tell the time.')
  return new Date(row.milliseconds)
}
