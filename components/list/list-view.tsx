'use client'

import type { RowData } from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { workspaceField } from '@/lib/accounts/workspaces/page-workspace'
import { useWorkspaceOfPage } from '../shell/workspace-of-page'
import { Button } from '../ui/button'
import { formatTotal } from '../ui/counts'
import { EmptyState } from '../ui/empty-state'
import { ExportLinks } from '../ui/export-links'
import { Notice } from '../ui/notice'
import { FilterSelect } from './filters'
import { ListSkeleton } from './list-skeleton'
import { type ListColumn, ListTable } from './list-table'
import { Pager } from './pager'
import { SearchBox } from './search-box'
import type { useList } from './use-list'
import type { Selection } from './use-selection'

type Parameters = { search: string; cursor: string | null; sort: string }

type ListViewProps<Listed extends Parameters, Item extends RowData> = {
  list: ReturnType<typeof useList<Listed, Item>>
  /** What the rows are: singular and plural, such as "person" and "people". */
  noun: { one: string; many: string }
  label: string
  searchPlaceholder: string
  columns: ListColumn<Item>[]
  itemId: (item: Item) => string
  nameOf: (item: Item) => string
  selection?: Selection<Item>
  /** Whether a row's page is fetched ahead (`use-row-links.ts`). */
  prefetches?: boolean
  filters: ReactNode
  /** For a phone, where the columns' headers do not fit. */
  sorts: { value: string; name: string }[]
  /** The change that takes all filters and the search away. */
  cleared: Partial<Listed>
  isFiltered: boolean
  hidden: URLSearchParams
  /** Where the whole list, as filtered, comes as a CSV file. */
  exportPath: string
  /** What to show when there is nothing at all yet. */
  empty: ReactNode
}

/** All pages of the list, whichever of them is shown, of the workspace that the page is of. */
function addressOfExport(path: string, parameters: URLSearchParams, workspaceId: string | null): string {
  const address = new URLSearchParams(parameters)
  address.delete('cursor')
  if (workspaceId) address.set(workspaceField, workspaceId)
  return `${path}?${address}`
}

/** A list with its search, filters, table and pages, in every state it can be in. */
export function ListView<Listed extends Parameters, Item extends RowData>(props: ListViewProps<Listed, Item>) {
  const { list, noun, isFiltered } = props
  const workspaceId = useWorkspaceOfPage()
  const { parameters, page, query, isStale, show, addressFor } = list
  const clear = () => {
    show(props.cleared)
    document.querySelector<HTMLElement>('main input[type=search]')?.focus()
  }
  const found = page && `${formatTotal(page.total)} ${page.total === 1 ? noun.one : noun.many}`
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          label={`Search ${noun.many}`}
          placeholder={props.searchPlaceholder}
          value={parameters.search}
          hidden={props.hidden}
          // The first search is a step to come back from; refining it is not.
          onSearch={(search) =>
            show({ search } as Partial<Listed>, parameters.search === '' || search === '' ? 'push' : 'replace')
          }
        />
        <div className="flex min-w-0 flex-wrap gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2">
          {props.filters}
          <span className="contents sm:hidden">
            <FilterSelect
              label="Sort"
              value={parameters.sort}
              options={props.sorts}
              onChange={(sort) => show({ sort } as Partial<Listed>)}
            />
          </span>
        </div>
        {isFiltered && (
          <Button variant="ghost" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
      <div className="mb-2 flex min-h-7 items-center">
        <p role="status" className="text-muted text-sm">
          {!isStale && found}
        </p>
        {page && page.total > 0 && (
          <span className="ml-auto">
            <ExportLinks isQuiet address={addressOfExport(props.exportPath, props.hidden, workspaceId)} />
          </span>
        )}
      </div>
      {query.isRefetchError && (
        <div role="alert" className="mb-3">
          <Notice
            tone="warning"
            action={
              <Button size="small" onClick={() => query.refetch()}>
                Try again
              </Button>
            }
          >
            This list may be out of date. {query.error.message}
          </Notice>
        </div>
      )}
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        {query.isLoadingError && (
          <EmptyState
            title={`The ${noun.many} could not be loaded`}
            action={
              <Button variant="primary" onClick={() => query.refetch()}>
                Try again
              </Button>
            }
          >
            {query.error.message}
          </EmptyState>
        )}
        {!query.isLoadingError && page && page.items.length > 0 && (
          <>
            <ListTable
              label={props.label}
              columns={props.columns}
              items={page.items}
              itemId={props.itemId}
              nameOf={props.nameOf}
              selection={props.selection}
              prefetches={props.prefetches ?? false}
              sort={parameters.sort}
              onSort={(sort) => show({ sort } as Partial<Listed>)}
              stale={isStale}
            />
            <Pager
              page={page}
              stale={isStale}
              addressFor={(cursor) => addressFor({ cursor } as Partial<Listed>)}
              onShow={(cursor) => {
                show({ cursor } as Partial<Listed>)
                window.scrollTo({ top: 0 })
              }}
            />
          </>
        )}
        {!query.isLoadingError &&
          page &&
          page.items.length === 0 &&
          (isFiltered || page.total > 0 ? (
            <EmptyState
              title={isFiltered ? `No ${noun.many} match` : 'This page is past the end of the list'}
              action={
                <Button variant="primary" onClick={clear}>
                  {isFiltered ? 'Clear search and filters' : 'Go to the first page'}
                </Button>
              }
            >
              {parameters.search
                ? `Nothing here matches “${parameters.search}”. Try fewer letters, or part of a phone number or email.`
                : isFiltered && 'Nothing here passes these filters.'}
            </EmptyState>
          ) : (
            props.empty
          ))}
        {!query.isLoadingError && !page && <ListSkeleton />}
      </div>
    </div>
  )
}
