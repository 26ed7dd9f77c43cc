import { seal, unseal } from '@/db/encryption/seal'
import { encryptAnew } from './encrypt-text'

/** A column of encrypted values, and how one of them is encrypted with the current secret. */
export type EncryptedColumn = {
  table: string
  /** The columns of the primary key. */
  key: string[]
  column: string
  /** Where rows of a version before have the value unencrypted. */
  plainColumn?: string
  /** Whether the values begin with `currentPrefix` where they are right. */
  hasPrefix: boolean
  /** Gives null for one that can't be read, or is right already. */
  encryptAnew: (value: { encrypted: string | null; plain: string | null }) => Promise<string | null>
}

type Purpose = Parameters<typeof seal>[0]

function sealed(purpose: Purpose, place: Omit<EncryptedColumn, 'hasPrefix' | 'encryptAnew'>): EncryptedColumn {
  return {
    ...place,
    hasPrefix: true,
    encryptAnew: async ({ encrypted, plain }) => {
      const text = plain ?? (encrypted === null ? null : unseal(purpose, encrypted))
      return text === null ? null : seal(purpose, text)
    },
  }
}

function ofBetterAuth(table: string, key: string, column: string): EncryptedColumn {
  return {
    ...{ table, key: [key], column, hasPrefix: false },
    encryptAnew: async ({ encrypted }) => (encrypted === null ? null : encryptAnew(encrypted)),
  }
}

const credentialKey = ['workspace_id', 'acs_credential_id']

/** Everything that the database holds encrypted. */
export const encryptedColumns: EncryptedColumn[] = [
  ofBetterAuth('two_factors', 'two_factor_id', 'secret'),
  ofBetterAuth('two_factors', 'two_factor_id', 'recovery_codes'),
  ofBetterAuth('mails', 'mail_id', 'content'),
  sealed('webhook secret', {
    ...{ table: 'webhooks', key: ['workspace_id', 'webhook_id'], column: 'sealed_secret', plainColumn: 'secret' },
  }),
  sealed('door code', {
    ...{ table: 'acs_credentials', key: credentialKey, column: 'sealed_code', plainColumn: 'code' },
  }),
  sealed('card number', {
    ...{ table: 'acs_credentials', key: credentialKey, column: 'sealed_card_number', plainColumn: 'card_number' },
  }),
  sealed('kept answer', {
    ...{
      table: 'idempotent_requests',
      key: ['workspace_id', 'api_key_id', 'idempotency_key'],
      column: 'sealed_answer',
    },
  }),
]
