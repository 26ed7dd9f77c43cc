import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { themeCookie, toTheme } from '@/components/shell/theme'
import { ToastHost } from '@/components/ui/toast-host'
import { ViewerTimeProvider } from '@/components/ui/viewer-time'
import { preference } from './preference'
import { Providers } from './providers'
import './globals.css'
import { viewerTimeZone } from './viewer-time-zone'

export const metadata: Metadata = {
  title: { default: 'Keyholder', template: '%s · Keyholder' },
  description: 'User identities and their ACS users in every access system',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbfc' },
    { media: '(prefers-color-scheme: dark)', color: '#111214' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = toTheme(await preference(themeCookie))
  const timeZone = await viewerTimeZone()
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      // The theme can be changed without a reload.
      suppressHydrationWarning
    >
      <body>
        <div id="app">
          <Providers>
            <ViewerTimeProvider timeZone={timeZone} now={new Date().toISOString()}>
              {children}
            </ViewerTimeProvider>
          </Providers>
        </div>
        <ToastHost />
      </body>
    </html>
  )
}
