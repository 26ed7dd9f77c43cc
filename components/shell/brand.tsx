/** Keyholder's mark: a key's bow and bit, drawn from two shapes. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-base">
      <svg aria-hidden viewBox="0 0 20 20" className="size-5 text-accent">
        <rect width="20" height="20" rx="5" fill="currentColor" />
        <circle cx="7.5" cy="8" r="3" fill="none" stroke="var(--color-on-accent)" strokeWidth="1.8" />
        <path
          d="M9.8 10.2 15 15.2m-2.6-2.4 1.7-1.7"
          stroke="var(--color-on-accent)"
          strokeWidth="1.8"
          strokeLinecap="round"
        />
      </svg>
      Keyholder
    </span>
  )
}
