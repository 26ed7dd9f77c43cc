/** The address's parameters as a page receives them; of one given twice, the first counts. */
export function toSearchParameters(given: Record<string, string | string[] | undefined>): URLSearchParams {
  const address = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) address.set(name, first)
  }
  return address
}
