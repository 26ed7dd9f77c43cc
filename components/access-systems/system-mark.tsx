type SystemMarkState = 'linked' | 'missing' | 'problem'

const words: Record<SystemMarkState, string> = { linked: 'linked', missing: 'not linked', problem: 'problem' }

const looks: Record<SystemMarkState, string> = {
  linked: 'rounded-sm bg-text/85 text-surface',
  missing: 'rounded-sm border border-control/70 border-dashed text-muted',
  problem: 'bg-danger text-on-accent [clip-path:polygon(0_0,68%_0,100%_42%,100%_100%,0_100%)]',
}

type SystemMarkProps = {
  monogram: string
  systemName: string
  state: SystemMarkState
  /** The problem in a word, such as "suspended". */
  problem?: string | null
}

/**
 * An access system as a small mark: filled where a person is linked, hollow where not, notched where
 * something is wrong. Its shape alone tells the states apart.
 */
export function SystemMark({ monogram, systemName, state, problem }: SystemMarkProps) {
  const meaning = `${systemName}: ${problem ? problem.toLowerCase() : words[state]}`
  return (
    <span
      role="img"
      aria-label={meaning}
      title={meaning}
      className={`inline-flex h-[18px] w-[25px] items-center justify-center font-medium font-mono text-[10px] leading-none pointer-fine:relative ${looks[state]}`}
    >
      {monogram}
    </span>
  )
}

/** An access system's two characters, where nobody's link is meant. */
export function SystemMonogram({ monogram }: { monogram: string }) {
  return (
    <span
      aria-hidden
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-md border border-line bg-hover font-medium font-mono text-xs"
    >
      {monogram}
    </span>
  )
}
