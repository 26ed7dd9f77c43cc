import { Button } from './button'
import { formatCount } from './counts'
import { Notice } from './notice'
import type { Failure, Progress } from './use-batches'

const mostShown = 100

/** How far something long is. */
export function BatchProgress({ label, progress }: { label: string; progress: Progress }) {
  return (
    <div className="text-sm">
      <progress aria-label={label} value={progress.done} max={progress.of} className="h-1.5 w-full accent-accent" />
      <p role="status" className="text-muted">
        {formatCount(progress.done)} of {formatCount(progress.of)} done
      </p>
    </div>
  )
}

/** What was refused of something long, and why; the rest is done. */
export function BatchFailures({ failures }: { failures: Failure[] }) {
  if (failures.length === 0) return null
  return (
    <div role="alert">
      <Notice tone="danger">
        {failures.slice(0, mostShown).map(({ name, message }) => (
          <span key={name + message} className="block">
            {name && <strong className="font-medium">{name}: </strong>}
            {message}
          </span>
        ))}
        {failures.length > mostShown && (
          <span className="block">and {formatCount(failures.length - mostShown)} more</span>
        )}
      </Notice>
    </div>
  )
}

/** The button that leaves a dialog or, while something long runs, stops it. */
export function StopOrClose(props: { isRunning: boolean; hasEnded: boolean; onStop: () => void; onClose: () => void }) {
  if (props.isRunning) return <Button onClick={props.onStop}>Stop</Button>
  return <Button onClick={props.onClose}>{props.hasEnded ? 'Close' : 'Cancel'}</Button>
}
