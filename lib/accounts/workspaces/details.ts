import { isSupportedCountry } from 'libphonenumber-js/min'
import { z } from 'zod'
import { lineOfText } from '@/lib/platform/input'

/** What a workspace may be called. */
export const workspaceName = () => lineOfText('The workspace name', 100)

/** A country whose phone numbers can be read, by its ISO 3166-1 alpha-2 code. */
export const country = () =>
  z
    .string({ error: 'Choose a country.' })
    .refine((code) => isSupportedCountry(code), { error: 'Choose a country from the list.' })

/** What a further workspace asks for. A sandbox may be reset later; a live workspace never. */
export const newWorkspaceSchema = z.object({
  name: workspaceName(),
  default_country: country(),
  kind: z.enum(['live', 'sandbox'], { error: 'Choose whether it is live or a sandbox.' }),
})

/** Whether members must have a second factor. */
export const secondFactorDemandSchema = z.object({ requires_second_factor: z.boolean() })

/** What can be changed about a workspace; what is left out stays. */
export const workspaceChangesSchema = z.object({
  name: workspaceName().optional(),
  default_country: country().optional(),
})
