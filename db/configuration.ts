import { z } from 'zod'

/** What is wrong with the environment: a sentence for each mistake, which begins with the variable's name. */
export class ConfigurationError extends Error {
  constructor(readonly mistakes: string[]) {
    super(`The configuration is wrong:${mistakes.map((mistake) => `\n  ${mistake}`).join('')}`)
    this.name = 'ConfigurationError'
  }
}

/** What a schema last read: what was written then, and what it meant. */
const lastRead = new WeakMap<z.ZodObject, { written: string; variables: unknown }>()

/**
 * The variables that a schema describes; an empty one counts as none. Every request asks for some, so that what is
 * written as it was the last time is not read again.
 *
 * @throws ConfigurationError with all that is wrong. The values themselves are not repeated: they may be secrets.
 */
export function readVariables<Schema extends z.ZodObject>(schema: Schema): z.output<Schema> {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, process.env[name] || undefined]))
  const written = JSON.stringify(given)
  const last = lastRead.get(schema)
  if (last?.written === written) return last.variables as z.output<Schema>
  const parsed = schema.safeParse(given)
  if (parsed.success) {
    lastRead.set(schema, { written, variables: parsed.data })
    return parsed.data
  }
  throw new ConfigurationError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`))
}

const serverUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
  .optional()

const configurationSchema = z.object({
  DATABASE_URL: serverUrl,
  DATABASE_OWNER_URL: serverUrl,
  DATABASE_DIRECT_URL: serverUrl,
  DATABASE_REPLICA_URL: serverUrl,
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_POOL_SIZE: z
    .string()
    .regex(/^\d{1,4}$/, { error: 'must be a number from 1 to 1000' })
    .transform(Number)
    .refine((size) => size >= 1 && size <= 1000, { error: 'must be a number from 1 to 1000' })
    .default(10),
})

/**
 * Where the database is, from the environment. Without `DATABASE_URL` it is the embedded one in
 * `DATA_DIR`.
 *
 * @throws ConfigurationError that names each wrong variable.
 */
export function databaseConfiguration() {
  const variables = readVariables(configurationSchema)
  refuseHalf(variables)
  return {
    url: variables.DATABASE_URL,
    /** The same database for the role that owns the tables, where `url` is of another one that only serves. */
    ownerUrl: variables.DATABASE_OWNER_URL,
    /** The server itself, where `url` leads through a pooler: for what belongs to one connection. */
    directUrl: variables.DATABASE_DIRECT_URL,
    /** A streaming replica that pages may be read from. */
    replicaUrl: variables.DATABASE_REPLICA_URL,
    folder: variables.DATA_DIR,
    poolSize: variables.DATABASE_POOL_SIZE,
  }
}

function refuseHalf({ DATABASE_URL, DATABASE_OWNER_URL }: z.output<typeof configurationSchema>): void {
  if (DATABASE_URL || !DATABASE_OWNER_URL) return
  throw new ConfigurationError(['DATABASE_URL is missing: DATABASE_OWNER_URL is the same database for its owner.'])
}
