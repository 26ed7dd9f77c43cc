import { z } from 'zod'
import { ConfigurationError, databaseConfiguration, readVariables } from '@/db/configuration'
import { requireAuthSecret, shortestSecret } from '@/db/encryption/secrets'
import { mailSettings } from './mail-settings'
import type { OutgoingRules } from './permitted-address'
import { tracesEndpoint } from './tracing'

const shortestToken = 16

const flag = z
  .enum(['0', '1', 'false', 'true'], { error: 'must be 1 or 0' })
  .transform((value) => value === '1' || value === 'true')

const seconds = z
  .string()
  .regex(/^\d{1,3}$/, { error: 'must be a number of seconds, at most 999' })
  .transform(Number)

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port number' })
    .transform(Number)
    .refine((port) => port <= 65535, { error: 'must be a port number' })
    .default(3000),
  HOSTNAME: z.string().default('localhost'),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://keyholder.example.com' })
    .optional(),
  AUTH_SECRET: z
    .string()
    .min(shortestSecret, { error: `must be at least ${shortestSecret} characters long` })
    .optional(),
  AUTH_SECRET_PREVIOUS: z
    .string()
    .refine((given) => given.length >= shortestSecret && given.split(',').every((one) => one.trim() !== ''), {
      error: `must be former values of AUTH_SECRET, at least ${shortestSecret} characters long, separated by commas`,
    })
    .optional(),
  DEMO: flag.default(false),
  TRUST_PROXY: flag.default(false),
  API_RATE_LIMIT: z
    .string()
    .regex(/^\d{1,9}$/, { error: 'must be a number of requests in a minute, or 0 for no limit' })
    .transform(Number)
    .default(30_000),
  ACCOUNT_LIMITS: z
    .string()
    .regex(/^\d{1,4}$/, { error: 'must be how many times the usual limits hold, or 0 for none' })
    .transform(Number)
    .default(1),
  WEBHOOKS_ALLOW_PRIVATE: flag.default(false),
  OUTGOING_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .refine((hosts) => hosts.every((host) => /^((\*\.)?[a-z\d]([a-z\d.-]*[a-z\d])?|[\da-f:]+)$/.test(host)), {
      error: 'must be hosts with commas between them, such as hooks.example.com, *.example.org',
    })
    .optional(),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'must be silent, error, warn, info or debug',
    })
    .default('info'),
  SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto:[!-~]+@[!-~]+|https:\/\/[!-~]+|tel:\+[\d-]+)$/, {
      error: 'must be such as mailto:security@example.com, https://example.com/report or tel:+1-201-555-0123',
    })
    .optional(),
  METRICS_TOKEN: z
    .string()
    .regex(new RegExp(`^[!-~]{${shortestToken},}$`), {
      error: `must be at least ${shortestToken} characters long, without spaces`,
    })
    .optional(),
  REQUEST_TIMEOUT_SECONDS: seconds.refine((value) => value > 0, { error: 'must be at least 1' }).default(300),
  SHUTDOWN_DELAY_SECONDS: seconds.default(0),
  SHUTDOWN_GRACE_SECONDS: seconds.default(10),
})

/**
 * What the environment says of the server.
 *
 * @throws ConfigurationError that names each wrong variable and what it must be.
 */
export function serverConfiguration() {
  const variables = readVariables(schema)
  const { PORT, HOSTNAME, BASE_URL, DEMO, TRUST_PROXY, API_RATE_LIMIT, ACCOUNT_LIMITS } = variables
  return {
    port: PORT,
    hostname: HOSTNAME,
    /** The address at which people reach the server, without a slash at its end; https makes its cookies secure. */
    baseUrl: BASE_URL?.replace(/\/+$/, '') ?? `http://localhost:${PORT}`,
    /** Whether “Explore the demo” exists. */
    demo: DEMO,
    /** Whether a proxy in front says in X-Forwarded-For who asks. */
    trustProxy: TRUST_PROXY,
    /** How many requests in a minute an API key has in each server process; 0 means no limit. */
    apiRateLimit: API_RATE_LIMIT,
    /** How many times the limits of `lib/platform/limits` hold for who is signed in; 0 means no limit. */
    accountLimits: ACCOUNT_LIMITS,
    /** How long a client may take to send a request. */
    requestTimeoutSeconds: variables.REQUEST_TIMEOUT_SECONDS,
    /** For how long a server that was told to stop still takes requests, while it says that it is not ready. */
    shutdownDelaySeconds: variables.SHUTDOWN_DELAY_SECONDS,
    /** How long requests may then still take. */
    shutdownGraceSeconds: variables.SHUTDOWN_GRACE_SECONDS,
  }
}

/**
 * Looks at all of the configuration before anything is done with it.
 *
 * @throws ConfigurationError with every mistake there is.
 */
export function checkConfiguration(): void {
  const mistakes = [
    serverConfiguration,
    databaseConfiguration,
    mailSettings,
    tracesEndpoint,
    requireAuthSecret,
  ].flatMap((check) => {
    try {
      check()
      return []
    } catch (error) {
      if (error instanceof ConfigurationError) return error.mistakes
      throw error
    }
  })
  if (mistakes.length > 0) throw new ConfigurationError(mistakes)
}

/** What who reads the metrics must show; undefined when there are none to be read. */
export function metricsToken(): string | undefined {
  return process.env.METRICS_TOKEN || undefined
}

/**
 * Whom `/.well-known/security.txt` names to tell of vulnerabilities; undefined when there is nobody.
 *
 * @throws ConfigurationError when it is wrong, which the server's start says first.
 */
export function securityContact(): string | undefined {
  return readVariables(schema.pick({ SECURITY_CONTACT: true })).SECURITY_CONTACT
}

/**
 * Where webhooks may go: to the internet, unless the configuration also permits this machine and its network, or
 * names the only hosts.
 *
 * @throws ConfigurationError when a variable is wrong, which the server's start says first.
 */
export function outgoingRules(): OutgoingRules {
  const { WEBHOOKS_ALLOW_PRIVATE, OUTGOING_HOSTS } = readVariables(
    schema.pick({ WEBHOOKS_ALLOW_PRIVATE: true, OUTGOING_HOSTS: true }),
  )
  return { allowPrivateAddresses: WEBHOOKS_ALLOW_PRIVATE, outgoingHosts: OUTGOING_HOSTS ?? null }
}
