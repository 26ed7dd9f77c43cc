import { CopyButton } from './copy-button'

/** An id, shortened in the middle, with its whole at hand. `name` says what id it is. */
export function ShortId({ id, name }: { id: string; name: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <span className="font-mono text-xs" title={id}>
        <span aria-hidden>
          {id.slice(0, 8)}…{id.slice(-6)}
        </span>
        <span className="sr-only">{id}</span>
      </span>
      <CopyButton value={id} name={name} />
    </span>
  )
}
