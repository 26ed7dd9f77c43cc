/** Rows of the right height, while the real ones are on their way. */
export function ListSkeleton() {
  return (
    <div aria-hidden>
      {Array.from({ length: 12 }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else
          key={row}
          className="flex h-12 items-center gap-3 border-line border-b px-4 last:border-b-0"
        >
          <span className="skeleton size-7 shrink-0" />
          <span className="skeleton h-3.5 w-44" />
          <span className="skeleton ml-auto h-3.5 w-24 max-sm:hidden" />
          <span className="skeleton h-3.5 w-32 max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}

/** The shape of a page that is a list. */
export function ListPageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <span className="skeleton mb-5 block h-7 w-40" />
      <span className="skeleton mb-3 block h-8 w-full" />
      <div className="mb-2 flex h-7 items-center">
        <span className="skeleton h-3.5 w-24" />
      </div>
      <div className="rounded-lg border border-line bg-surface">
        <ListSkeleton />
      </div>
    </div>
  )
}
