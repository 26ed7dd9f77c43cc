import type { AuthenticatorSetup } from '@/lib/accounts/proof/two-factor'
import { CopyButton } from '../ui/copy-button'

/** What an authenticator app is given: a QR code, and the same for typing. */
export function AuthenticatorKey({ setup }: { setup: AuthenticatorSetup }) {
  const { key, qr } = setup
  return (
    <div className="flex flex-wrap items-start gap-x-5 gap-y-3">
      {/* Black on white in every appearance: cameras want it so. */}
      <svg
        role="img"
        aria-label="QR code of the key"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="size-44 shrink-0 rounded-md border border-line bg-white text-black"
      >
        <path d={qr.path} fill="currentColor" />
      </svg>
      <div className="min-w-0 flex-1 basis-60 text-sm">
        <ol className="list-decimal space-y-1 pl-4">
          <li>Scan this with your authenticator app, or type the key there.</li>
          <li>Enter the six digits that it shows then.</li>
        </ol>
        <p className="mt-3 font-medium">Key</p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 break-words font-mono">{key}</code>
          <CopyButton value={key.replaceAll(' ', '')} name="key" />
        </p>
      </div>
    </div>
  )
}
