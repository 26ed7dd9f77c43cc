import { z } from 'zod'
import { lineOfText } from '@/lib/platform/input'

/** The email address that an account signs in with, in lower case: without letters beyond ASCII, as better-auth reads it. */
export const signInAddress = () =>
  lineOfText('The email address', 254)
    .toLowerCase()
    .pipe(z.email({ error: 'Enter an email address such as name@example.com.' }))
