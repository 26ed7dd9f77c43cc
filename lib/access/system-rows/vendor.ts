import type { accessSystemTypes } from '@/db/schema/access-systems'

type AccessSystemType = (typeof accessSystemTypes)[number]

type Vendor = {
  /** The contract's `external_type_display_name`. */
  displayName: string
  /** Two letters that stand for the vendor where there is no room for its name. */
  monogram: string
  /** What the vendor calls its users, credentials and access groups, by the contract's names; absent where it has none. */
  acsUserType?: ExternalType
  credentialType?: ExternalType
  accessGroupType?: ExternalType
  /** Whether a credential itself says which entrances it opens; see `credentialsNameEntrances`. */
  credentialsNameEntrances?: true
}

type ExternalType = { type: string; displayName: string }

/** The known kinds of access system, by the contract's `external_type`. */
export const vendors: Record<AccessSystemType, Vendor> = {
  pti_site: {
    displayName: 'PTI site',
    monogram: 'PT',
    acsUserType: { type: 'pti_user', displayName: 'PTI user' },
    credentialType: { type: 'pti_card', displayName: 'PTI card' },
    accessGroupType: { type: 'pti_access_level', displayName: 'PTI access level' },
  },
  alta_org: { displayName: 'Alta organization', monogram: 'AL' },
  avigilon_alta_org: { displayName: 'Avigilon Alta organization', monogram: 'AV' },
  kisi_organization: { displayName: 'Kisi organization', monogram: 'KI' },
  salto_ks_site: {
    displayName: 'Salto KS site',
    monogram: 'SK',
    acsUserType: { type: 'salto_site_user', displayName: 'Salto KS user' },
    credentialType: { type: 'salto_ks_credential', displayName: 'Salto KS credential' },
    accessGroupType: { type: 'salto_ks_access_group', displayName: 'Salto KS access group' },
  },
  salto_space_system: {
    displayName: 'Salto Space system',
    monogram: 'SS',
    acsUserType: { type: 'salto_space_user', displayName: 'Salto Space user' },
    credentialType: { type: 'salto_space_key', displayName: 'Salto Space key' },
    accessGroupType: { type: 'salto_space_group', displayName: 'Salto Space group' },
  },
  brivo_account: {
    displayName: 'Brivo account',
    monogram: 'BR',
    acsUserType: { type: 'brivo_user', displayName: 'Brivo user' },
    credentialType: { type: 'brivo_credential', displayName: 'Brivo credential' },
    accessGroupType: { type: 'brivo_group', displayName: 'Brivo group' },
  },
  hid_credential_manager_organization: {
    displayName: 'HID Credential Manager organization',
    monogram: 'HI',
    acsUserType: { type: 'hid_credential_manager_user', displayName: 'HID Credential Manager user' },
    credentialType: { type: 'hid_credential', displayName: 'HID credential' },
  },
  visionline_system: {
    displayName: 'Visionline system',
    monogram: 'VL',
    credentialType: { type: 'visionline_card', displayName: 'Visionline card' },
    credentialsNameEntrances: true,
  },
  assa_abloy_credential_service: { displayName: 'ASSA ABLOY Credential Service', monogram: 'AC' },
  latch_building: {
    displayName: 'Latch building',
    monogram: 'LA',
    acsUserType: { type: 'latch_user', displayName: 'Latch user' },
    credentialType: { type: 'latch_access', displayName: 'Latch access' },
    credentialsNameEntrances: true,
  },
  dormakaba_community_site: {
    displayName: 'dormakaba Community site',
    monogram: 'DC',
    acsUserType: { type: 'dormakaba_community_user', displayName: 'dormakaba Community user' },
    accessGroupType: { type: 'dormakaba_community_access_group', displayName: 'dormakaba Community access group' },
  },
  dormakaba_ambiance_site: {
    displayName: 'dormakaba Ambiance site',
    monogram: 'DA',
    credentialType: { type: 'dormakaba_ambiance_credential', displayName: 'dormakaba Ambiance credential' },
    accessGroupType: { type: 'dormakaba_ambiance_access_group', displayName: 'dormakaba Ambiance access group' },
    credentialsNameEntrances: true,
  },
  legic_connect_credential_service: { displayName: 'LEGIC Connect Credential Service', monogram: 'LE' },
  assa_abloy_vostio: {
    displayName: 'ASSA ABLOY Vostio',
    monogram: 'VO',
    credentialType: { type: 'assa_abloy_vostio_key', displayName: 'ASSA ABLOY Vostio key' },
    credentialsNameEntrances: true,
  },
  assa_abloy_vostio_credential_service: { displayName: 'ASSA ABLOY Vostio Credential Service', monogram: 'VC' },
  hotek_site: {
    displayName: 'Hotek site',
    monogram: 'HK',
    credentialType: { type: 'hotek_card', displayName: 'Hotek card' },
    credentialsNameEntrances: true,
  },
}

