'use client'

import { Failure } from '@/components/shell/failure'
import './globals.css'

export default function GlobalErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Keyholder</title>
        <main>
          <Failure digest={error.digest} onRetry={retry} />
        </main>
      </body>
    </html>
  )
}
