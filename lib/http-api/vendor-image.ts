import { type VendorColumns, vendorOf, vendors } from '@/lib/access/system-rows/vendor'

/** Where the images of access systems are, below the API's address; they are nobody's secret. */
export const vendorImagePath = '/images/acs_systems/:file'

const byHand = 'kept_by_hand'

export function vendorImageUrl(apiUrl: string, { externalType }: Pick<VendorColumns, 'externalType'>): string {
  const isKnown = externalType !== null && Object.hasOwn(vendors, externalType)
  return `${apiUrl}${vendorImagePath.replace(':file', `${isKnown ? externalType : byHand}.svg`)}`
}

/** A kind of access system as a picture: its monogram, as lists show it; or null for an unknown one. */
export function vendorImage(file: string): string | null {
  const kind = file.replace(/\.svg$/, '')
  if (kind !== byHand && !Object.hasOwn(vendors, kind)) return null
  const { displayName, monogram } = vendorOf({ externalType: kind === byHand ? null : kind, vendorName: null })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img"><title>${displayName}</title><rect width="64" height="64" rx="12" fill="#334155"/><text x="32" y="41" text-anchor="middle" font-family="sans-serif" font-size="26" font-weight="600" fill="#fff">${monogram}</text></svg>`
}
