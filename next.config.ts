import type { NextConfig } from 'next'

const configuration: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run typecheck` does that, tests and scripts included; here it would be done a second time.
  typescript: { ignoreBuildErrors: true },
  // They load WebAssembly, native addons or threads from their own folders.
  serverExternalPackages: ['@electric-sql/pglite', 'fs-native-extensions', 'pg', 'piscina'],
  // Nothing uses Next's image optimizer; this closes its address.
  images: { unoptimized: true },
  // How many seconds a page serves that was fetched before it was asked for; no fewer are possible.
  experimental: { staleTimes: { static: 30 } },
  // Browsers ask for it of their own accord.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
}

export default configuration
