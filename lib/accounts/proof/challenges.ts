import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { database } from '@/db/client'
import { verifications } from '@/db/schema/accounts'

const mark = 'passkey-challenge-'
const minutes = 5

/** What a challenge was given out for: to sign in, to add a passkey of this name, or to prove whose account it is. */
const purposeSchema = z.union([
  z.object({ userId: z.string(), name: z.string() }),
  z.object({ userId: z.string(), name: z.null() }),
  z.object({ userId: z.null(), name: z.null() }),
])
export type Purpose = z.output<typeof purposeSchema>

/** Remembers a challenge that was given out, and forgets what is out of date, of passkeys or not. */
export async function keepChallenge(challenge: string, purpose: Purpose): Promise<void> {
  const connection = await database()
  await connection.delete(verifications).where(lt(verifications.expiresAt, sql`now()`))
  await connection.insert(verifications).values({
    ...{ id: uuidv7(), identifier: mark + challenge, value: JSON.stringify(purpose) },
    expiresAt: sql`now() + make_interval(mins => ${minutes})`,
  })
}

/** What a challenge was given out for; null where it was not, is out of date or was taken already: each counts once. */
export async function takeChallenge(challenge: string): Promise<Purpose | null> {
  const connection = await database()
  const [taken] = await connection
    .delete(verifications)
    .where(and(eq(verifications.identifier, mark + challenge), gt(verifications.expiresAt, sql`now()`)))
    .returning({ value: verifications.value })
  return taken ? purposeSchema.parse(JSON.parse(taken.value)) : null
}
