import type { ColumnMapping } from '@/db/schema/imports'
import { fieldKeys, type ImportField } from './import'

/** How each field's column may be called, in the letters that `plain` leaves. */
const names: Record<ImportField, string[]> = {
  user_identity_key: ['useridentitykey', 'key', 'residentid', 'tenantid', 'accountid', 'externalid', 'userid', 'id'],
  email_address: ['emailaddress', 'email', 'mail', 'mailaddress', 'residentemail', 'tenantemail'],
  phone_number: [
    'phonenumber',
    'phone',
    'mobile',
    'mobilephone',
    'mobilenumber',
    'cell',
    'cellphone',
    'telephone',
    'tel',
  ],
  full_name: ['fullname', 'name', 'resident', 'residentname', 'tenant', 'tenantname', 'displayname'],
  first_name: ['firstname', 'givenname', 'forename'],
  last_name: ['lastname', 'surname', 'familyname'],
  action: ['action'],
}

const plain = (header: string) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Guesses which column holds which field: as it was chosen for a column of the same name last time, else
 * by the column's name. No column is taken for two fields.
 */
export function guessMapping(
  headers: string[],
  remembered: { headers: string[]; mapping: ColumnMapping } | null,
): ColumnMapping {
  const mapping: ColumnMapping = {}
  const columns = headers.map(plain)
  const isFree = (column: number) => column >= 0 && !Object.values(mapping).includes(column)
  const known = (remembered?.headers ?? []).map(plain)
  for (const field of fieldKeys) {
    const before = remembered?.mapping[field]
    const column = before === undefined ? -1 : columns.indexOf(known[before] || '\u0000')
    if (isFree(column)) mapping[field] = column
  }
  for (const field of fieldKeys) {
    if (mapping[field] !== undefined) continue
    // What was seen last time and left alone is left alone again.
    const column = names[field].map((name) => (known.includes(name) ? -1 : columns.indexOf(name))).find(isFree)
    if (column !== undefined) mapping[field] = column
  }
  return mapping
}
