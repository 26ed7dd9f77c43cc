import { acsAccessGroupEndpoints } from './acs-access-groups/routes'
import { acsCredentialEndpoints } from './acs-credentials/routes'
import { acsEntranceEndpoints } from './acs-entrances/routes'
import { acsSystemEndpoints } from './acs-systems/routes'
import { acsUserEndpoints } from './acs-users/routes'
import type { Endpoint } from './endpoint'
import { eventEndpoints } from './events/routes'
import { userIdentityEndpoints } from './user-identities/routes'
import { webhookEndpoints } from './webhooks/routes'
import { workspaceEndpoints } from './workspaces/routes'

/** The contract's resources in the order in which they are read about, each with its endpoints. */
export const resources: { name: string; endpoints: Endpoint[] }[] = [
  { name: 'User identities', endpoints: userIdentityEndpoints },
  { name: 'Access systems', endpoints: acsSystemEndpoints },
  { name: 'ACS users', endpoints: acsUserEndpoints },
  { name: 'Credentials', endpoints: acsCredentialEndpoints },
  { name: 'Entrances', endpoints: acsEntranceEndpoints },
  { name: 'Access groups', endpoints: acsAccessGroupEndpoints },
  { name: 'Workspaces', endpoints: workspaceEndpoints },
  { name: 'Events', endpoints: eventEndpoints },
  { name: 'Webhooks', endpoints: webhookEndpoints },
]
