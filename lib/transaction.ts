import { setTimeout } from 'node:timers/promises'
import { type Database, database } from '@/db/client'
import { databaseError } from './database-error'

const serializationFailure = '40001'
const deadlockDetected = '40P01'
const attempts = 4

/** A database inside a transaction; commands pass it on, nothing else holds it. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Runs one use case as one transaction: all of it or nothing. What the database itself asks to try
 * again (a deadlock among admins, say) is tried again a few times.
 */
export async function inTransaction<Result>(useCase: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  const connection = await database()
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.transaction(useCase)
    } catch (error) {
      const code = databaseError(error)?.code
      const mayRetry = code === serializationFailure || code === deadlockDetected
      if (!mayRetry || attempt === attempts) throw error
      await setTimeout(10 * 2 ** attempt * Math.random())
    }
  }
}
