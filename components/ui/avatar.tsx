import type { CSSProperties } from 'react'

/**
 * Initials on a colour that belongs to the id, so that a person is recognised down a list. They are drawn
 * by the style: as text they would be part of what a button beside a name is called (WCAG 2.5.3).
 */
export function Avatar({ id, name }: { id: string; name: string }) {
  // The tail of a UUIDv7 is random; its head is the time, the same for neighbours in a list.
  const hue = Number.parseInt(id.slice(-6), 16) % 360
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className="avatar inline-flex size-7 shrink-0 select-none items-center justify-center rounded-full font-medium text-2xs before:content-[attr(data-initials)]"
      style={{ '--hue': hue } as CSSProperties}
    />
  )
}

function initials(name: string): string {
  const words = name
    .split('@')[0]
    ?.split(/[\s._-]+/)
    .map((word) => [...word.replace(/[^\p{L}\p{N}]/gu, '')][0] ?? '')
    .filter((letter) => letter !== '')
  if (!words || words.length === 0) return '?'
  const first = words[0] ?? ''
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return (first + last).toUpperCase()
}
