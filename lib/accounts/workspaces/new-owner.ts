import { z } from 'zod'
import { lineOfText } from '@/lib/platform/input'
import { newPassword } from '../auth/password'
import { signInAddress } from '../auth/sign-in-address'
import { country, workspaceName } from './details'

/** What the setup page asks for. */
export const newOwnerSchema = z.object({
  name: lineOfText('Your name', 100),
  email: signInAddress(),
  password: newPassword(),
  workspace_name: workspaceName(),
  default_country: country(),
})
