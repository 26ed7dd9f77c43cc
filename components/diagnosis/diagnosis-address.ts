/** The address of a page with another door diagnosed: an entrance's id, `all`, or null for none. */
export function diagnosisAddress(path: string, current: URLSearchParams | string, door: string | null): string {
  const search = new URLSearchParams(current)
  search.delete('notice')
  search.delete('edit')
  if (door === null) search.delete('door')
  else search.set('door', door)
  return search.size > 0 ? `${path}?${search}` : path
}
