import { and, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { userIdentities } from '@/db/schema/user-identities'
import { notFound, Refusal } from '@/lib/platform/refusals'

/** Into whom an identity was merged, after however many merges; undefined where it was not. */
export async function findSurvivor(
  workspaceId: string,
  userIdentityId: string,
): Promise<{ userIdentityId: string; displayName: string } | undefined> {
  const connection = await database()
  const [survivor] = await connection
    .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
    .from(mergedIdentities)
    .innerJoin(
      userIdentities,
      and(
        eq(userIdentities.workspaceId, mergedIdentities.workspaceId),
        eq(userIdentities.userIdentityId, mergedIdentities.survivorId),
      ),
    )
    .where(and(eq(mergedIdentities.workspaceId, workspaceId), eq(mergedIdentities.mergedId, userIdentityId)))
  return survivor
}

/** Why a user identity is not there. One that was merged into another says into whom (`merged_into`). */
export async function identityNotFound(workspaceId: string, userIdentityId: string): Promise<Refusal> {
  const survivor = await findSurvivor(workspaceId, userIdentityId)
  if (!survivor) return notFound('user_identity')
  return new Refusal({
    kind: 'not_found',
    type: 'user_identity_not_found',
    message: `This user identity was merged into “${survivor.displayName}”. Use the ID in merged_into instead.`,
    data: { merged_into: survivor.userIdentityId },
  })
}
