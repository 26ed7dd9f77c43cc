import { z } from 'zod'

const configurationSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(1000).default(10),
})

/**
 * Where the database is, from the environment. Without `DATABASE_URL` it is the embedded one in
 * `DATA_DIR`. Throws an Error that names each wrong variable.
 */
export function databaseConfiguration() {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const parsed = configurationSchema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new Error(`The configuration is wrong: ${lines.join('; ')}`)
  }
  return {
    url: parsed.data.DATABASE_URL,
    folder: parsed.data.DATA_DIR,
    poolSize: parsed.data.DATABASE_POOL_SIZE,
  }
}
