import { cookies } from 'next/headers'
import { serverConfiguration } from '@/lib/platform/configuration'
import { cookieName } from '@/lib/platform/cookie-name'

/** What this browser has kept by `keepPreference`, if anything; whatever it says, it may be made up. */
export async function preference(name: string): Promise<string | undefined> {
  const secure = serverConfiguration().baseUrl.startsWith('https:')
  return (await cookies()).get(cookieName(name, { secure }))?.value
}
