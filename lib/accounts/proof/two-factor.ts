/** What an account's page shows of its two-factor authentication. */
export type TwoFactorStatus = { isOn: boolean; recoveryCodesLeft: number }

/** What an authenticator app is given, once. */
export type AuthenticatorSetup = {
  /** `otpauth://totp/…`: what the QR code says. */
  address: string
  /** The same for typing: base32, in groups of four. */
  key: string
  /** The QR code as the path of an SVG, and how many squares it is wide. */
  qr: { path: string; size: number }
}
