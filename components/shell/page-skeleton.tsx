/** The shape of a person's or a thing's page, while it is on its way. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <span className="skeleton mb-5 block h-8 w-56" />
      <div className="grid gap-x-8 gap-y-7 min-[1100px]:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex flex-col gap-7">
          <span className="skeleton block h-32" />
          <span className="skeleton block h-80" />
        </div>
        <span className="skeleton block h-72" />
      </div>
    </div>
  )
}
