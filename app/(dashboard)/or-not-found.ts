import { notFound, redirect } from 'next/navigation'
import { Refusal } from '@/lib/platform/refusals'

/**
 * For pages: what a query finds, or the 404 page when this workspace has no such thing. Who was merged
 * into somebody leads to them.
 *
 * @param placeOf the same page of whoever survives; by default their own.
 */
export async function orNotFound<Value>(
  query: Promise<Value>,
  placeOf = (userIdentityId: string) => `/identities/${userIdentityId}`,
): Promise<Value> {
  try {
    return await query
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'not_found') throw error
    if (error.data?.merged_into) redirect(`${placeOf(error.data.merged_into)}?notice=merged-away`)
    notFound()
  }
}
