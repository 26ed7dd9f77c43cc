'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'

type SearchListGroup<Item> = { label: string; items: Item[] }

type SearchListProps<Item> = {
  /** The accessible name of the search field. */
  label: string
  placeholder: string
  value: string
  onValueChange: (value: string) => void
  groups: SearchListGroup<Item>[]
  itemKey: (item: Item) => string
  itemText: (item: Item) => string
  isDisabled?: (item: Item) => boolean
  onChoose: (item: Item) => void
  renderItem: (item: Item) => ReactNode
  /** What is said when there is nothing to choose from. */
  empty: ReactNode
  /** Whether the items are of an earlier search: they can be pointed at, but Enter does not choose them. */
  loading: boolean
  /** Whether Enter pressed meanwhile chooses what is found first. Not where it would change something unseen. */
  entersAhead?: boolean
  inputRef?: RefObject<HTMLInputElement | null>
}

/**
 * A search field on top of what it finds, grouped; arrow keys, Enter and Escape. The caller does the
 * finding.
 */
export function SearchList<Item>(props: SearchListProps<Item>) {
  const { groups, itemKey, itemText, isDisabled, onChoose, renderItem } = props
  const shown = groups.filter((group) => group.items.length > 0)
  const enterAhead = useEnterAhead(props)
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={shown.map((group) => ({ value: group.label, items: group.items }))}
      value={props.value}
      onValueChange={(value, details) => {
        // Choosing an item would otherwise write its text into the field.
        if (details.reason === 'item-press') return
        enterAhead.forget()
        props.onValueChange(value)
      }}
      itemToStringValue={itemText}
    >
      <div className="flex items-center gap-2 border-line border-b px-4 focus-within:border-accent">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <Autocomplete.Input
          ref={props.inputRef}
          aria-label={props.label}
          placeholder={props.placeholder}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !props.loading || event.nativeEvent.isComposing) return
            event.preventBaseUIHandler()
            enterAhead.remember()
          }}
          className="h-11 w-full bg-transparent text-base outline-none pointer-coarse:text-lg"
        />
      </div>
      <div
        className={clsx('min-h-24 transition-opacity duration-150', props.loading && 'opacity-60')}
        aria-busy={props.loading}
      >
        <Autocomplete.Empty className="text-muted text-sm">
          <div className="px-3 py-6 text-center">{props.loading ? 'Searching…' : props.empty}</div>
        </Autocomplete.Empty>
        {/* The list itself scrolls, by the field's keys: as a combobox's list it needs no focus of its own. */}
        <Autocomplete.List className="max-h-[min(55vh,26rem)] overflow-y-auto overscroll-contain p-1.5 empty:hidden">
          {(group: { value: string; items: Item[] }) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-muted text-xs">
                {group.value}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: Item) => (
                  <Autocomplete.Item
                    key={itemKey(item)}
                    value={item}
                    disabled={isDisabled?.(item)}
                    onClick={() => {
                      if (!isDisabled?.(item)) onChoose(item)
                    }}
                    className="cursor-pointer scroll-my-1.5 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-hover data-disabled:cursor-not-allowed data-disabled:text-muted"
                  >
                    {renderItem(item)}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  )
}

/** Enter pressed before the search has answered: carried out when it does, unless something else was typed. */
function useEnterAhead<Item>({ loading, groups, isDisabled, onChoose, entersAhead }: SearchListProps<Item>) {
  const waits = useRef(false)
  useEffect(() => {
    if (loading || !waits.current) return
    waits.current = false
    const first = groups.flatMap((group) => group.items).find((item) => !isDisabled?.(item))
    if (first !== undefined) onChoose(first)
  })
  return {
    remember: () => {
      waits.current = entersAhead === true
    },
    forget: () => {
      waits.current = false
    },
  }
}
