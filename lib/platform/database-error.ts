/** What PostgreSQL says of an error: its SQLSTATE code and, for a broken rule, the constraint's name. */
export type DatabaseErrorDetails = { code: string; constraint?: string }

/** Finds the database's own error inside what the driver and Drizzle wrap around it. */
export function databaseError(error: unknown): DatabaseErrorDetails | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint } = cause as Error & Partial<DatabaseErrorDetails>
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return { code, constraint }
  }
  return undefined
}
