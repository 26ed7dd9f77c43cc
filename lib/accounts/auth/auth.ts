import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { nextCookies } from 'better-auth/next-js'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { v7 as uuidv7 } from 'uuid'
import { type Database, primaryDatabase } from '@/db/client'
import { authSecret } from '@/db/encryption/secrets'
import { accounts, sessions, twoFactors, users, verifications } from '@/db/schema/accounts'
import { serverConfiguration } from '@/lib/platform/configuration'
import { cookieName } from '@/lib/platform/cookie-name'
import { logger } from '@/lib/platform/logger'
import { demoSignIn } from './demo-sign-in'
import { endFormerSession } from './end-former-session'
import { rememberBrowser } from './known-browser'
import { limitSessions } from './limit-sessions'
import { passkeySignIn } from './passkey-sign-in'
import { hashPassword, verifyPassword } from './password-hash'
import { secondStep } from './second-step'
import { sessionSeconds } from './session-lifetime'

function create(connection: Database) {
  const { baseUrl } = serverConfiguration()
  const secure = baseUrl.startsWith('https:')
  return betterAuth({
    appName: 'Keyholder',
    baseURL: baseUrl,
    secret: authSecret(),
    database: drizzleAdapter(connection, {
      provider: 'pg',
      schema: {
        ...{ user: users, session: sessions, account: accounts, twoFactor: twoFactors },
        verification: verifications,
      },
    }),
    // Accounts are made by the setup page; nobody signs up by themselves.
    emailAndPassword: {
      ...{ enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: {
      expiresIn: sessionSeconds,
      // Using a session does not make it longer: see `keepInUse`.
      disableSessionRefresh: true,
      additionalFields: {
        activeWorkspaceId: { type: 'string', required: false, input: false },
        passkeyId: { type: 'string', required: false, input: false },
        secondFactor: { type: 'boolean', required: false, input: false, defaultValue: false },
      },
    },
    // Its HTTP routes are not mounted, and only those would be limited: see `admitStranger`.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => uuidv7() },
      // Its own prefix would be `__Secure-`, which other hosts of the domain can set too.
      useSecureCookies: false,
      cookiePrefix: cookieName('keyholder', { secure }),
      defaultCookieAttributes: { secure },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
    telemetry: { enabled: false },
    // Into our own log, a JSON object a line. What comes beside the message may be about somebody.
    logger: { log: (level, message) => logger()[level]({}, message) },
    plugins: [
      demoSignIn(),
      // Wrong codes are counted as wrong passwords are, by `limitAttempts`.
      twoFactor({ accountLockout: { enabled: false } }),
      secondStep(),
      passkeySignIn(),
      endFormerSession(),
      limitSessions(),
      rememberBrowser(),
      nextCookies(),
    ],
  })
}

type Auth = ReturnType<typeof create>
let current: { connection: Database; auth: Auth } | undefined

/** Sign-in, on the process's database. */
export async function getAuth(): Promise<Auth> {
  const connection = await primaryDatabase()
  if (current?.connection !== connection) current = { connection, auth: create(connection) }
  return current.auth
}
