import { type ImportState, stateNames } from '@/lib/imports/import'
import { Badge, type Tone } from '../ui/badge'

const tones: Partial<Record<ImportState, Tone>> = {
  applied: 'success',
  canceled: 'warning',
  checking: 'waiting',
  applying: 'waiting',
  undoing: 'waiting',
}

/** How an import stands. */
export function StateBadge({ state }: { state: ImportState }) {
  return <Badge tone={tones[state] ?? 'neutral'}>{stateNames[state]}</Badge>
}
