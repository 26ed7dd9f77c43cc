import Bowser from 'bowser'

/** A browser and its system in words, from what it says of itself. */
export function deviceInWords(userAgent: string | null): string {
  if (!userAgent) return 'An unknown browser'
  const { browser, os } = Bowser.parse(userAgent)
  return `${browser.name || 'A browser'} on ${os.name || 'an unknown system'}`
}
