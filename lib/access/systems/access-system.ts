import type { ReportedError, ReportedWarning } from '@/db/schema/columns'
import type { VendorColumns } from '../system-rows/vendor'

/** One installation of access control, as pages show it. */
export type AccessSystem = VendorColumns & {
  acsSystemId: string
  name: string
  /** Two characters that stand for it in lists. */
  monogram: string
  /** IANA name of the zone the site stands in. */
  timeZone: string | null
  errors: ReportedError[]
  warnings: ReportedWarning[]
  createdAt: string
}

export type AccessSystemSummary = AccessSystem & {
  acsUserCount: number
  linkedCount: number
  /** ACS users that nobody holds and that may be somebody's. */
  waitingCount: number
  entranceCount: number
}

/** How an access system is doing, worst first. */
export function accessSystemHealth(system: Pick<AccessSystem, 'errors' | 'warnings'>): 'error' | 'warning' | 'healthy' {
  if (system.errors.length > 0) return 'error'
  return system.warnings.length > 0 ? 'warning' : 'healthy'
}
