import type { RowData } from '@tanstack/react-table'
import type { ListColumn } from './list-table'
import type { Selection } from './use-selection'

const boxClass = 'size-4 cursor-pointer accent-accent'

/**
 * The column of checkboxes, above the link that covers a row; its header selects the page that is shown, and
 * a click with Shift all rows since the one before.
 */
export function selectColumn<Item extends RowData>(
  selection: Selection<Item>,
  items: Item[],
  nameOf: (item: Item) => string,
): ListColumn<Item> {
  const selected = items.filter(selection.has).length
  const isWhole = items.length > 0 && selected === items.length
  return {
    id: 'select',
    className: 'sm:w-10 sm:pr-0 max-sm:hidden',
    header: () => (
      <input
        type="checkbox"
        aria-label="Select this page"
        checked={isWhole}
        ref={(box) => {
          if (box) box.indeterminate = selected > 0 && !isWhole
        }}
        onChange={(event) => selection.toggle(items, event.target.checked)}
        className={`${boxClass} align-middle`}
      />
    ),
    cell: ({ row: { original } }) => (
      <label className="relative z-[1] -m-2 flex size-8 cursor-pointer items-center justify-center">
        <input
          type="checkbox"
          data-row-select
          aria-label={`Select ${nameOf(original)}`}
          checked={selection.has(original)}
          onChange={(event) => {
            const reaches = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey
            selection.toggleRow(items, original, event.target.checked, reaches)
          }}
          className={boxClass}
        />
      </label>
    ),
  }
}
