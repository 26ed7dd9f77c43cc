import { v7 as uuidv7 } from 'uuid'
import { database } from '@/db/client'
import { insertAll } from '@/db/insert-all'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaces } from '@/db/schema/workspaces'
import { type Confidence, confidences } from '@/lib/people/matching/match'
import { matchAcsUsers } from '@/lib/people/matching/queries'
import { buildingCount, type LabelledSet, systemCount } from './labelled-set'

/** How well matches are found: `of` is how many were proposed, `right` how many of those truly are. */
type Quality = { of: number; right: number; precision: number; recall: number }

export type Measured = {
  /** Each confidence together with the surer ones. */
  upTo: Record<Confidence, Quality>
  /** Whoever has exactly the same email address or phone number, and no more. */
  baseline: Quality
  /** How many unlinked ACS users truly are somebody's. */
  toFind: number
}

/** An ACS user that waits, as it was stored, with whose it truly is. */
type StoredAcsUser = LabelledSet['acsUsers'][number] & {
  acsUserId: string
  acsSystemId: string
  accessGroups: string[]
}

/** A labelled set in a new workspace of the database. */
export type StoredSet = { workspaceId: string; identityIds: string[]; waiting: StoredAcsUser[] }

const groupName = (building: number) => `Residents – Building ${building}`

/** Stores a labelled set in a workspace of its own. */
export async function storeLabelledSet({ identities, acsUsers: drawn }: LabelledSet): Promise<StoredSet> {
  const connection = await database()
  const workspaceId = uuidv7()
  const createdAt = new Date()
  await connection.insert(workspaces).values({ workspaceId, slug: workspaceId, name: 'Labelled' })
  const systems = Array.from({ length: systemCount }, (_, number) => ({
    ...{ workspaceId, acsSystemId: uuidv7(), name: `System ${number}` },
    ...{ externalType: 'brivo_account' as const, connectedAccountId: uuidv7(), createdAt },
  }))
  const groups = systems.map(({ acsSystemId }) =>
    Array.from({ length: buildingCount }, (_, building) => ({
      ...{ workspaceId, acsSystemId, acsAccessGroupId: uuidv7(), name: groupName(building), createdAt },
    })),
  )
  const people = identities.map(({ building, ...identity }) => ({
    ...identity,
    ...{ workspaceId, userIdentityId: uuidv7(), createdAt, updatedAt: createdAt },
  }))
  const identityIds = people.map(({ userIdentityId }) => userIdentityId)
  const stored = drawn.map((acsUser) => ({
    ...acsUser,
    // The database wants one of the three.
    fullName: acsUser.fullName ?? (acsUser.emailAddress || acsUser.phoneNumber ? null : 'Card'),
    acsUserId: uuidv7(),
    acsSystemId: systems[acsUser.system]?.acsSystemId ?? '',
    accessGroups: acsUser.building === null ? [] : [groupName(acsUser.building)],
  }))
  await connection.transaction(async (transaction) => {
    await insertAll(transaction, accessSystems, systems)
    await insertAll(transaction, accessGroups, groups.flat())
    await insertAll(transaction, userIdentities, people)
    await insertAll(
      transaction,
      acsUsers,
      stored.map(({ truth, isLinked, system, building, accessGroups: _names, ...acsUser }) => ({
        ...{ ...acsUser, workspaceId, createdAt },
        ...(isLinked && { userIdentityId: identityIds[truth ?? -1], linkedAt: createdAt }),
      })),
    )
    await insertAll(
      transaction,
      accessGroupMembers,
      stored.flatMap(({ acsSystemId, acsUserId, system, building }) => {
        const acsAccessGroupId = groups[system]?.[building ?? -1]?.acsAccessGroupId
        return acsAccessGroupId ? [{ workspaceId, acsSystemId, acsUserId, acsAccessGroupId }] : []
      }),
    )
  })
  return { workspaceId, identityIds, waiting: stored.filter(({ isLinked }) => !isLinked) }
}

const matchedAtOnce = 100

/** Looks for the person of every ACS user that waits, and compares with whose it truly is. */
export async function measureMatching(set: LabelledSet, stored: StoredSet): Promise<Measured> {
  const { workspaceId, identityIds, waiting } = stored
  const toFind = waiting.filter(({ truth }) => truth !== null).length
  const found: Record<Confidence, { of: number; right: number }> = {
    certain: { of: 0, right: 0 },
    likely: { of: 0, right: 0 },
    possible: { of: 0, right: 0 },
  }
  for (let from = 0; from < waiting.length; from += matchedAtOnce) {
    const asked = waiting.slice(from, from + matchedAtOnce)
    const matches = await matchAcsUsers(workspaceId, asked)
    for (const { acsUserId, truth } of asked) {
      const [best] = matches.get(acsUserId) ?? []
      if (!best?.confidence) continue
      found[best.confidence].of++
      if (truth !== null && best.candidate.userIdentityId === identityIds[truth]) found[best.confidence].right++
    }
  }
  const quality = ({ of, right }: { of: number; right: number }): Quality => ({
    of,
    right,
    precision: of === 0 ? 1 : right / of,
    recall: right / toFind,
  })
  const together = (surest: readonly Confidence[]) =>
    quality({
      of: surest.reduce((sum, confidence) => sum + found[confidence].of, 0),
      right: surest.reduce((sum, confidence) => sum + found[confidence].right, 0),
    })
  return {
    upTo: {
      certain: together(confidences.slice(0, 1)),
      likely: together(confidences.slice(0, 2)),
      possible: together(confidences),
    },
    baseline: quality(countBaseline(set, waiting)),
    toFind,
  }
}

function countBaseline({ identities }: LabelledSet, waiting: StoredAcsUser[]) {
  const byEmail = new Map(identities.map(({ emailAddress }, number) => [emailAddress?.toLowerCase(), number]))
  const byPhone = new Map(identities.map(({ phoneNumber }, number) => [phoneNumber, number]))
  let [of, right] = [0, 0]
  for (const { emailAddress, phoneNumberE164, truth } of waiting) {
    const guess =
      (emailAddress ? byEmail.get(emailAddress.toLowerCase()) : undefined) ??
      (phoneNumberE164 ? byPhone.get(phoneNumberE164) : undefined)
    if (guess === undefined) continue
    of++
    if (guess === truth) right++
  }
  return { of, right }
}
