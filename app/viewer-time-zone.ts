import { dateTimeFormat } from '@/components/ui/date-time-format'
import { timeZoneCookie } from '@/components/ui/preference-cookie'
import { preference } from './preference'

/** The time zone of the viewer's last visit, if it is one; else UTC. */
export async function viewerTimeZone(): Promise<string> {
  const given = await preference(timeZoneCookie)
  if (!given) return 'UTC'
  try {
    return dateTimeFormat({ timeZone: given }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
