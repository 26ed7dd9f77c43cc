import { useEffect, useRef } from 'react'
import { buttonClass } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Notice } from '../ui/notice'
import { LeaveLink } from './leave-link'

/** New recovery codes, for the one time that they are seen. */
export function RecoveryCodes({ codes, isFirst }: { codes: string[]; isFirst: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const text = `${codes.join('\n')}\n`
  return (
    <div className="flex flex-col gap-4 p-4">
      <div>
        <h3 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
          {isFirst ? 'Two-factor authentication is on. Save your recovery codes' : 'Save your new recovery codes'}
        </h3>
        <p className="mt-1 max-w-prose text-muted text-sm">
          Each signs you in once when you do not have your app.{!isFirst && ' Those that you had do not work any more.'}
        </p>
      </div>
      <ul
        aria-label="Recovery codes"
        className="grid max-w-sm grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-control bg-canvas px-4 py-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="keyholder-recovery-codes.txt"
          className={buttonClass()}
        >
          Download
        </a>
        <CopyButton value={text} name="recovery codes" />
      </div>
      <Notice tone="warning">
        Keep them where you find them without your phone, such as in a password manager or on paper. They will not be
        shown again.
      </Notice>
      <div>
        <LeaveLink primary>I have saved the codes</LeaveLink>
      </div>
    </div>
  )
}
