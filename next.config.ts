import type { NextConfig } from 'next'

const configuration: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loads its WebAssembly and contrib files from its own folder; the lock is a native addon.
  serverExternalPackages: ['@electric-sql/pglite', 'fs-native-extensions', 'pg'],
  // Browsers ask for it of their own accord.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
      ],
    },
  ],
}

export default configuration
