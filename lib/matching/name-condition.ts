import { type Column, or, type SQL, sql } from 'drizzle-orm'

/** From here on two names, 0 to 1 by trigrams, are called similar; below it, they share too little to be worth a look. */
const similarName = 0.45
const mostWords = 6

/** How alike a name and a `sort_name` column are, 0 to 1, as SQL. */
export function nameSimilarity(name: string, sortName: Column): SQL<number> {
  return sql<number>`similarity(search_normalize(${name}), ${sortName})`
}

/**
 * Whether a name resembles the one in a row, as an SQL condition. Candidates come from the trigram
 * index: whoever has nearly the whole name or nearly one of its words somewhere in `searchText`
 * ("Jonathan Smith" and "Jon Smith" share the second); then the names themselves are compared.
 */
export function resemblesName(name: string, columns: { searchText: Column; sortName: Column }): SQL {
  const words = name.split(/\s+/).filter((word) => word.length >= 3)
  const candidates = or(
    ...[name, ...words.slice(0, mostWords)].map((part) => sql`search_normalize(${part}) <% ${columns.searchText}`),
  )
  return sql`(${candidates} and ${nameSimilarity(name, columns.sortName)} >= ${similarName})`
}
