import { cookies } from 'next/headers'
import { serverConfiguration } from '@/lib/configuration'
import { cookieName } from '@/lib/cookie-name'

/** What this browser has kept by `keepPreference`, if anything; whatever it says, it may be made up. */
export async function preference(name: string): Promise<string | undefined> {
  const secure = serverConfiguration().baseUrl.startsWith('https:')
  return (await cookies()).get(cookieName(name, { secure }))?.value
}
