import { notFound } from 'next/navigation'
import { Refusal } from '@/lib/errors'

/** For pages: what a query finds, or the 404 page when this workspace has no such thing. */
export async function orNotFound<Value>(query: Promise<Value>): Promise<Value> {
  try {
    return await query
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not_found') notFound()
    throw error
  }
}
