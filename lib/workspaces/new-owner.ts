import { z } from 'zod'
import { lineOfText } from '../parse-input'
import { country, workspaceName } from './details'

/** What the setup page asks for. */
export const newOwnerSchema = z.object({
  name: lineOfText('Your name', 100),
  email: lineOfText('The email address', 254)
    .toLowerCase()
    .pipe(z.email({ error: 'Enter an email address such as name@example.com.' })),
  password: z
    .string({ error: 'Enter a password.' })
    .min(10, { error: 'The password must be at least 10 characters long.' })
    .max(128, { error: 'The password must be at most 128 characters long.' }),
  workspace_name: workspaceName(),
  default_country: country(),
})
