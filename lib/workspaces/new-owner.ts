import { z } from 'zod'
import { newPassword, refuseWeakPassword } from '../auth/password'
import { lineOfText } from '../parse-input'
import { country, workspaceName } from './details'

/** What the setup page asks for. */
export const newOwnerSchema = z
  .object({
    name: lineOfText('Your name', 100),
    email: lineOfText('The email address', 254)
      .toLowerCase()
      .pipe(z.email({ error: 'Enter an email address such as name@example.com.' })),
    password: newPassword(),
    workspace_name: workspaceName(),
    default_country: country(),
  })
  .superRefine(refuseWeakPassword)
