import { z } from '@hono/zod-openapi'

/*
 * What the contract's answers are made of.
 */

export const uuid = () => z.string().openapi({ format: 'uuid' })

export const time = () => z.string().openapi({ format: 'date-time' })

/** ISO 8601 in UTC. */
export const isoTime = (date: Date): string => date.toISOString()

/** Something that is wrong, as the contract has it in `errors`. */
export const reportedError = z.object({ error_code: z.string(), message: z.string(), created_at: time() })

/** Something worth knowing, as the contract has it in `warnings`. */
export const reportedWarning = z.object({ warning_code: z.string(), message: z.string(), created_at: time() })
