import { isUuid } from '../input'

/** One thing that must be found: any one of its alternatives will do, of which all parts are found. */
type SearchTerm = { anyOf: string[][] }

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
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  if (words.length === 0) return { kind: 'everything' }

  const ids = words.map((word) => word.replace(/^["'(<]+|["')>]+$/g, '').toLowerCase())
  if (ids.every(isUuid)) return { kind: 'ids', ids: ids.slice(0, mostTerms) }

  const terms: SearchTerm[] = []
  const wanted = withoutOuterPunctuation(words)
  for (let start = 0; start < wanted.length && terms.length < mostTerms; ) {
    let end = start
    while (end < wanted.length && isPhoneLike(wanted[end] ?? '')) end++
    const run = wanted.slice(start, end)
    const numbers = phoneDigits(run.join(' '))
    if (numbers.length > 0) {
      terms.push({ anyOf: [...numbers.map((number) => [number]), run] })
      start = end
    } else {
      terms.push({ anyOf: [[wanted[start] ?? '']] })
      start++
    }
  }
  return { kind: 'terms', terms }
}

/** "Doe, Jane" and "Jane Doe <jane@example.com>" name the same words as without the punctuation. */
function withoutOuterPunctuation(words: string[]): string[] {
  const bare = words.map((word) => word.replace(/^["'<]+|["'>]+$/g, '')).filter((word) => word !== '')
  return bare.length > 0 ? bare : words
}

// Dashes of any kind, bullets and underscores; invisible marks come along when a contact is copied.
const isPhoneLike = (word: string) => /^(?:tel:)?[+\d().\p{Pd}/_•·\p{Cf}]+$/iu.test(word)

/** The runs of digits that a stored phone number may contain if it is the written one. */
function phoneDigits(written: string): string[] {
  const digits = written.replace(/\D/g, '')
  // "+44 (0)20 …": the zero in brackets is dialled only inside the country; "0044…", "01144…" and
  // "020…" begin with prefixes that E.164 does not have.
  const withoutTrunkZero = written.replace('(0)', '').replace(/\D/g, '')
  const runs = [digits, withoutTrunkZero].flatMap((run) => [run, run.replace(/^0+/, ''), run.replace(/^011/, '')])
  return [...new Set(runs)].filter((run) => run.length >= shortestPhoneRun)
}
