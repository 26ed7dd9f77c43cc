const boxClass = 'size-4 cursor-pointer accent-accent'

type SelectPageBoxProps = { selected: number; of: number; onSelect: (selected: boolean) => void }

/** Selects the page that is shown, or takes it out of the selection. */
export function SelectPageBox({ selected, of, onSelect }: SelectPageBoxProps) {
  const isWhole = of > 0 && selected === of
  return (
    <input
      type="checkbox"
      aria-label="Select this page"
      checked={isWhole}
      ref={(box) => {
        if (box) box.indeterminate = selected > 0 && !isWhole
      }}
      onChange={(event) => onSelect(event.target.checked)}
      className={`${boxClass} align-middle`}
    />
  )
}

type SelectRowBoxProps = {
  name: string
  isSelected: boolean
  /** With `reaches`, by a click with Shift: all rows since the one before. */
  onSelect: (selected: boolean, reaches: boolean) => void
}

/** Selects a row, above the link that covers it. */
export function SelectRowBox({ name, isSelected, onSelect }: SelectRowBoxProps) {
  return (
    <label className="relative z-[1] -m-2 flex size-8 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        data-row-select
        aria-label={`Select ${name}`}
        checked={isSelected}
        onChange={(event) => {
          const reaches = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey
          onSelect(event.target.checked, reaches)
        }}
        className={boxClass}
      />
    </label>
  )
}
