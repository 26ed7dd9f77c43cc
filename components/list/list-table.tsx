'use client'

import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table'
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'

/** Sorting and paging are the server's; the table only lays out what it is given. */
const listFeatures = tableFeatures({})

/** What a column adds to TanStack's: its classes, and the two sorts its header switches between. */
export type ListColumn<Item extends RowData> = ColumnDef<typeof listFeatures, Item, unknown> & {
  id: string
  className?: string
  sorts?: { ascending: string; descending: string }
}

type ListTableProps<Item extends RowData> = {
  label: string
  columns: ListColumn<Item>[]
  items: Item[]
  itemId: (item: Item) => string
  sort: string
  onSort: (sort: string) => void
  /** Whether the rows are of the view before, while the new ones are on their way. */
  stale: boolean
}

/**
 * A dense table with a sticky header. On a phone each row becomes two lines: columns say by their
 * classes where they stand there.
 */
export function ListTable<Item extends RowData>(props: ListTableProps<Item>) {
  const { columns, items, itemId, sort, onSort } = props
  const table = useTable({ features: listFeatures, columns, data: items, getRowId: itemId })
  const columnOf = new Map(columns.map((column) => [column.id, column]))
  return (
    <table
      aria-label={props.label}
      aria-busy={props.stale}
      className={clsx('w-full border-separate border-spacing-0 text-sm', props.stale && 'opacity-60')}
    >
      <thead className="max-sm:sr-only">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => {
              const column = columnOf.get(header.id)
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={ariaSort(column?.sorts, sort)}
                  className={clsx(
                    'sticky top-0 z-10 h-9 border-line border-b bg-surface px-4 text-left font-medium text-muted text-xs first:rounded-tl-lg last:rounded-tr-lg max-[899px]:top-[53px]',
                    column?.className,
                  )}
                >
                  {column?.sorts ? (
                    <>
                      <SortButton sorts={column.sorts} sort={sort} onSort={onSort}>
                        <table.FlexRender header={header} />
                      </SortButton>
                      <span className="sm:hidden">
                        <table.FlexRender header={header} />
                      </span>
                    </>
                  ) : (
                    <table.FlexRender header={header} />
                  )}
                </th>
              )
            })}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            className="relative hover:bg-hover has-[a[data-row-link]:focus-visible]:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-3 max-sm:border-line max-sm:border-b max-sm:px-4 max-sm:py-2.5"
          >
            {row.getAllCells().map((cell) => (
              <td
                key={cell.id}
                className={clsx(
                  'sm:border-line sm:border-b sm:h-11 sm:px-4 sm:py-1',
                  columnOf.get(cell.column.id)?.className,
                )}
              >
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Sorts = NonNullable<ListColumn<RowData>['sorts']>

function SortButton({
  sorts,
  sort,
  onSort,
  children,
}: {
  sorts: Sorts
  sort: string
  onSort: (sort: string) => void
  children: ReactNode
}) {
  const Arrow = sort === sorts.descending ? ArrowDown : ArrowUp
  const sorted = sort === sorts.ascending || sort === sorts.descending
  return (
    <button
      type="button"
      onClick={() => onSort(sort === sorts.ascending ? sorts.descending : sorts.ascending)}
      className="-mx-1.5 inline-flex max-sm:hidden h-7 items-center gap-1 rounded-sm px-1.5 hover:text-text"
    >
      {children}
      <Arrow aria-hidden className={clsx('size-3', !sorted && 'opacity-0')} />
    </button>
  )
}

function ariaSort(sorts: Sorts | undefined, sort: string): 'ascending' | 'descending' | undefined {
  if (sort === sorts?.ascending) return 'ascending'
  return sort === sorts?.descending ? 'descending' : undefined
}
