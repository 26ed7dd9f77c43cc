import { cookies } from 'next/headers'
import { timeZoneCookie } from '@/components/ui/time-zone-cookie'

/** The time zone of the viewer's last visit, if it is one; else UTC. */
export async function viewerTimeZone(): Promise<string> {
  const given = (await cookies()).get(timeZoneCookie)?.value
  if (!given) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
