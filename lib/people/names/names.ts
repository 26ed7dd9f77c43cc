import { areNicknames } from './nicknames'

/**
 * How two full names agree, best first:
 * - `same`: the same words, whatever their order, case, accents and punctuation; one may have a middle
 *   name or initial more
 * - `nickname`: the same but for a short form of a given name ("Liz", "Elizabeth")
 * - `misspelt`: the same but for a letter or two, as a hand slips
 * - `initials`: one has only the initial of what the other writes out ("J. Doe")
 * - `doubtful`: part of a name, or given names that differ by an ending, as those of relatives do ("Mario", "Maria")
 * - `renamed`: the same given name with another family name
 * - `relative`: the same family name with another given name, or the junior of a senior
 * - `different`: no word in common
 * - `unknown`: one of them has no name
 */
export type NameAgreement =
  | 'same'
  | 'nickname'
  | 'misspelt'
  | 'initials'
  | 'doubtful'
  | 'renamed'
  | 'relative'
  | 'different'
  | 'unknown'

const plainLetters: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
}
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof'])
const generations = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])

type Name = { words: string[]; generation: string | null; familyFirst: boolean }

/** A name's words in lower case, without accents, titles and punctuation. */
export function nameWords(name: string): string[] {
  return read(name).words
}

function read(name: string): Name {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[ßøłđðþıæœ]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/['’‘`´]/g, '')
  const all = plain.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word !== '' && !titles.has(word))
  // Who is called nothing but "Junior" is no junior of anybody.
  const generation = all.length > 2 ? (all.find((word) => generations.has(word)) ?? null) : null
  return {
    words: generation === null ? all : all.filter((word) => word !== generation),
    generation,
    familyFirst: /^[^,]+,\s*\p{Letter}/u.test(plain) && !/,\s*(jr|sr|ii|iii|iv)\b/.test(plain),
  }
}

/** "Müller" is also written "Mueller": the two are one word. */
const folded = (word: string) => word.replace(/([aou])e/g, '$1')

/** The least letters of a word in which one wrong letter is a slip of the hand; below, it is another name. */
const fewestLetters = 4
/** From so many letters on, two wrong ones are still a slip. */
const manyLetters = 8

const kinds = ['equal', 'nickname', 'slip', 'ending', 'initial'] as const
type Kind = (typeof kinds)[number]

function relationOf(one: string, other: string): Kind | null {
  if (one === other || folded(one) === folded(other)) return 'equal'
  const shorter = Math.min(one.length, other.length)
  if (shorter === 1) return one[0] === other[0] ? 'initial' : null
  if (areNicknames(one, other)) return 'nickname'
  if (shorter < fewestLetters) return null
  const slips = editDistance(one, other)
  if (slips > (shorter >= manyLetters ? 2 : 1)) return null
  // Mario and Maria, Daniel and Daniela; a slip of the hand is rarely there.
  return one.slice(0, shorter - 1) === other.slice(0, shorter - 1) ? 'ending' : 'slip'
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1)
      current.push(least)
    }
    before = last
    last = current
  }
  return last[other.length] ?? 0
}

type Pair = { one: number; other: number; kind: Kind }

/** Which words of two names stand for each other, each at most once, the closest first. */
function pairWords(one: string[], other: string[]): Pair[] {
  const possible = one.flatMap((word, index) =>
    other.flatMap((otherWord, otherIndex) => {
      const kind = relationOf(word, otherWord)
      // Sorted without regard to which name is which, so that the answer does not depend on it either.
      return kind ? [{ one: index, other: otherIndex, kind, key: [word, otherWord].sort().join(' ') }] : []
    }),
  )
  possible.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const pairs: Pair[] = []
  for (const pair of possible) {
    if (!pairs.some((taken) => taken.one === pair.one || taken.other === pair.other)) pairs.push(pair)
  }
  return pairs
}

/** Compares two full names; it does not matter which is which. */
export function compareNames(oneName: string | null, otherName: string | null): NameAgreement {
  const [one, other] = [read(oneName ?? ''), read(otherName ?? '')]
  if (one.words.length === 0 || other.words.length === 0) return 'unknown'
  if (one.generation && other.generation && one.generation !== other.generation) return 'relative'
  const agreement = compareWords(one, other)
  // "John Doe" may be either of John Doe junior and senior.
  const isVague = agreement === 'same' && one.generation !== other.generation
  return isVague ? 'doubtful' : agreement
}

function compareWords(one: Name, other: Name): NameAgreement {
  const joined = (words: string[]) => folded(words.join(''))
  if (joined(one.words) === joined(other.words)) return 'same'
  const pairs = pairWords(one.words, other.words)
  const leftOver = (words: string[], side: 'one' | 'other') =>
    words.filter((_word, index) => !pairs.some((pair) => pair[side] === index))
  const [left, right] = [leftOver(one.words, 'one'), leftOver(other.words, 'other')]
  const whole = pairs.filter(({ kind }) => kind !== 'initial')
  if (whole.length === 0) return pairs.length > 1 && left.length + right.length === 0 ? 'doubtful' : 'different'

  if (left.length > 0 && right.length > 0) return differing(one, other, pairs)
  // One word alone is the given or the family name of many.
  if (Math.min(one.words.length, other.words.length) === 1) return 'doubtful'
  const has = (kind: Kind) => pairs.some((pair) => pair.kind === kind)
  if (has('ending')) return 'doubtful'
  if (has('initial') && !isMiddleInitial(one, other, pairs)) return 'initials'
  if (pairs.filter(({ kind }) => kind === 'slip').length > 1) return 'doubtful'
  if (has('slip')) return 'misspelt'
  return has('nickname') ? 'nickname' : 'same'
}

/** Whether the initials only stand for middle names: two whole words agree besides. */
function isMiddleInitial(one: Name, other: Name, pairs: Pair[]): boolean {
  const whole = pairs.filter(({ kind }) => kind !== 'initial').length
  const isOuter = (name: Name, index: number) => index === 0 || index === name.words.length - 1
  return (
    whole >= 2 &&
    pairs.every((pair) => pair.kind !== 'initial' || !(isOuter(one, pair.one) && isOuter(other, pair.other)))
  )
}

/** Both have words that the other has not: who is it that shares the rest? */
function differing(one: Name, other: Name, pairs: Pair[]): NameAgreement {
  const equal = pairs.filter(({ kind }) => kind === 'equal' || kind === 'nickname')
  if (equal.length === 0) return 'different'
  const givenAt = ({ words, familyFirst }: Name) => (familyFirst ? words.length - 1 : 0)
  const sharesGiven = equal.some((pair) => pair.one === givenAt(one) && pair.other === givenAt(other))
  const familyAt = ({ words, familyFirst }: Name) => (familyFirst ? 0 : words.length - 1)
  const sharesFamily = equal.some((pair) => pair.one === familyAt(one) && pair.other === familyAt(other))
  if (sharesGiven && !sharesFamily) return 'renamed'
  return 'relative'
}
