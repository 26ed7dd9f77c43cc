import { and, type Column, or, type SQL, sql } from 'drizzle-orm'
import { nameForms } from './name-forms'
import { nameWords } from './names'

/** From here on two names, 0 to 1 by trigrams, are called similar; below it, they share too little to be worth a look. */
export const similarName = 0.45
const mostWords = 4

/** How alike a name and a `sort_name` column are, 0 to 1, as SQL. */
export function nameSimilarity(name: string, sortName: Column | SQL): SQL<number> {
  return sql<number>`similarity(search_normalize(${name}), ${sortName})`
}

/**
 * Whether a name may resemble the one in a row, as an SQL condition that the trigram index answers: whoever
 * has nearly the whole name, or another form of it, somewhere in `searchText`, or two of its words (of
 * somebody who is known by three). By a single word nobody is looked for: whoever is called Maria would be
 * compared with every other.
 */
export function mayResembleName(name: string, searchText: Column): SQL {
  const words = nameWords(name)
    .filter((word) => word.length >= 3)
    .slice(0, mostWords)
  const pairs = words.length < 3 ? [] : words.flatMap((one, at) => words.slice(at + 1).map((other) => [one, other]))
  const contains = (word: string) => sql`${searchText} like search_pattern(${word})`
  const candidates = or(
    ...[...new Set([name.toLowerCase(), ...nameForms(name)])].map(
      (form) => sql`search_normalize(${form}) <% ${searchText}`,
    ),
    ...pairs.map((pair) => and(...pair.map(contains))),
  )
  return sql`(${candidates})`
}

/** Whether a name resembles the one in a row, as an SQL condition: it may, and the names themselves are compared. */
export function resemblesName(name: string, columns: { searchText: Column; sortName: Column }): SQL {
  return sql`(${mayResembleName(name, columns.searchText)} and ${nameSimilarity(name, columns.sortName)} >= ${similarName})`
}
