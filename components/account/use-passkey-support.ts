import { useSyncExternalStore } from 'react'

const nothingChanges = () => () => undefined

/**
 * Whether this browser can make and use passkeys for the address that the server is reached at; null while the
 * page is not alive yet.
 *
 * @param origin of the server's address; null where it can have none.
 */
export function usePasskeySupport(origin: string | null): boolean | null {
  return useSyncExternalStore<boolean | null>(
    nothingChanges,
    () => 'PublicKeyCredential' in window && location.origin === origin,
    () => null,
  )
}
