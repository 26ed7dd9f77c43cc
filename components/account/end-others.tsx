/** Offers to end the account's other sessions with a change. */
export function EndOthers() {
  return (
    <label className="flex items-start gap-2.5 text-sm pointer-coarse:min-h-11 pointer-coarse:items-center">
      <input type="checkbox" name="end_others" defaultChecked className="mt-0.5 size-4 shrink-0 accent-accent" />
      Sign me out everywhere else
    </label>
  )
}
