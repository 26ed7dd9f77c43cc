import { seal } from '../encryption/seal'
import type { ReportedWarning } from '../schema/columns'
import type { AccessMethod, credentialEntrances, credentials } from '../schema/credentials'
import type { AcsUser } from './acs-users'
import { type SystemName, systemNames } from './buildings'
import type { Demo } from './demo'
import type { Site } from './sites'

/** A credential's row with its holder and what it opens by itself. */
export type Credential = {
  row: typeof credentials.$inferInsert
  holder: AcsUser
  entranceRows: (typeof credentialEntrances.$inferInsert)[]
}

/** How likely an ACS user of each access system holds each kind of credential. */
const holdings: Record<SystemName, Partial<Record<AccessMethod, number>>> = {
  saltoKs: { mobile_key: 0.55, code: 0.25 },
  visionline: { card: 0.6, mobile_key: 0.2 },
  latch: { mobile_key: 0.65, code: 0.35 },
  brivo: { card: 0.6, mobile_key: 0.25 },
  hid: { mobile_key: 0.8 },
}

/** Of the states from 1 to 100 that chance decides between, one that nothing is wrong with. */
const issuedAndInUse = 50

const methodNames: Record<AccessMethod, string> = { mobile_key: 'Mobile key', card: 'Card', code: 'Door code' }

/** Gives the ACS users their credentials: in use, waiting to be issued, run out, or yet to begin. */
export function buildCredentials(demo: Demo, sites: Record<SystemName, Site>, acsUsers: AcsUser[]): Credential[] {
  const { random } = demo
  const homesLeft = Object.fromEntries(systemNames.map((system) => [system, random.shuffled(sites[system].homes)]))
  return acsUsers.flatMap((acsUser) => {
    const site = sites[acsUser.system]
    const home =
      acsUser.person?.kind === 'resident' && random.chance(0.1) ? homesLeft[acsUser.system]?.pop() : undefined
    return methodsOf(demo, acsUser).map((accessMethod) => {
      const row = buildRow(demo, acsUser, accessMethod)
      // Latch and Visionline have no access groups: each credential names its doors.
      const shared =
        acsUser.system === 'latch' || acsUser.system === 'visionline' ? site.sharedEntrances.slice(0, 4) : []
      return {
        row,
        holder: acsUser,
        entranceRows: [...shared, ...(home ? [home] : [])].map(({ acsEntranceId }) => ({
          workspaceId: demo.workspaceId,
          acsSystemId: site.acsSystemId,
          acsCredentialId: row.acsCredentialId,
          acsEntranceId,
        })),
      }
    })
  })
}

function methodsOf({ random }: Demo, acsUser: AcsUser): AccessMethod[] {
  if (acsUser.story) return acsUser.story.holds
  if (acsUser.isService) return acsUser.system === 'hid' ? [] : [acsUser.system === 'latch' ? 'code' : 'card']
  const likely = Object.entries(holdings[acsUser.system]) as [AccessMethod, number][]
  // Who is attached to nobody, nobody has sent a mobile key.
  const isAttached = acsUser.row.userIdentityId != null
  return likely
    .filter(([method, share]) => random.chance(isAttached ? share : method === 'mobile_key' ? 0.03 : share * 0.7))
    .map(([method]) => method)
}

function buildRow(demo: Demo, acsUser: AcsUser, accessMethod: AccessMethod): Credential['row'] {
  const { random, calendar, workspaceId, newId } = demo
  const { row: holder } = acsUser
  const createdAt = calendar.soonAfter(
    holder.linkedAt ?? holder.createdAt ?? calendar.now,
    random.chance(0.8) ? 0.4 : 21,
  )
  const state = acsUser.story ? issuedAndInUse : random.integer(1, 100)
  const isPending = state <= 9
  const window = validity(demo, acsUser, createdAt, state)
  const warnings: ReportedWarning[] = []
  if (isPending && random.chance(0.7)) {
    warnings.push({
      warning_code: 'waiting_to_be_issued',
      message:
        accessMethod === 'card'
          ? 'The card has to be written at an encoder before it opens anything.'
          : 'The access system has not issued this credential yet.',
      created_at: createdAt.toISOString(),
    })
  } else if (!acsUser.story && random.chance(0.025)) {
    warnings.push({
      warning_code: 'schedule_externally_modified',
      message: 'Somebody changed the validity of this credential in the access system itself.',
      created_at: calendar.soonAfter(createdAt, 20).toISOString(),
    })
  }
  return {
    workspaceId,
    acsCredentialId: newId(createdAt),
    acsSystemId: holder.acsSystemId,
    acsUserId: holder.acsUserId,
    accessMethod,
    displayName: `${methodNames[accessMethod]} – ${acsUser.displayName}`,
    sealedCode: accessMethod === 'code' ? seal('door code', String(random.integer(100_000, 999_999))) : null,
    sealedCardNumber:
      accessMethod === 'card' && !isPending
        ? seal('card number', String(random.integer(10_000_000, 99_999_999)))
        : null,
    ...window,
    isIssued: !isPending,
    issuedAt: isPending ? null : calendar.soonAfter(createdAt, 0.01),
    warnings,
    createdAt,
  }
}

function validity({ random, calendar }: Demo, acsUser: AcsUser, createdAt: Date, state: number) {
  const { accessStartsAt, accessEndsAt } = acsUser.row
  // Drawn whether needed or not: which of them is needed depends on the hour, and the next draws must not.
  const ranOutDaysAgo = random.integer(1, 40)
  const startsInDays = random.integer(1, 25)
  const endsInDays = random.integer(60, 400)
  const lastsForDays = random.integer(20, 400)
  const isUnlimited = random.chance(0.4)
  if (accessEndsAt && accessEndsAt < calendar.now && state > 20) {
    return { startsAt: accessStartsAt ?? null, endsAt: accessEndsAt }
  }
  if (accessStartsAt && accessStartsAt > calendar.now) return { startsAt: accessStartsAt, endsAt: accessEndsAt ?? null }
  const hadTimeToRunOut = calendar.now.getTime() - createdAt.getTime() > 3 * 86_400_000
  if (state > 94 && hadTimeToRunOut) {
    const endsAt = calendar.midnight(-ranOutDaysAgo)
    return { startsAt: endsAt > createdAt ? createdAt : calendar.midnight(-ranOutDaysAgo - 90), endsAt }
  }
  if (state > 88 && state <= 92) {
    return { startsAt: calendar.midnight(startsInDays), endsAt: calendar.midnight(endsInDays) }
  }
  if (isUnlimited) return { startsAt: null, endsAt: null }
  return { startsAt: createdAt, endsAt: calendar.midnight(lastsForDays) }
}