/** Vendors to suggest for a system that's kept by hand. Any other may be typed. */
export const handKeptVendors = [
  'Doorking',
  'Honeywell',
  'Kantech',
  'Keri',
  'Linear',
  'Paxton Net2',
  'Rosslare',
  'Viking',
]

/** What tells whose product an access system is. */
export type VendorColumns = { externalType: string | null; vendorName: string | null }

/** Whether people keep an access system by hand: no vendor's interface reports it. */
export function isKeptByHand({ externalType }: Pick<VendorColumns, 'externalType'>): boolean {
  return externalType === null
}

/** The vendor of an access system. A kind that Keyholder doesn't know is shown by the name it came with. */
export function vendorOf({ externalType, vendorName }: VendorColumns): Vendor {
  if (externalType === null) return { displayName: vendorName ?? 'Kept by hand', monogram: initials(vendorName ?? '') }
  if (Object.hasOwn(vendors, externalType)) return vendors[externalType as AccessSystemType]
  return { displayName: externalType.replaceAll('_', ' '), monogram: initials(externalType) }
}

/** Two letters of a name, A to Z: of its first two words, or the first two of one word. */
function initials(name: string): string {
  const words =
    name
      .normalize('NFD')
      .toUpperCase()
      .match(/[A-Z][A-Z\p{M}]*/gu) ?? []
  const [first = 'BY', second = ''] = words.map((word) => word.replace(/\P{Lu}/gu, ''))
  return (second ? first.charAt(0) + second.charAt(0) : first.slice(0, 2)).padEnd(2, 'X')
}

/**
 * Whether a credential of this vendor is issued for entrances of its own (`allowed_acs_entrance_ids`).
 * Seam's guides (docs.seam.co, “Access control systems” and the integration guides) divide the vendors:
 * the group-based ones (Salto KS and Space, PTI, Brivo, dormakaba Community, HID) open doors by access groups;
 * the credential-based ones (Visionline, Vostio, Latch, dormakaba Ambiance, Hotek) take the entrances of
 * each credential. The contract itself takes the parameter for every vendor.
 */
export function credentialsNameEntrances(system: VendorColumns): boolean {
  return vendorOf(system).credentialsNameEntrances ?? false
}

const digitsAndLetters = [...'0123456789abcdefghijklmnopqrstuvwxyz']
const anyTwo = digitsAndLetters.flatMap((first) => digitsAndLetters.map((second) => first + second))

/**
 * A mark for each access system of a workspace: its vendor's monogram, or where several systems here share
 * that, its first letter and a number. Two characters each, no two the same.
 *
 * @param systems in the order in which they are shown.
 */
export function systemMonograms(systems: (VendorColumns & { acsSystemId: string })[]): Map<string, string> {
  const marked = systems.map((system) => ({ ...system, monogram: vendorOf(system).monogram }))
  const having = new Map<string, number>()
  for (const { monogram } of marked) having.set(monogram, (having.get(monogram) ?? 0) + 1)
  const taken = new Set<string>()
  return new Map(
    marked.map(({ acsSystemId, monogram }) => {
      if (having.get(monogram) === 1) return [acsSystemId, monogram]
      // Vendors may share a first letter. After 1 to 9 come a to z, then any two that are free.
      const numbered = digitsAndLetters.slice(1).map((number) => monogram.charAt(0) + number)
      const mark = [...numbered, ...anyTwo].find((candidate) => !taken.has(candidate)) ?? monogram
      taken.add(mark)
      return [acsSystemId, mark]
    }),
  )
}
