import { setTimeout } from 'node:timers/promises'
import { isWithinTransaction, type Transaction, withinTransaction } from '@/db/client'
import { databaseError } from './database-error'

const serializationFailure = '40001'
const deadlockDetected = '40P01'
const attempts = 4

export type { Transaction }

/**
 * Runs one use case as one transaction: all of it or nothing. What the database itself asks to try
 * again (a deadlock among admins, say) is tried again a few times. Inside another use case it is part
 * of that one's transaction, which alone can be tried again.
 */
export async function inTransaction<Result>(useCase: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  if (isWithinTransaction()) return withinTransaction(useCase)
  for (let attempt = 1; ; attempt++) {
    try {
      return await withinTransaction(useCase)
    } catch (error) {
      const code = databaseError(error)?.code
      const mayRetry = code === serializationFailure || code === deadlockDetected
      if (!mayRetry || attempt === attempts) throw error
      await setTimeout(10 * 2 ** attempt * Math.random())
    }
  }
}
