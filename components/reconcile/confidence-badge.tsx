import type { Confidence } from '@/lib/people/matching/match'
import { Badge, type Tone } from '../ui/badge'

const tones: Record<Confidence, Tone> = { certain: 'success', likely: 'neutral', possible: 'warning' }
const words: Record<Confidence, string> = { certain: 'Certain', likely: 'Likely', possible: 'Possible' }

/** How sure a match is, in a word. */
export function ConfidenceBadge({ confidence }: { confidence: Confidence }) {
  return <Badge tone={tones[confidence]}>{words[confidence]}</Badge>
}
