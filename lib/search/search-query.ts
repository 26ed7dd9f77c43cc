import { isUuid } from '../parse-input'

/** One thing that must be found; any one of its patterns will do. */
export type SearchTerm = { patterns: string[] }

/** What somebody typed into a search box, understood. */
export type SearchQuery =
  | { kind: 'everything' }
  | { kind: 'ids'; ids: string[] }
  | { kind: 'terms'; terms: SearchTerm[] }

const longestQuery = 200
const mostTerms = 8
const shortestPhoneRun = 3

/**
 * Reads a search box: pasted ids are looked up as ids; words must all be found, in any order; digits
 * with phone punctuation are one phone number, whatever its spaces, dashes, trunk zeros and prefix.
 */
export function parseSearchQuery(typed: string): SearchQuery {
  const words = typed
    .slice(0, longestQuery)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return { kind: 'everything' }

  const ids = words.map((word) => word.replace(/^["'(]+|["'),;]+$/g, '').toLowerCase())
  if (ids.every(isUuid)) return { kind: 'ids', ids: ids.slice(0, mostTerms) }

  const terms: SearchTerm[] = []
  for (let start = 0; start < words.length && terms.length < mostTerms; ) {
    let end = start
    while (end < words.length && isPhoneLike(words[end] ?? '')) end++
    const run = words.slice(start, end).join(' ')
    const patterns = phonePatterns(run)
    if (patterns.length > 0) {
      terms.push({ patterns: [...new Set([...patterns, run])] })
      start = end
    } else {
      terms.push({ patterns: [words[start] ?? ''] })
      start++
    }
  }
  return { kind: 'terms', terms }
}

const isPhoneLike = (word: string) => /^[+\d().\-/]+$/.test(word)

/** The runs of digits that a stored phone number may contain if it is the written one. */
function phonePatterns(written: string): string[] {
  const digits = written.replace(/\D/g, '')
  if (digits.length < shortestPhoneRun) return []
  // "+44 (0)20 …": the zero in brackets is dialled only inside the country; "0044…" and "020…" begin
  // with prefixes that E.164 does not have.
  const withoutTrunkZero = written.replace('(0)', '').replace(/\D/g, '')
  return [digits, withoutTrunkZero, digits.replace(/^0+/, ''), withoutTrunkZero.replace(/^0+/, '')].filter(
    (run) => run.length >= shortestPhoneRun,
  )
}
