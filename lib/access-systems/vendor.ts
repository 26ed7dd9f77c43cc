import type { accessSystemTypes } from '@/db/schema/access-systems'

export type AccessSystemType = (typeof accessSystemTypes)[number]

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

/** The vendors' kinds of access system, by the contract's `external_type`. */
export const vendors: Record<AccessSystemType, Vendor> = {
  pti_site: {
    displayName: 'PTI site',
    monogram: 'PT',
    acsUserType: { type: 'pti_user', displayName: 'PTI user' },
    credentialType: { type: 'pti_card', displayName: 'PTI card' },
    accessGroupType: { type: 'pti_access_level', displayName: 'PTI access level' },
  },
  alta_org: { displayName: 'Alta organization', monogram: 'AL' },
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

/**
 * Whether a credential of this vendor is issued for entrances of its own (`allowed_acs_entrance_ids`).
 * Seam's guides (docs.seam.co, “Access control systems” and the integration guides) divide the vendors:
 * the group-based ones (Salto KS and Space, PTI, Brivo, dormakaba Community, HID) open doors by access groups;
 * the credential-based ones (Visionline, Vostio, Latch, dormakaba Ambiance, Hotek) take the entrances of
 * each credential. The contract itself takes the parameter for every vendor.
 */
export function credentialsNameEntrances(type: AccessSystemType): boolean {
  return vendors[type].credentialsNameEntrances ?? false
}

const digitsAndLetters = [...'0123456789abcdefghijklmnopqrstuvwxyz']
const anyTwo = digitsAndLetters.flatMap((first) => digitsAndLetters.map((second) => first + second))

/**
 * A mark for each access system of a workspace: its vendor's monogram, or where a vendor has
 * several systems here, the vendor's first letter and a number. Two characters each, no two the same.
 *
 * @param systems in the order in which they are shown.
 */
export function systemMonograms(
  systems: { acsSystemId: string; externalType: AccessSystemType }[],
): Map<string, string> {
  const ofType = new Map<AccessSystemType, number>()
  for (const { externalType } of systems) ofType.set(externalType, (ofType.get(externalType) ?? 0) + 1)
  const taken = new Set<string>()
  return new Map(
    systems.map(({ acsSystemId, externalType }) => {
      const { monogram } = vendors[externalType]
      if (ofType.get(externalType) === 1) return [acsSystemId, monogram]
      // Vendors may share a first letter. After 1 to 9 come a to z, then any two that are free.
      const numbered = digitsAndLetters.slice(1).map((number) => monogram.charAt(0) + number)
      const mark = [...numbered, ...anyTwo].find((candidate) => !taken.has(candidate)) ?? monogram
      taken.add(mark)
      return [acsSystemId, mark]
    }),
  )
}
