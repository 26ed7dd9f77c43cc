import Link from 'next/link'
import type { AccessSystemSummary } from '@/lib/access/systems/access-system'
import { HealthBadge } from '../access-systems/health-badge'
import { LinkedShare } from '../access-systems/linked-share'

/** How much of each access system is linked, as a picture. */
export function Coverage({ systems }: { systems: AccessSystemSummary[] }) {
  return (
    <ul className="divide-y divide-line">
      {systems.map((system) => (
        <li key={system.acsSystemId} className="relative px-4 py-2.5 hover:bg-hover">
          <span className="mb-1.5 flex items-center justify-between gap-3">
            <Link
              href={`/access-systems/${system.acsSystemId}`}
              className="min-w-0 truncate font-medium text-sm after:absolute after:inset-0"
            >
              {system.name}
            </Link>
            <HealthBadge system={system} />
          </span>
          <LinkedShare {...system} systemName={system.name} />
        </li>
      ))}
    </ul>
  )
}
