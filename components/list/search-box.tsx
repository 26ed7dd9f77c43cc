'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../ui/icon-button'

type SearchBoxProps = {
  label: string
  placeholder: string
  /** What the list is searched by now. */
  value: string
  onSearch: (search: string) => void
  /** The rest of the list's address, for browsers without JavaScript. */
  hidden: URLSearchParams
}

const typingRest = 150

/** The one search box of a list. It searches while typing and never overwrites what is being typed. */
export function SearchBox({ label, placeholder, value, onSearch, hidden }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const asked = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    // Changed from elsewhere: the back button, a link, “clear search”.
    if (value === asked.current) return
    asked.current = value
    clearTimeout(timer.current)
    setTyped(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (text: string) => {
    clearTimeout(timer.current)
    if (text.trim() === asked.current.trim()) return
    asked.current = text.trim()
    onSearch(text.trim())
  }
  return (
    <form
      className="relative min-w-0 flex-1 basis-64"
      onSubmit={(event) => {
        event.preventDefault()
        search(typed)
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        name="q"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        onChange={(event) => {
          const text = event.target.value
          setTyped(text)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => search(text), typingRest)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (typed === '') event.currentTarget.blur()
          setTyped('')
          search('')
        }}
        className="h-8 w-full rounded-md border border-control bg-surface pr-8 pl-8 text-base hover:border-muted pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden pointer-coarse:text-lg"
      />
      {[...hidden]
        .filter(([name]) => name !== 'q' && name !== 'cursor')
        .map(([name, hiddenValue]) => (
          <input key={name} type="hidden" name={name} value={hiddenValue} />
        ))}
      {typed !== '' && (
        <IconButton
          label="Clear search"
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
          onClick={() => {
            setTyped('')
            search('')
            input.current?.focus()
          }}
        >
          <X aria-hidden className="size-3.5" />
        </IconButton>
      )}
    </form>
  )
}
