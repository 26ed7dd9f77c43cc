'use client'

import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table'
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, type ReactNode, useCallback, useLayoutEffect, useRef } from 'react'
import { useLate } from '../ui/use-late'
import { SelectPageBox, SelectRowBox } from './select-box'
import { useRowLinks } from './use-row-links'
import { heightOfRows, useRowsDrawn } from './use-rows-drawn'
import type { Selection } from './use-selection'

/** Sorting and paging are the server's; the table only lays out what it is given. */
const listFeatures = tableFeatures({})

/** What a column adds to TanStack's: its cells, its classes, and the two sorts its header switches between. */
export type ListColumn<Item extends RowData> = Omit<ColumnDef<typeof listFeatures, Item, unknown>, 'cell'> & {
  id: string
  /** Called as a function, not rendered as a component of its own: a list has hundreds. */
  show: (item: Item) => ReactNode
  className?: string
  sorts?: { ascending: string; descending: string }
}

type ListTableProps<Item extends RowData> = {
  label: string
  /** The same ones each time, so that rows that stay are not drawn again. */
  columns: ListColumn<Item>[]
  items: Item[]
  itemId: (item: Item) => string
  nameOf: (item: Item) => string
  selection?: Selection<Item>
  /** Whether a row's page is fetched ahead (`use-row-links.ts`). */
  prefetches: boolean
  sort: string
  onSort: (sort: string) => void
  /** Whether the rows are of the view before, while the new ones are on their way. */
  stale: boolean
}

/** Rows that are replaced sooner than this are not dimmed meanwhile (milliseconds). */
const patience = 300

const selectClass = 'sm:w-10 sm:pr-0 max-sm:hidden'
const headerClass =
  'sticky top-0 z-10 h-9 border-line border-b bg-surface px-4 text-left font-medium text-muted text-xs first:rounded-tl-lg last:rounded-tr-lg max-[899px]:top-[53px]'
const cellClass = 'sm:border-line sm:border-b sm:h-11 sm:px-4 sm:py-1'

/**
 * A dense table with a sticky header. On a phone each row becomes two lines: columns say by their
 * classes where they stand there.
 */
export function ListTable<Item extends RowData>(props: ListTableProps<Item>) {
  const { columns, items, itemId, nameOf, selection, sort, onSort } = props
  const table = useTable({ features: listFeatures, columns, data: items, getRowId: itemId })
  const columnOf = new Map(columns.map((column) => [column.id, column]))
  const rows = table.getRowModel().rows
  const drawn = useRowsDrawn(items, itemId)
  const isLate = useLate(props.stale, patience)
  const rowLinks = useRowLinks({ prefetches: props.prefetches })
  const selectRow = useLatest((item: Item, selected: boolean, reaches: boolean) =>
    selection?.toggleRow(items, item, selected, reaches),
  )
  return (
    <table
      aria-label={props.label}
      aria-busy={props.stale || drawn < rows.length}
      className={clsx('w-full border-separate border-spacing-0 text-sm', isLate && 'opacity-60')}
    >
      <thead className="max-sm:sr-only">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {selection && (
              <th scope="col" className={clsx(headerClass, selectClass)}>
                <SelectPageBox
                  selected={items.filter(selection.has).length}
                  of={items.length}
                  onSelect={(selected) => selection.toggle(items, selected)}
                />
              </th>
            )}
            {group.headers.map((header) => {
              const column = columnOf.get(header.id)
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={ariaSort(column?.sorts, sort)}
                  className={clsx(headerClass, column?.className)}
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
      <tbody {...rowLinks}>
        {rows.slice(0, drawn).map(({ id, original }) => (
          <ListRow
            key={id}
            item={original}
            columns={columns}
            nameOf={nameOf}
            isSelected={selection?.has(original)}
            onSelect={selectRow}
          />
        ))}
        {drawn < rows.length && (
          <tr aria-hidden>
            <td style={{ height: heightOfRows(rows.length - drawn) }} />
          </tr>
        )}
      </tbody>
    </table>
  )
}

type ListRowProps<Item extends RowData> = {
  item: Item
  columns: ListColumn<Item>[]
  nameOf: (item: Item) => string
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined
  onSelect: (item: Item, selected: boolean, reaches: boolean) => void
}

/** Drawn again only when what it shows has changed: a key in the search, or another row's box, is not its matter. */
const ListRow = memo(function ListRow<Item extends RowData>(props: ListRowProps<Item>) {
  const { item, columns, nameOf, isSelected, onSelect } = props
  return (
    <tr className="relative hover:bg-hover has-[a[data-row-link]:focus-visible]:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-3 max-sm:border-line max-sm:border-b max-sm:px-4 max-sm:py-2.5">
      {isSelected !== undefined && (
        <td className={`${cellClass} ${selectClass}`}>
          <SelectRowBox
            name={nameOf(item)}
            isSelected={isSelected}
            onSelect={(selected, reaches) => onSelect(item, selected, reaches)}
          />
        </td>
      )}
      {columns.map(({ id, className, show }) => (
        <td key={id} className={`${cellClass} ${className ?? ''}`}>
          {show(item)}
        </td>
      ))}
    </tr>
  )
}) as <Item extends RowData>(props: ListRowProps<Item>) => ReactNode

/** The same function each time, which does what the one of the latest rendering does. */
function useLatest<Arguments extends unknown[]>(latest: (...given: Arguments) => void) {
  const kept = useRef(latest)
  useLayoutEffect(() => {
    kept.current = latest
  })
  return useCallback((...given: Arguments) => kept.current(...given), [])
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
