'use client'

import { Failure } from '@/components/shell/failure'

export default function DashboardErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <Failure digest={error.digest} onRetry={reset} />
}
