import Link from 'next/link'
import type { AcsUserListItem } from '@/lib/acs-users/acs-user'
import type { ListColumn } from '../list/list-table'
import { PendingNavigation } from '../shell/pending-navigation'
import { Badge } from '../ui/badge'
import { RelativeTime } from '../ui/viewer-time'
import { ProblemBadge } from './acs-user-badges'

/** The columns of an access system's list of ACS users. */
export const acsUserColumns: ListColumn<AcsUserListItem>[] = [
  {
    id: 'acs-user',
    header: 'ACS user',
    sorts: { ascending: 'name', descending: 'name-desc' },
    className: 'sm:w-[32%] sm:min-w-52 sm:max-w-0 max-sm:col-start-1 max-sm:row-start-1 min-w-0',
    cell: ({ row: { original: user } }) => (
      <>
        <Link
          href={`/acs-users/${user.acsUserId}`}
          data-row-link
          prefetch={false}
          title={user.displayName}
          className="block truncate font-medium outline-offset-0 after:absolute after:inset-0"
        >
          <bdi>{user.displayName}</bdi>
          <PendingNavigation to="page" />
        </Link>
        <span className="block truncate text-muted text-xs">{user.emailAddress ?? 'No email'}</span>
      </>
    ),
  },
  {
    id: 'phone',
    header: 'Phone',
    className: 'tabular max-lg:hidden whitespace-nowrap',
    cell: ({ row }) => row.original.phoneNumber,
  },
  {
    id: 'identity',
    header: 'User identity',
    className: 'min-w-0 sm:max-w-56 max-sm:col-start-1 max-sm:row-start-2 max-sm:pt-1',
    cell: ({ row: { original: user } }) =>
      user.identity ? (
        <Link
          href={`/identities/${user.identity.userIdentityId}`}
          prefetch={false}
          className="relative block w-fit max-w-full truncate hover:underline"
          title={user.identity.displayName}
        >
          <bdi>{user.identity.displayName}</bdi>
        </Link>
      ) : (
        <span className="text-muted">Not linked</span>
      ),
  },
  {
    id: 'state',
    header: 'State',
    className: 'max-sm:col-start-2 max-sm:row-start-2 max-sm:justify-self-end',
    cell: ({ row: { original: user } }) =>
      user.problem ? <ProblemBadge label={user.problem} /> : <Badge tone="success">Active</Badge>,
  },
  {
    id: 'created',
    header: 'Created',
    sorts: { ascending: 'oldest', descending: 'newest' },
    className: 'text-muted sm:w-36 max-sm:col-start-2 max-sm:row-start-1 max-sm:text-xs',
    cell: ({ row }) => <RelativeTime at={row.original.createdAt} />,
  },
]
