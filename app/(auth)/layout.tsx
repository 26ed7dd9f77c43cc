import type { ReactNode } from 'react'
import { Brand } from '@/components/shell/brand'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col px-4 pt-[12vh] pb-10">
      <Brand />
      <div className="mt-6">{children}</div>
    </main>
  )
}
