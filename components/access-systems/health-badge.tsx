import { type AccessSystem, accessSystemHealth } from '@/lib/access/systems/access-system'
import { Badge } from '../ui/badge'

/** How an access system is doing, in a word. */
export function HealthBadge({ system }: { system: Pick<AccessSystem, 'errors' | 'warnings'> }) {
  const health = accessSystemHealth(system)
  if (health === 'error') return <Badge tone="danger">Problem</Badge>
  if (health === 'warning') return <Badge tone="warning">Warning</Badge>
  return <Badge tone="success">Healthy</Badge>
}
