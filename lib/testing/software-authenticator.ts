import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url')

const userPresent = 0x01
const userVerified = 0x04
const hasCredential = 0x40

type Wrong = { origin?: string; rpId?: string; isVerified?: boolean; counter?: number; userHandle?: string }

/** An authenticator that makes a passkey and answers by it, as a browser would hand it on (WebAuthn, 6). */
export function softwareAuthenticator({ origin, rpId }: { origin: string; rpId: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(16)
  const id = base64url(credentialId)
  let userHandle = ''

  const clientData = (type: string, challenge: string, wrong: Wrong) =>
    JSON.stringify({ type, challenge, origin: wrong.origin ?? origin, crossOrigin: false })
  const header = (flags: number, { rpId: other, isVerified = true, counter = 0 }: Wrong) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([
      sha256(other ?? rpId),
      Buffer.from([flags | userPresent | (isVerified ? userVerified : 0)]),
      count,
    ])
  }
  return {
    /** What it answers where a passkey is to be made. */
    make({ challenge, user }: { challenge: string; user: { id: string } }, wrong: Wrong = {}) {
      userHandle = user.id
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const cose = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          ...([
            [1, 2],
            [3, -7],
            [-1, 1],
          ] as const),
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      )
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const authData = Buffer.concat([header(hasCredential, wrong), Buffer.alloc(16), length, credentialId, cose])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ])
      return {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, wrong)),
          attestationObject: base64url(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0])),
          transports: ['internal', 'from the future'],
        },
      }
    },
    /** What it answers where somebody signs in. */
    answer({ challenge }: { challenge: string }, wrong: Wrong = {}) {
      const client = clientData('webauthn.get', challenge, wrong)
      const authenticatorData = header(0, wrong)
      const signature = createSign('SHA256')
        .update(Buffer.concat([authenticatorData, sha256(client)]))
        .sign(privateKey)
      return {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authenticatorData),
          signature: base64url(signature),
          userHandle: wrong.userHandle ?? userHandle,
        },
      }
    },
  }
}
