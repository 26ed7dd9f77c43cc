import type { accessSystemTypes } from '@/db/schema/access-systems'

export type AccessSystemType = (typeof accessSystemTypes)[number]

type Vendor = {
  /** The contract's `external_type_display_name`. */
  displayName: string
  /** Two letters that stand for the vendor where there is no room for its name. */
  monogram: string
}

/** The vendors' kinds of access system, by the contract's `external_type`. */
export const vendors: Record<AccessSystemType, Vendor> = {
  pti_site: { displayName: 'PTI site', monogram: 'PT' },
  alta_org: { displayName: 'Alta organization', monogram: 'AL' },
  salto_ks_site: { displayName: 'Salto KS site', monogram: 'SK' },
  salto_space_system: { displayName: 'Salto Space system', monogram: 'SS' },
  brivo_account: { displayName: 'Brivo account', monogram: 'BR' },
  hid_credential_manager_organization: { displayName: 'HID Credential Manager organization', monogram: 'HI' },
  visionline_system: { displayName: 'Visionline system', monogram: 'VL' },
  assa_abloy_credential_service: { displayName: 'ASSA ABLOY Credential Service', monogram: 'AC' },
  latch_building: { displayName: 'Latch building', monogram: 'LA' },
  dormakaba_community_site: { displayName: 'dormakaba Community site', monogram: 'DC' },
  dormakaba_ambiance_site: { displayName: 'dormakaba Ambiance site', monogram: 'DA' },
  legic_connect_credential_service: { displayName: 'LEGIC Connect Credential Service', monogram: 'LE' },
  assa_abloy_vostio: { displayName: 'ASSA ABLOY Vostio', monogram: 'VO' },
  assa_abloy_vostio_credential_service: { displayName: 'ASSA ABLOY Vostio Credential Service', monogram: 'VC' },
  hotek_site: { displayName: 'Hotek site', monogram: 'HK' },
}

const digitsAndLetters = [...'0123456789abcdefghijklmnopqrstuvwxyz']

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
  const anyTwo = digitsAndLetters.flatMap((first) => digitsAndLetters.map((second) => first + second))
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
