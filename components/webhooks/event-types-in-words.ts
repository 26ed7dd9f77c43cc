/** Which events a webhook asks for, in a few words. */
export function eventTypesInWords(eventTypes: string[]): string {
  if (eventTypes.includes('*')) return 'All events'
  const [first = '', second, ...more] = eventTypes
  if (second === undefined) return first
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`
}
