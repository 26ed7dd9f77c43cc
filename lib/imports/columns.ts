import type { ColumnMapping } from '@/db/schema/imports'
import { fieldsOf, type ImportField, type ImportKind } from './import'

/** How each field's column may be called, in the letters that `plain` leaves. */
const names: Record<ImportField, string[]> = {
  acs_user_id: ['acsuserid'],
  user_identity_key: ['useridentitykey', 'key', 'residentid', 'tenantid', 'accountid'],
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
  access_starts_at: ['accessstartsat', 'accessstart', 'startsat', 'start', 'startdate', 'validfrom', 'from', 'movein'],
  access_ends_at: [
    'accessendsat',
    'accessend',
    'endsat',
    'end',
    'enddate',
    'validuntil',
    'validto',
    'until',
    'moveout',
  ],
  is_suspended: ['issuspended', 'suspended', 'blocked'],
  access_groups: ['accessgroups', 'accessgroup', 'groups', 'group', 'accesslevels', 'accesslevel'],
  action: ['action'],
}

/** What else a column may be called in a file of people: among ACS users, these are the access system's own numbers. */
const namesAmongPeople: Partial<Record<ImportField, string[]>> = { user_identity_key: ['externalid', 'userid', 'id'] }

const plain = (header: string) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Guesses which column holds which field: as it was chosen for a column of the same name last time, else
 * by the column's name. No column is taken for two fields.
 */
export function guessMapping(
  kind: ImportKind,
  headers: string[],
  remembered: { headers: string[]; mapping: ColumnMapping } | null,
): ColumnMapping {
  const mapping: ColumnMapping = {}
  const columns = headers.map(plain)
  const isFree = (column: number) => column >= 0 && !Object.values(mapping).includes(column)
  const known = (remembered?.headers ?? []).map(plain)
  for (const field of fieldsOf[kind]) {
    const before = remembered?.mapping[field]
    const column = before === undefined ? -1 : columns.indexOf(known[before] || '\u0000')
    if (isFree(column)) mapping[field] = column
  }
  for (const field of fieldsOf[kind]) {
    if (mapping[field] !== undefined) continue
    const candidates = [...names[field], ...((kind === 'user_identities' && namesAmongPeople[field]) || [])]
    // What was seen last time and left alone is left alone again.
    const column = candidates.map((name) => (known.includes(name) ? -1 : columns.indexOf(name))).find(isFree)
    if (column !== undefined) mapping[field] = column
  }
  return mapping
}
