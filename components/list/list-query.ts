import type { QueryKey } from '@tanstack/react-query'

/** The key under which a page of a list is kept; the server hydrates it, the browser refetches it. */
export function listQueryKey(dataPath: string, address: URLSearchParams): QueryKey {
  return ['list', dataPath, address.toString()]
}

/** The data routes that lists ask, which answer to the same parameters as the pages' own addresses. */
export const identitiesDataPath = '/data/identities'
export const acsUsersDataPath = (acsSystemId: string) => `/data/access-systems/${acsSystemId}/acs-users`
