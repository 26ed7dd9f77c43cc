'use client'

import { useMemo } from 'react'
import type { AccessSystem } from '@/lib/access/systems/access-system'
import {
  everySystem,
  type IdentityListParameters,
  readIdentityListParameters,
  writeIdentityListParameters,
} from '@/lib/people/identities/list-parameters'
import type { IdentityListItem } from '@/lib/people/identities/queries'
import { FilterSelect, ProblemFilter } from '../list/filters'
import { identitiesDataPath } from '../list/list-query'
import { ListView } from '../list/list-view'
import { useList } from '../list/use-list'
import { useSelection } from '../list/use-selection'
import { ButtonLink } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { identityColumns } from './identity-columns'
import { type PeopleActions, SelectionActions } from './selection-actions'

type IdentitiesListProps = {
  accessSystems: AccessSystem[]
  mayCreate: boolean
  actions: PeopleActions
}

const cleared = { search: '', linkedIn: null, missingFrom: null, hasProblem: false, moving: null }
const idOf = (person: IdentityListItem) => person.userIdentityId
const nameOf = (person: IdentityListItem) => person.displayName

/** The workspace's people. */
export function IdentitiesList({ accessSystems, mayCreate, actions }: IdentitiesListProps) {
  const list = useList<IdentityListParameters, IdentityListItem>({
    path: '/identities',
    dataPath: identitiesDataPath,
    read: readIdentityListParameters,
    write: writeIdentityListParameters,
  })
  const { parameters, show } = list
  const selection = useSelection(idOf, nameOf)
  const columns = useMemo(() => identityColumns(accessSystems), [accessSystems])
  const items = list.page?.items ?? []
  const systemOptions = accessSystems.map(({ acsSystemId, name }) => ({ value: acsSystemId, name }))
  const isFiltered =
    parameters.search !== '' ||
    parameters.linkedIn !== null ||
    parameters.missingFrom !== null ||
    parameters.moving !== null ||
    parameters.hasProblem
  const listed = (
    <ListView
      list={list}
      noun={{ one: 'person', many: 'people' }}
      label="Identities"
      searchPlaceholder="Name, email, phone, key or ID"
      columns={columns}
      itemId={idOf}
      nameOf={nameOf}
      selection={selection}
      prefetches
      cleared={cleared}
      isFiltered={isFiltered}
      hidden={writeIdentityListParameters(parameters)}
      exportPath={`${identitiesDataPath}/export`}
      sorts={[
        { value: 'newest', name: 'Newest' },
        { value: 'oldest', name: 'Oldest' },
        { value: 'name', name: 'Name A–Z' },
        { value: 'name-desc', name: 'Name Z–A' },
      ]}
      filters={
        <>
          <FilterSelect
            label="Linked in"
            value={parameters.linkedIn ?? ''}
            onChange={(value) => show({ linkedIn: value || null })}
            options={[
              { value: '', name: 'Linked in: any' },
              ...systemOptions.map((option) => ({ ...option, name: `Linked in ${option.name}` })),
            ]}
          />
          <FilterSelect
            label="Missing from"
            value={parameters.missingFrom ?? ''}
            onChange={(value) => show({ missingFrom: value || null })}
            options={[
              { value: '', name: 'Missing from: any' },
              { value: everySystem, name: 'Missing from every system' },
              ...systemOptions.map((option) => ({ ...option, name: `Missing from ${option.name}` })),
            ]}
          />
          <FilterSelect
            label="Moving"
            value={parameters.moving ?? ''}
            onChange={(value) => show({ moving: value === 'out' || value === 'planned' ? value : null })}
            options={[
              { value: '', name: 'Moving: any' },
              { value: 'planned', name: 'Moves out soon' },
              { value: 'out', name: 'Moved out' },
            ]}
          />
          <ProblemFilter pressed={parameters.hasProblem} onChange={(hasProblem) => show({ hasProblem })} />
        </>
      }
      empty={
        <EmptyState
          title="Nobody here yet"
          action={
            mayCreate && (
              <ButtonLink href="/identities/new" variant="primary">
                New identity
              </ButtonLink>
            )
          }
        >
          A user identity is one person’s record: it joins the ACS users they have in each of your access systems.
          Create the first one to begin.
        </EmptyState>
      }
    />
  )
  return (
    <>
      {listed}
      <SelectionActions
        selection={selection}
        parameters={parameters}
        items={items}
        total={list.isStale ? 0 : (list.page?.total ?? 0)}
        accessSystems={accessSystems}
        actions={actions}
      />
    </>
  )
}
