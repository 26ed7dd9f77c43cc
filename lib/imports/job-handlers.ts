import type { JobHandlers } from '@/lib/background/jobs/job'
import { applyHandler } from './apply'
import { checkHandler } from './check'
import { removalHandler } from './removal'
import { takeBackHandler } from './take-back'

/** How the jobs of importing are done, for the runner. */
export const importJobHandlers = {
  'import.check': checkHandler,
  'import.apply': applyHandler,
  'import.undo': takeBackHandler,
  'import.remove': removalHandler,
} satisfies JobHandlers
