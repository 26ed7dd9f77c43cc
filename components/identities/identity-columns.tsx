import type { AccessSystem } from '@/lib/access/systems/access-system'
import type { IdentityListItem } from '@/lib/people/identities/queries'
import { SystemMark } from '../access-systems/system-mark'
import type { ListColumn } from '../list/list-table'
import { RowLink } from '../list/row-link'
import { MovesOut } from '../moves/moves-out'
import { Avatar } from '../ui/avatar'
import { RelativeTime } from '../ui/viewer-time'

/** The columns of the identities list; one mark for each of the workspace's access systems. */
export function identityColumns(accessSystems: AccessSystem[]): ListColumn<IdentityListItem>[] {
  return [
    {
      id: 'person',
      header: 'Person',
      sorts: { ascending: 'name', descending: 'name-desc' },
      className: 'sm:w-[30%] sm:min-w-56 sm:max-w-0 max-sm:col-start-1 max-sm:row-start-1 min-w-0',
      show: (person) => <PersonCell person={person} />,
    },
    {
      id: 'phone',
      header: 'Phone',
      className: 'tabular max-lg:hidden whitespace-nowrap',
      show: (person) => person.phoneNumber,
    },
    {
      id: 'key',
      header: 'Key',
      className: 'max-xl:hidden sm:max-w-44',
      show: ({ userIdentityKey }) =>
        userIdentityKey && (
          <span className="block truncate font-mono text-xs" title={userIdentityKey}>
            {userIdentityKey}
          </span>
        ),
    },
    {
      id: 'systems',
      header: 'Access systems',
      className: 'max-sm:col-span-2 max-sm:row-start-2 max-sm:pt-1.5 max-sm:pl-9',
      show: (person) => <SystemMarks accessSystems={accessSystems} person={person} />,
    },
    {
      id: 'created',
      header: 'Created',
      sorts: { ascending: 'oldest', descending: 'newest' },
      className: 'text-muted sm:w-36 max-sm:col-start-2 max-sm:row-start-1 max-sm:text-xs',
      show: (person) => <RelativeTime at={person.createdAt} />,
    },
  ]
}

function PersonCell({ person }: { person: IdentityListItem }) {
  const second = person.emailAddress !== person.displayName ? person.emailAddress : null
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar id={person.userIdentityId} name={person.displayName} />
      <span className="min-w-0">
        <RowLink
          href={`/identities/${person.userIdentityId}`}
          title={second ? `${person.displayName} · ${second}` : person.displayName}
        >
          {person.displayName}
        </RowLink>
        <span className="block truncate text-muted text-xs" title={second ?? undefined}>
          {second ?? (person.emailAddress ? 'No name' : 'No email')}
        </span>
      </span>
      {person.movesOutAt && (
        <span className="ml-auto">
          <MovesOut at={person.movesOutAt} />
        </span>
      )}
    </span>
  )
}

function SystemMarks({ accessSystems, person }: { accessSystems: AccessSystem[]; person: IdentityListItem }) {
  return (
    <span className="flex flex-wrap gap-1">
      {accessSystems.map((system) => {
        const link = person.links.find((candidate) => candidate.acsSystemId === system.acsSystemId)
        return (
          <SystemMark
            key={system.acsSystemId}
            monogram={system.monogram}
            systemName={system.name}
            state={link ? (link.problem ? 'problem' : 'linked') : 'missing'}
            problem={link?.problem}
          />
        )
      })}
    </span>
  )
}
