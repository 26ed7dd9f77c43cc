import { cache } from 'react'
import { listAccessSystems } from '@/lib/access-systems/queries'
import { listLinkedAcsUsers } from '@/lib/acs-users/queries'
import { may, type Role } from '@/lib/auth/permissions'
import { listCredentials } from '@/lib/credentials/queries'
import { listAccessibleEntrances } from '@/lib/entrances/queries'
import { listEvents } from '@/lib/events/queries'
import { getUserIdentity } from '@/lib/identities/queries'
import { suggestAcsUsers } from '@/lib/matching/queries'
import { orNotFound } from '../../or-not-found'

const shownEvents = 12

/** Everything about one person, in a fixed number of queries; the title and the page share them. */
export const loadIdentity = cache(async (workspaceId: string, userIdentityId: string, role: Role) => {
  const identity = await orNotFound(getUserIdentity(workspaceId, userIdentityId))
  const about = { userIdentityId: identity.userIdentityId }
  const [accessSystems, linked, suggestions, credentials, entrances, events] = await Promise.all([
    listAccessSystems(workspaceId),
    listLinkedAcsUsers(workspaceId, identity.userIdentityId),
    suggestAcsUsers(workspaceId, identity),
    listCredentials(workspaceId, about),
    listAccessibleEntrances(workspaceId, identity.userIdentityId),
    listEvents(workspaceId, about, (permission) => may(role, permission), { cursor: null, limit: shownEvents }),
  ])
  return {
    identity,
    systems: accessSystems.map((system) => ({
      system,
      acsUser: linked.find(({ acsSystemId }) => acsSystemId === system.acsSystemId) ?? null,
      suggestions: suggestions.filter(({ acsSystemId }) => acsSystemId === system.acsSystemId),
    })),
    credentials,
    mobileCredentials: credentials.filter(({ accessMethod }) => accessMethod === 'mobile_key'),
    entrances,
    events: events.entries,
  }
})
