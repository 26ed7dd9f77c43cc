import Link from 'next/link'
import type { AcsUserListItem } from '@/lib/access/acs-users/acs-user'
import type { ListColumn } from '../list/list-table'
import { RowLink } from '../list/row-link'
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
    show: (user) => (
      <>
        <RowLink href={`/acs-users/${user.acsUserId}`} title={user.displayName}>
          {user.displayName}
        </RowLink>
        <span className="block truncate text-muted text-xs">{user.emailAddress ?? 'No email'}</span>
      </>
    ),
  },
  {
    id: 'phone',
    header: 'Phone',
    className: 'tabular max-lg:hidden whitespace-nowrap',
    show: (user) => user.phoneNumber,
  },
  {
    id: 'identity',
    header: 'User identity',
    className: 'min-w-0 sm:max-w-56 max-sm:col-start-1 max-sm:row-start-2 max-sm:pt-1',
    show: (user) =>
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
    show: (user) => (user.problem ? <ProblemBadge label={user.problem} /> : <Badge tone="success">Active</Badge>),
  },
  {
    id: 'created',
    header: 'Created',
    sorts: { ascending: 'oldest', descending: 'newest' },
    className: 'text-muted sm:w-36 max-sm:col-start-2 max-sm:row-start-1 max-sm:text-xs',
    show: (user) => <RelativeTime at={user.createdAt} />,
  },
]
