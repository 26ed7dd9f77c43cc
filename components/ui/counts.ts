import { isMoreThanCounted, mostCounted } from '@/lib/platform/pagination/total'

const number = new Intl.NumberFormat('en')

/** A count as it stands beside others: “1,200”. */
export function formatCount(count: number): string {
  return number.format(count)
}

/** How many a list has, as far as it was counted: “1,200”, “10,000+”. */
export function formatTotal(total: number): string {
  return isMoreThanCounted(total) ? `${number.format(mostCounted)}+` : number.format(total)
}

/** “1,200 rows”, “1 row”. */
export function countInWords(count: number, one: string, many: string): string {
  return `${number.format(count)} ${count === 1 ? one : many}`
}

/** “1,200 people”, “1 person”. */
export function peopleInWords(count: number): string {
  return countInWords(count, 'person', 'people')
}

/** “12 ACS users”, “1 ACS user”. */
export function acsUsersInWords(count: number): string {
  return countInWords(count, 'ACS user', 'ACS users')
}
