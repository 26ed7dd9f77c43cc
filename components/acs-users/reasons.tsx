/** Why somebody may be the same person, as small labels. */
export function Reasons({ reasons }: { reasons: string[] }) {
  return (
    <span className="flex shrink-0 flex-wrap gap-1">
      {reasons.map((reason) => (
        <span key={reason} className="rounded-sm bg-selected px-1.5 py-0.5 text-2xs">
          {reason}
        </span>
      ))}
    </span>
  )
}
