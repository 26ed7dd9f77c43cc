'use client'

import { Failure } from '@/components/shell/failure'
import './globals.css'

export default function GlobalErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Keyholder</title>
        <main>
          <Failure digest={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  )
}
