import { formatCount } from '../ui/counts'

type LinkedShareProps = {
  linkedCount: number
  acsUserCount: number
  /** Whose share this is, for screen readers. */
  systemName: string
}

/** How much of an access system is linked, as a bar with its numbers. */
export function LinkedShare({ linkedCount, acsUserCount, systemName }: LinkedShareProps) {
  const share = acsUserCount === 0 ? 0 : (linkedCount / acsUserCount) * 100
  return (
    <span className="flex items-center gap-3">
      <span
        role="img"
        aria-label={`${systemName}: ${formatCount(linkedCount)} of ${formatCount(acsUserCount)} ACS users linked`}
        className="h-1.5 min-w-16 flex-1 overflow-hidden rounded-full bg-line"
      >
        <span className="block h-full rounded-full bg-text/75" style={{ width: `${share}%` }} />
      </span>
      <span aria-hidden className="tabular w-24 whitespace-nowrap text-right text-muted text-sm">
        {formatCount(linkedCount)} of {formatCount(acsUserCount)}
      </span>
    </span>
  )
}
