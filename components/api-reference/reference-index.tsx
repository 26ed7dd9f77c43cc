import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import type { Resource } from '@/lib/http-api/reference/reference'

/** The parts of the guide, by their anchors. */
export const guideSections = [
  { id: 'quick-start', name: 'Quick start' },
  { id: 'authentication', name: 'Authentication' },
  { id: 'errors', name: 'Errors' },
  { id: 'pagination', name: 'Pagination' },
  { id: 'idempotency', name: 'Idempotency' },
  { id: 'rate-limits', name: 'Rate limits' },
  { id: 'receiving-webhooks', name: 'Receiving webhooks' },
] as const

const linkClass =
  'flex min-h-7 items-center rounded-sm text-muted text-sm transition-colors duration-150 ease-out hover:text-text pointer-coarse:min-h-11'

/** What is on the page: beside it, or above it and folded where there is no room. */
export function ReferenceIndex({ resources }: { resources: Resource[] }) {
  return (
    <>
      <details className="group/index mb-6 rounded-lg border border-line bg-surface min-[1100px]:hidden">
        <summary className="flex h-11 list-none items-center gap-2 px-3 font-medium text-sm">
          <ChevronRight
            aria-hidden
            className="size-4 text-muted transition-transform duration-150 group-open/index:rotate-90"
          />
          On this page
        </summary>
        <nav aria-label="On this page" className="px-4 pb-4">
          <Entries resources={resources} />
        </nav>
      </details>
      <nav
        aria-label="On this page"
        className="sticky top-4 max-h-[calc(100dvh-2rem)] overflow-y-auto pb-8 max-[1099px]:hidden"
      >
        <Entries resources={resources} />
      </nav>
    </>
  )
}

function Entries({ resources }: { resources: Resource[] }) {
  return (
    <>
      <p className="mt-1 mb-1 font-medium text-sm">Guide</p>
      <ul>
        {guideSections.map(({ id, name }) => (
          <li key={id}>
            <a href={`#${id}`} className={linkClass}>
              {name}
            </a>
          </li>
        ))}
      </ul>
      {resources.map((resource) => (
        <div key={resource.id}>
          <a href={`#${resource.id}`} className="mt-4 mb-1 block font-medium text-sm hover:underline">
            {resource.name}
          </a>
          <ul>
            {resource.endpoints.map(({ id, path }) => (
              <li key={id}>
                <a href={`#${id}`} title={path} className={clsx(linkClass, 'font-mono text-xs')}>
                  <span className="truncate">{path.split('/').at(-1)}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}
