import { cache } from 'react'
import { listLinkedAcsUsers } from '@/lib/access/acs-users/queries'
import { listCredentials } from '@/lib/access/credentials/queries'
import { listAccessibleEntrances } from '@/lib/access/entrances/queries'
import { listAccessSystems } from '@/lib/access/systems/queries'
import { getUserIdentity } from '@/lib/people/identities/queries'
import { suggestAcsUsers } from '@/lib/people/matching/queries'
import { orNotFound } from '../../or-not-found'

/** Everything about one person but their history, in a fixed number of queries; the title and the page share them. */
export const loadIdentity = cache(async (workspaceId: string, userIdentityId: string) => {
  const identity = await orNotFound(getUserIdentity(workspaceId, userIdentityId))
  const about = { userIdentityId: identity.userIdentityId }
  const [accessSystems, linked, suggestions, credentials, entrances] = await Promise.all([
    listAccessSystems(workspaceId),
    listLinkedAcsUsers(workspaceId, identity.userIdentityId),
    suggestAcsUsers(workspaceId, identity),
    listCredentials(workspaceId, about),
    listAccessibleEntrances(workspaceId, identity.userIdentityId),
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
  }
})
