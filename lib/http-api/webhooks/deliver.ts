import http from 'node:http'
import https from 'node:https'
import { performance } from 'node:perf_hooks'
import { Webhook } from 'standardwebhooks'
import { ForbiddenAddress, lookupGlobal, type OutgoingRules, whyForbidden } from '@/lib/platform/permitted-address'
import { unreadableSecretMessage } from './signing-secret'

/** What is sent, and where to. */
export type Message = {
  deliveryId: string
  url: string
  body: string /** Null where it cannot be read. */
  secret: string | null
}

export type DeliverySettings = OutgoingRules & {
  /** How long connecting, sending and the whole answer may take together. */
  timeoutMilliseconds: number
}

/** What came of one attempt: the status of the answer, or why there was none. */
export type DeliveryOutcome = { durationMilliseconds: number } & (
  | { responseStatus: number; error: null }
  | { responseStatus: null; error: string }
)

const mostOfAnAnswer = 64 * 1024

/**
 * Posts a message once. Redirects are not followed: the address that was registered is the one that
 * is told. Never throws; why nothing came back is said in words.
 */
export async function deliver(message: Message, settings: DeliverySettings): Promise<DeliveryOutcome> {
  const start = performance.now()
  const took = () => Math.round(performance.now() - start)
  const tooLong = AbortSignal.timeout(settings.timeoutMilliseconds)
  try {
    const responseStatus = await post(message, settings, tooLong)
    return { responseStatus, error: null, durationMilliseconds: took() }
  } catch (error) {
    const why = tooLong.aborted ? `No answer within ${settings.timeoutMilliseconds / 1000} s` : inWords(error)
    return { responseStatus: null, error: why, durationMilliseconds: took() }
  }
}

/** Whether an attempt arrived: the receiver answered that all is well. */
export function isDelivered({ responseStatus }: DeliveryOutcome): boolean {
  return responseStatus !== null && responseStatus >= 200 && responseStatus < 300
}

async function post(message: Message, rules: OutgoingRules, signal: AbortSignal): Promise<number> {
  const { deliveryId, url, secret, body } = message
  const forbidden = whyForbidden(new URL(url), rules)
  if (forbidden) throw new ForbiddenAddress(forbidden)
  if (secret === null) throw new Error(unreadableSecretMessage)
  const timestamp = new Date()
  const seconds = String(Math.floor(timestamp.getTime() / 1000))
  const signature = new Webhook(secret).sign(deliveryId, timestamp, body)
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'Keyholder-Webhooks',
    // Seam's own libraries know the first names, Standard Webhooks the second.
    ...signed('svix', deliveryId, seconds, signature),
    ...signed('webhook', deliveryId, seconds, signature),
  }
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).request(url, {
      method: 'POST',
      headers,
      agent: false,
      // Of a name, the addresses that are looked at are those that are connected to.
      lookup: rules.allowPrivateAddresses ? undefined : lookupGlobal,
      signal,
    })
    request.on('error', reject)
    request.on('close', () => reject(new Error('it ended without an answer')))
    request.on('response', (response) => {
      const status = response.statusCode ?? 0
      let received = 0
      response.on('data', (chunk: Buffer) => {
        received += chunk.length
        if (received < mostOfAnAnswer) return
        resolve(status)
        request.destroy()
      })
      response.on('end', () => resolve(status))
      response.on('error', reject)
    })
    request.end(body)
  })
}

function signed(family: string, id: string, seconds: string, signature: string) {
  return { [`${family}-id`]: id, [`${family}-timestamp`]: seconds, [`${family}-signature`]: signature }
}

function inWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof ForbiddenAddress) return message
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The name was not found'
    case 'ECONNREFUSED':
      return 'The connection was refused'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'The connection was closed before the answer'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'The address cannot be reached'
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'The address does not speak HTTPS'
  }
  if (code?.startsWith('HPE_')) return 'The answer is not HTTP'
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code ?? '')) return `The certificate is not valid: ${message}`
  return `The request failed: ${message}`
}
