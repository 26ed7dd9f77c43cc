'use client'

import type { AcsUserListItem } from '@/lib/access/acs-users/acs-user'
import {
  type AcsUserListParameters,
  acsUserLinks,
  readAcsUserListParameters,
  writeAcsUserListParameters,
} from '@/lib/access/acs-users/list-parameters'
import { FilterSelect, ProblemFilter } from '../list/filters'
import { acsUsersDataPath } from '../list/list-query'
import { ListView } from '../list/list-view'
import { useList } from '../list/use-list'
import { EmptyState } from '../ui/empty-state'
import { acsUserColumns } from './acs-user-columns'

const cleared = { search: '', linked: null, hasProblem: false }
const idOf = (user: AcsUserListItem) => user.acsUserId
const nameOf = (user: AcsUserListItem) => user.displayName

/** An access system's ACS users. */
export function AcsUsersList({ acsSystemId, label }: { acsSystemId: string; label: string }) {
  const list = useList<AcsUserListParameters, AcsUserListItem>({
    path: `/access-systems/${acsSystemId}`,
    dataPath: acsUsersDataPath(acsSystemId),
    read: readAcsUserListParameters,
    write: writeAcsUserListParameters,
  })
  const { parameters, show } = list
  return (
    <ListView
      list={list}
      noun={{ one: 'ACS user', many: 'ACS users' }}
      label={label}
      searchPlaceholder="Name, email, phone or ID"
      columns={acsUserColumns}
      itemId={idOf}
      nameOf={nameOf}
      cleared={cleared}
      isFiltered={parameters.search !== '' || parameters.linked !== null || parameters.hasProblem}
      hidden={writeAcsUserListParameters(parameters)}
      exportPath={`${acsUsersDataPath(acsSystemId)}/export`}
      sorts={[
        { value: 'name', name: 'Name A–Z' },
        { value: 'name-desc', name: 'Name Z–A' },
        { value: 'newest', name: 'Newest' },
        { value: 'oldest', name: 'Oldest' },
      ]}
      filters={
        <>
          <FilterSelect
            label="Linked"
            value={parameters.linked ?? ''}
            onChange={(value) => show({ linked: acsUserLinks.find((known) => known === value) ?? null })}
            options={[
              { value: '', name: 'Linked or not' },
              { value: 'linked', name: 'Linked' },
              { value: 'unlinked', name: 'Not linked' },
              { value: 'not_a_person', name: 'Not a person' },
            ]}
          />
          <ProblemFilter pressed={parameters.hasProblem} onChange={(hasProblem) => show({ hasProblem })} />
        </>
      }
      empty={
        <EmptyState title="No ACS users yet">
          An ACS user is a person as this access system knows them. Open a person’s page to create one here from their
          details.
        </EmptyState>
      }
    />
  )
}
