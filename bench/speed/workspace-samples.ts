import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { userIdentities } from '@/db/schema/user-identities'
import { encodeCursor } from '@/lib/platform/pagination/cursor'

const pageSize = 50
const samplesOfEach = 8

/** What of a workspace is asked for: several of each kind, so that no answer is that of one lucky row. */
export type WorkspaceSamples = {
  workspaceId: string
  identityIds: string[]
  emailAddresses: string[]
  /** Seven digits within a phone number, as somebody reads them from a note. */
  phoneParts: string[]
  /** A whole name: few have it. */
  rareNames: string[]
  /** Part of a given name that many have. */
  commonNames: string[]
  acsSystemIds: string[]
  /** Where page 1,000 of the list begins, or the last one where there are fewer. */
  farPage: { cursor: string; number: number }
}

/** Takes samples evenly from the whole workspace. */
export async function takeSamples(workspaceId: string, people: number): Promise<WorkspaceSamples> {
  const connection = await database()
  const step = Math.max(1, Math.floor(people / samplesOfEach))
  const ranked = connection.$with('ranked').as(
    connection
      .select({
        userIdentityId: userIdentities.userIdentityId,
        emailAddress: userIdentities.emailAddress,
        phoneNumber: userIdentities.phoneNumber,
        fullName: userIdentities.fullName,
        rank: sql<number>`row_number() over (order by ${userIdentities.userIdentityId})`.mapWith(Number).as('rank'),
      })
      .from(userIdentities)
      .where(
        and(
          eq(userIdentities.workspaceId, workspaceId),
          isNotNull(userIdentities.emailAddress),
          isNotNull(userIdentities.phoneNumber),
          isNotNull(userIdentities.fullName),
        ),
      ),
  )
  const sampled = await connection
    .with(ranked)
    .select()
    .from(ranked)
    .where(sql`${ranked.rank} % ${step} = 1`)
    .limit(samplesOfEach)
  const systems = await connection
    .select({ acsSystemId: accessSystems.acsSystemId })
    .from(accessSystems)
    .where(eq(accessSystems.workspaceId, workspaceId))
  const farPage = Math.min(1000, Math.floor(people / pageSize))
  const offset = (farPage - 1) * pageSize
  const [before] = await connection
    .select({ id: userIdentities.userIdentityId })
    .from(userIdentities)
    .where(eq(userIdentities.workspaceId, workspaceId))
    .orderBy(sql`${userIdentities.userIdentityId} desc`)
    .offset(Math.max(0, offset - 1))
    .limit(1)
  return {
    workspaceId,
    identityIds: sampled.map(({ userIdentityId }) => userIdentityId),
    emailAddresses: sampled.map(({ emailAddress }) => emailAddress ?? ''),
    phoneParts: sampled.map(({ phoneNumber }) => (phoneNumber ?? '').slice(-7)),
    rareNames: sampled.map(({ fullName }) => fullName ?? ''),
    commonNames: ['mar', 'ann', 'jane', 'son'],
    acsSystemIds: systems.map(({ acsSystemId }) => acsSystemId),
    farPage: {
      cursor: encodeCursor({ direction: 'after', value: '', id: before?.id ?? '', offset }),
      number: farPage,
    },
  }
}
