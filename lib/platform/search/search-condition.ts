import { and, type Column, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { SearchQuery } from './search-query'

/**
 * The SQL condition under which a row is found by a search.
 *
 * @param searchText what is searched, normalised by `search_normalize`; best a column with a trigram index.
 * @param idColumns columns in which a pasted id is looked up.
 * @param moreIds further conditions for pasted ids.
 */
export function searchCondition(
  query: SearchQuery,
  searchText: Column | SQL,
  idColumns: Column[],
  moreIds: (ids: string[]) => SQL[] = () => [],
): SQL | undefined {
  if (query.kind === 'everything') return undefined
  if (query.kind === 'ids') {
    return or(...idColumns.map((column) => inArray(column, query.ids)), ...moreIds(query.ids))
  }
  const contains = (part: string) => sql`${searchText} like search_pattern(${part})`
  return and(...query.terms.map(({ anyOf }) => or(...anyOf.map((parts) => and(...parts.map(contains))))))
}
