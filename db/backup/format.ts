import { createHash } from 'node:crypto'
import { z } from 'zod'

/*
 * A backup is lines of JSON: one that says what it is of, then table by table one that names its columns
 * and one for each row, and one at the end with what must have been found until then.
 */

/** What a table came to: its rows, and the SHA-256 in hexadecimal of all its lines. */
export type TableSum = { table: string; rows: number; sha256: string }

const introductionSchema = z.strictObject({
  keyholder_backup: z.literal(1, { error: 'is of a kind that this Keyholder cannot read: a newer one made it' }),
  made_at: z.string(),
  migration: z.strictObject({ name: z.string(), made_at: z.number() }),
})
const tableSchema = z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) })
const endSchema = z.strictObject({
  tables: z.array(z.strictObject({ table: z.string(), rows: z.number(), sha256: z.string() })),
  counters: z.array(
    z.strictObject({ table: z.string(), column: z.string(), last: z.string().regex(/^\d+$/), isUsed: z.boolean() }),
  ),
})

/** The first line: which migration the database had had last. */
export type Introduction = z.infer<typeof introductionSchema>
/** The line before a table's rows. */
export type TableHeading = z.infer<typeof tableSchema>
/** The last line: what each table came to, and where its identity columns stood. */
export type End = z.infer<typeof endSchema>

/** A file that is no backup, or no longer what was written. */
export class DamagedBackup extends Error {}

/** Adds up a table's lines. */
export class TableTally {
  readonly #hash = createHash('sha256')
  #rows = 0

  constructor(readonly heading: TableHeading) {
    this.#hash.update(`${JSON.stringify(heading)}\n`)
  }

  addRow(line: string): void {
    this.#hash.update(`${line}\n`)
    this.#rows += 1
  }

  sum(): TableSum {
    return { table: this.heading.table, rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

/** Whether two databases, or one and its backup, hold the same rows. */
export function sameSums(left: TableSum[], right: TableSum[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

/** What is done with each part of a backup as it is read. */
export type BackupReader = {
  onIntroduction: (introduction: Introduction) => void | Promise<void>
  onTable: (heading: TableHeading) => void | Promise<void>
  onRow: (line: string) => void | Promise<void>
}

/**
 * Reads a backup line by line and holds it to what its last line says.
 *
 * @returns `take` for each line, and `finish` once there are no more, which gives that last line.
 * @throws DamagedBackup, from both.
 */
export function readBackup(reader: BackupReader): { take: (line: string) => Promise<void>; finish: () => End } {
  let isIntroduced = false
  let tally: TableTally | undefined
  let end: End | undefined
  const found: TableSum[] = []
  const closeTable = () => {
    if (tally) found.push(tally.sum())
    tally = undefined
  }

  const take = async (line: string) => {
    if (end) throw new DamagedBackup('Something follows where the backup has ended.')
    if (!isIntroduced) {
      const introduction = parseLine(line, introductionSchema)
      isIntroduced = true
      await reader.onIntroduction(introduction)
    } else if (line.startsWith('[')) {
      if (!tally) throw new DamagedBackup('There is a row that belongs to no table.')
      tally.addRow(line)
      await reader.onRow(line)
    } else if (line.startsWith('{"table":')) {
      closeTable()
      const heading = parseLine(line, tableSchema)
      tally = new TableTally(heading)
      await reader.onTable(heading)
    } else {
      closeTable()
      end = parseLine(line, endSchema)
    }
  }

  const finish = () => {
    if (!isIntroduced) throw new DamagedBackup('It is empty.')
    if (!end) throw new DamagedBackup('Its end is missing.')
    if (!sameSums(found, end.tables)) {
      const changed = end.tables.find((sum) => !found.some((other) => sameSums([sum], [other])))
      throw new DamagedBackup(`${changed ? `The table ${changed.table} is` : 'Its tables are'} not what was written.`)
    }
    return end
  }
  return { take, finish }
}

function parseLine<Value>(line: string, schema: z.ZodType<Value>): Value {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new DamagedBackup('It holds a line that is no JSON.')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const newer = parsed.error.issues.find(({ path }) => path[0] === 'keyholder_backup')
  const claims = typeof value === 'object' && value !== null && 'keyholder_backup' in value
  throw new DamagedBackup(newer && claims ? `It ${newer.message}.` : 'It holds a line that Keyholder does not write.')
}
