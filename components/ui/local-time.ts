/** A moment as a `datetime-local` field writes it, in the browser's zone; empty for none. */
export function toLocalInput(at: string | null): string {
  if (!at) return ''
  const date = new Date(at)
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** The moment that a `datetime-local` field means in the browser's zone, in ISO 8601; null for an empty or half-filled one. */
export function fromLocalInput(value: string): string | null {
  const date = new Date(value)
  return value === '' || Number.isNaN(date.getTime()) ? null : date.toISOString()
}
