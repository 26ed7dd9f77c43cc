import { seal, sealedForms, unseal } from '@/db/encryption/seal'
import type { credentials } from '@/db/schema/credentials'

type Kept = typeof credentials.$inferSelect

/** A credential's code as it is typed at the door; null where it has none, or none that can be read. */
export function codeOf({ code, sealedCode }: Pick<Kept, 'code' | 'sealedCode'>): string | null {
  // What an instance of the version before writes is newer than what is encrypted beside it.
  return code ?? (sealedCode === null ? null : unseal('door code', sealedCode))
}

/** A card's number; null where a credential has none, or none that can be read. */
export function cardNumberOf({
  cardNumber,
  sealedCardNumber,
}: Pick<Kept, 'cardNumber' | 'sealedCardNumber'>): string | null {
  return cardNumber ?? (sealedCardNumber === null ? null : unseal('card number', sealedCardNumber))
}

/** How a code is kept. */
export function keptCode(code: string | null): Pick<Kept, 'code' | 'sealedCode'> {
  return { code: null, sealedCode: code === null ? null : seal('door code', code) }
}

/** How a card's number is kept. */
export function keptCardNumber(cardNumber: string | null): Pick<Kept, 'cardNumber' | 'sealedCardNumber'> {
  return { cardNumber: null, sealedCardNumber: cardNumber === null ? null : seal('card number', cardNumber) }
}

/** What a whole code or card number may be kept as: of encrypted ones no part can be searched for. */
export function keptForms(searched: string): { codes: string[]; cardNumbers: string[] } {
  const whole = searched.trim()
  return { codes: sealedForms('door code', whole), cardNumbers: sealedForms('card number', whole) }
}
