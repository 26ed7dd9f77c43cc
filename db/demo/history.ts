import type { EventData, events } from '../schema/events'
import type { AcsUser } from './acs-users'
import type { SystemName } from './buildings'
import type { Credential } from './credentials'
import { type Demo, managers } from './demo'
import { fullName, type Name } from './names'
import type { Person } from './people'
import type { Site } from './sites'

type EventRow = typeof events.$inferInsert
type Happening = Pick<EventRow, 'eventType'> &
  Partial<Pick<EventRow, 'userIdentityId' | 'acsSystemId' | 'acsUserId' | 'acsCredentialId'>> & {
    at: Date
    by: string
    data: EventData
  }

const attachedByMistake = 9
const goneAgain: Name[] = [
  { given: 'Test', family: 'Person' },
  { given: 'Hana', family: 'Suzuki' },
  { given: 'Gregory', family: 'Vance' },
]

/** Tells how everything came to be as it is: the events of the last three months, oldest first. */
export function buildHistory(
  demo: Demo,
  sites: Record<SystemName, Site>,
  world: { people: Person[]; acsUsers: AcsUser[]; credentials: Credential[] },
): EventRow[] {
  const happenings = [
    ...world.people.flatMap(ofPerson),
    ...world.acsUsers.flatMap((acsUser) => ofAcsUser(sites, acsUser)),
    ...world.credentials.flatMap((credential) => ofCredential(sites, credential)),
    ...mistakes(demo, sites, world),
    ...deletedPeople(demo),
  ]
  return happenings
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, by, ...happening }) => ({
      workspaceId: demo.workspaceId,
      eventId: demo.newId(at),
      occurredAt: at,
      actorKind: by === 'Keyholder' ? 'system' : 'member',
      actorName: by,
      ...happening,
    }))
}

function ofPerson({ identity, createdAt, createdBy, change, displayName }: Person): Happening[] {
  const about = { userIdentityId: identity.userIdentityId, data: { user_identity_name: displayName } }
  const created = { eventType: 'user_identity.created', at: createdAt, by: createdBy, ...about }
  if (!change) return [created]
  return [
    created,
    {
      eventType: 'user_identity.updated',
      at: change.at,
      by: change.by,
      ...about,
      data: { ...about.data, changes: { phone_number: { from: change.from, to: change.to } } },
    },
  ]
}

function ofAcsUser(sites: Record<SystemName, Site>, acsUser: AcsUser): Happening[] {
  const { row, person, system, displayName } = acsUser
  const about = { acsSystemId: row.acsSystemId, acsUserId: row.acsUserId }
  const names = { acs_user_name: displayName, acs_system_name: sites[system].displayName }
  const happenings: Happening[] = []
  if (row.createdAt) {
    happenings.push({ eventType: 'acs_user.created', at: row.createdAt, by: 'Keyholder', ...about, data: names })
  }
  if (person && row.linkedAt && row.linkedBy) {
    happenings.push({
      eventType: 'user_identity.acs_user_added',
      at: row.linkedAt,
      by: row.linkedBy,
      ...about,
      userIdentityId: person.identity.userIdentityId,
      data: { ...names, user_identity_name: person.displayName },
    })
  }
  return happenings
}

function ofCredential(sites: Record<SystemName, Site>, { row, holder }: Credential): Happening[] {
  if (!row.issuedAt) return []
  return [
    {
      eventType: 'acs_credential.issued',
      at: row.issuedAt,
      by: holder.row.linkedBy ?? 'Keyholder',
      userIdentityId: holder.row.userIdentityId ?? null,
      acsSystemId: row.acsSystemId,
      acsUserId: holder.row.acsUserId,
      acsCredentialId: row.acsCredentialId,
      data: {
        acs_user_name: holder.displayName,
        acs_system_name: sites[holder.system].displayName,
        ...(holder.row.userIdentityId && holder.person ? { user_identity_name: holder.person.displayName } : {}),
      },
    },
  ]
}

/** Some of the unattached were attached to the wrong person once, and detached again. */
function mistakes(
  { random, calendar }: Demo,
  sites: Record<SystemName, Site>,
  { people, acsUsers }: { people: Person[]; acsUsers: AcsUser[] },
): Happening[] {
  const strangers = acsUsers.filter((acsUser) => acsUser.person === null && !acsUser.isService)
  return random
    .shuffled(strangers)
    .slice(0, attachedByMistake)
    .flatMap((acsUser) => {
      const person = random.pick(people.filter((candidate) => !candidate.isStory))
      const bothThere = new Date(Math.max(acsUser.row.createdAt?.getTime() ?? 0, person.createdAt.getTime()))
      const attachedAt = calendar.soonAfter(bothThere, 10)
      const about = {
        by: random.pick(managers),
        userIdentityId: person.identity.userIdentityId,
        acsSystemId: acsUser.row.acsSystemId,
        acsUserId: acsUser.row.acsUserId,
        data: {
          user_identity_name: person.displayName,
          acs_user_name: acsUser.displayName,
          acs_system_name: sites[acsUser.system].displayName,
        },
      }
      return [
        { eventType: 'user_identity.acs_user_added', at: attachedAt, ...about },
        { eventType: 'user_identity.acs_user_removed', at: calendar.soonAfter(attachedAt, 2), ...about },
      ]
    })
}

/** People who were deleted: nothing is left of them but this. */
function deletedPeople({ random, calendar, newId }: Demo): Happening[] {
  return goneAgain.flatMap((name) => {
    const createdAt = calendar.workingMoment(random.integer(20, 80))
    const about = { userIdentityId: newId(createdAt), data: { user_identity_name: fullName(name) } }
    return [
      { eventType: 'user_identity.created', at: createdAt, by: random.pick(managers), ...about },
      {
        eventType: 'user_identity.deleted',
        at: calendar.soonAfter(createdAt, 15),
        by: random.pick(managers),
        ...about,
        data: { ...about.data, deleted: { acs_users: 0, acs_credentials: 0 } },
      },
    ]
  })
}
