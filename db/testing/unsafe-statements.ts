/** A statement of a migration that an instance of the version before would fail at or wait for, and why. */
export type UnsafeStatement = { statement: string; reason: string }

/** What a statement carries that was thought about, before its reason. */
const marker = /--\s*safe because\s+\S+/i

/** Written for statements in lower case, without quotes and with single spaces. */
const rules: { pattern: RegExp; reason: string; ofNewTablesToo?: boolean }[] = [
  {
    pattern: /^drop (table|view|materialized view|type|schema|function|routine|procedure|sequence)\b/,
    reason: 'the version before still uses what is dropped',
    ofNewTablesToo: true,
  },
  { pattern: /\bdrop column\b/, reason: 'the version before still reads and writes the column' },
  { pattern: /\bdrop default\b/, reason: 'the version before leaves the value to the default' },
  { pattern: /^alter \w+ .*\brename\b/, reason: 'the version before knows the old name only', ofNewTablesToo: true },
  {
    pattern: /\balter (column )?\w+ (set data )?type\b/,
    reason: 'all rows may be written anew while nobody can read them, and the version before expects the old type',
  },
  {
    pattern: /\bset not null\b/,
    reason: 'all rows are read while nobody can read them, and the version before may write null',
  },
  {
    pattern: /\badd (column )?(?!constraint\b)\w+ (?=[^,]*\bnot null\b)(?![^,]*\b(default|generated)\b)/,
    reason: 'the version before writes rows without the column',
  },
  {
    pattern:
      /\badd (column )?(?!constraint\b)\w+ [^,]*\b(generated|serial|default (gen_random_uuid|random|clock_timestamp|nextval))\b/,
    reason: 'all rows are written anew while nobody can read them',
  },
  {
    pattern: /\badd (column )?(?!constraint\b)\w+ [^,]*\b(unique|primary key|references|check)\b/,
    reason: 'all rows are checked while nobody can write them: add the rule by itself, NOT VALID',
  },
  {
    pattern: /\badd constraint (?!.*\b(not valid|using index)\b)/,
    reason: 'all rows are checked while nobody can write them: add it NOT VALID, and VALIDATE it in the next migration',
  },
  {
    pattern: /^create (unique )?index (?!concurrently\b)/,
    reason:
      'nobody can write while it is built: CREATE INDEX CONCURRENTLY IF NOT EXISTS, in a migration of nothing else',
  },
  {
    pattern: /^(update|delete from|truncate|lock|cluster|vacuum full|reindex)\b/,
    reason: 'its rows are locked until the migration ends',
  },
]

/**
 * The statements of a migration that cannot run beside an instance of the version before, or that keep others
 * from a table that may be big. What is done to tables that the migration itself has made is safe, and so is what a
 * comment says so of: `-- safe because …`, within the statement.
 *
 * @param migration the text of its file.
 */
export function findUnsafeStatements(migration: string): UnsafeStatement[] {
  const statements = splitStatements(migration)
  const plain = statements.map(plainly)
  const newTables = new Set(plain.map((text) => /^create table (?:if not exists )?([\w.]+)/.exec(text)?.[1]))
  const found: UnsafeStatement[] = []
  const report = (place: number, reason: string) => {
    const statement = statements[place] ?? ''
    if (!marker.test(statement)) found.push({ statement: statement.trim(), reason })
  }
  for (const [place, text] of plain.entries()) {
    const isOfNewTable = newTables.has(tableOf(text))
    for (const { pattern, reason, ofNewTablesToo } of rules) {
      if (pattern.test(text) && !(isOfNewTable && !ofNewTablesToo)) report(place, reason)
    }
    const validated = /\bvalidate constraint (\w+)/.exec(text)?.[1]
    if (validated && plain.some((other) => other.includes(`add constraint ${validated} `))) {
      report(place, 'it is checked under the lock that adding it took: VALIDATE it in the next migration')
    }
  }
  // Such a migration is no transaction: broken off, it begins again.
  if (plain.some((text) => /\bconcurrently\b/.test(text))) {
    for (const [place, text] of plain.entries()) {
      if (!/^create (unique )?index concurrently if not exists\b/.test(text)) {
        report(place, 'it may be done twice, as indexes are built concurrently outside a transaction')
      }
    }
  }
  return found
}

function tableOf(text: string): string | undefined {
  return /^alter table (?:if exists |only )*([\w.]+)|^create (?:unique )?index .*? on (?:only )?([\w.]+)|^(?:update|delete from|truncate|lock)(?: table)?(?: only)? ([\w.]+)/
    .exec(text)
    ?.slice(1)
    .find((name) => name !== undefined)
}

/** At semicolons, but for those within a function's body or a text. */
function splitStatements(migration: string): string[] {
  const parts = migration
    .replaceAll('--> statement-breakpoint', '')
    .split(/(\$\w*\$[\s\S]*?\$\w*\$|'(?:[^']|'')*'|--[^\n]*|;)/)
  const statements: string[] = ['']
  for (const part of parts) {
    if (part === ';') statements.push('')
    else statements[statements.length - 1] += part
  }
  return statements.filter((statement) => plainly(statement) !== '')
}

function plainly(statement: string): string {
  return statement
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\$\w*\$[\s\S]*?\$\w*\$/g, '$$$$')
    .replaceAll(/"public"\.|"/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}
