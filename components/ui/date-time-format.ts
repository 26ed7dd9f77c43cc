const mostKept = 60
const kept = new Map<string, Intl.DateTimeFormat>()

/**
 * A formatter in English, made once: that takes many times as long as formatting, and a list of fifty people needs one
 * for each. A server keeps the latest only, whatever zones its visitors say that they are in.
 */
export function dateTimeFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const known = kept.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en', options)
  const [oldest] = kept.keys()
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
  kept.set(key, made)
  return made
}
