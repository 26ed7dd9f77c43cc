import type { AcsUserStanding } from '@/lib/access/acs-users/acs-user'
import { ExactTime } from '../ui/viewer-time'

/** When an ACS user may get in. */
export function AccessSchedule({ standing }: { standing: Pick<AcsUserStanding, 'accessStartsAt' | 'accessEndsAt'> }) {
  const { accessStartsAt, accessEndsAt } = standing
  if (!accessStartsAt && !accessEndsAt) return <>At any time</>
  return (
    <>
      {accessStartsAt && (
        <>
          From <ExactTime at={accessStartsAt} />{' '}
        </>
      )}
      {accessEndsAt && (
        <>
          {accessStartsAt ? 'until' : 'Until'} <ExactTime at={accessEndsAt} />
        </>
      )}
    </>
  )
}
