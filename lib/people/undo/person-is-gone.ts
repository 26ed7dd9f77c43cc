import { findSurvivor } from '@/lib/access/links/merged'
import type { Refusal } from '@/lib/platform/refusals'
import { contradiction } from './contradiction'

/** Somebody whom an undo needs is no more: says whether they were deleted, or into whom they were merged. */
export async function personIsGone(workspaceId: string, userIdentityId: string, name: string): Promise<Refusal> {
  const survivor = await findSurvivor(workspaceId, userIdentityId)
  return contradiction(
    survivor ? `${name} was merged into ${survivor.displayName} since.` : `${name} was deleted since.`,
  )
}
