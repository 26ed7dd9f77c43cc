import { and, eq, sql } from 'drizzle-orm'
import { preparedName } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { Refusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'

/**
 * Links an ACS user to an identity that the caller holds, as everybody does who links to it: what the statement
 * sees of its other links stays true, and the unique index never has to say no.
 *
 * @throws Refusal `acs_system_already_linked`
 */
export async function linkUnlessSecond(
  transaction: Transaction,
  workspaceId: string,
  link: { userIdentityId: string; acsUserId: string; acsSystemId: string; linkedBy: string | null },
): Promise<void> {
  const { userIdentityId, acsUserId, acsSystemId, linkedBy } = link
  const linked = await transaction
    .update(acsUsers)
    .set({ userIdentityId, linkedAt: sql`now()`, linkedBy })
    .where(
      and(
        eq(acsUsers.workspaceId, workspaceId),
        eq(acsUsers.acsUserId, acsUserId),
        sql`not exists (select 1 from ${acsUsers} as present where present.workspace_id = ${workspaceId}
          and present.user_identity_id = ${userIdentityId} and present.acs_system_id = ${acsSystemId})`,
      ),
    )
    .returning({ acsUserId: acsUsers.acsUserId })
    .prepare(preparedName('link_acs_user'))
    .execute()
  if (linked.length > 0) return
  const [present] = await transaction
    .select({ acsUserId: acsUsers.acsUserId, displayName: acsUsers.displayName })
    .from(acsUsers)
    .where(
      and(
        eq(acsUsers.workspaceId, workspaceId),
        eq(acsUsers.userIdentityId, userIdentityId),
        eq(acsUsers.acsSystemId, acsSystemId),
      ),
    )
  throw hasOneAlready(link, present)
}

/** Why an identity cannot have an ACS user: it has one in that access system. */
export function hasOneAlready(
  link: { userIdentityId: string; acsSystemId: string },
  present: { acsUserId: string; displayName: string } | undefined,
): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'acs_system_already_linked',
    message: `This user identity already has ${present ? `“${present.displayName}”` : 'an ACS user'} in this access system. Detach that ACS user first.`,
    data: {
      user_identity_id: link.userIdentityId,
      acs_system_id: link.acsSystemId,
      ...(present && { acs_user_id: present.acsUserId }),
    },
  })
}
