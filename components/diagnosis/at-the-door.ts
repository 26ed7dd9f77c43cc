import type { DoorFacts } from '@/lib/access/diagnosis/diagnosis'

const hints: Record<DoorFacts['door']['unlocksWith'][number], string> = {
  mobile_key:
    'Mobile key: Bluetooth is on, the app is open and signed in as this person, and the phone is held to the reader.',
  card: 'Card: held flat to the reader for a second, without another card in the same wallet.',
  code: 'Code: typed without a pause, and confirmed with the key that the lock asks for.',
}

/** What to look at where the door is, once everything on our side is in order. */
export function atTheDoor({ unlocksWith }: DoorFacts['door']): string[] {
  return [
    ...unlocksWith.map((method) => hints[method]),
    'The lock: it lights up when it is touched; one that stays dark has no power.',
    'The door itself: it is not blocked, and it is this very door that they stand at.',
  ]
}
