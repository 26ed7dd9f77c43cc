import { Notice } from '../ui/notice'
import { TextLink } from '../ui/text-link'

type OpenTasksNoticeProps = { acsUserId: string; systemName: string; count: number }

/** Says that what Keyholder records of an ACS user isn't all programmed at the panel yet. */
export function OpenTasksNotice({ acsUserId, systemName, count }: OpenTasksNoticeProps) {
  return (
    <Notice tone="info">
      {count === 1 ? 'One change waits' : `${count} changes wait`} to be programmed at the panel of {systemName}.{' '}
      <TextLink href={`/tasks?acs_user=${acsUserId}`}>{count === 1 ? 'Show the task' : 'Show the tasks'}</TextLink>
    </Notice>
  )
}
