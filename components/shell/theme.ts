/** How the viewer wants it: as the device says, or always one way. Kept in a cookie, so that the first paint is right. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeCookie = 'theme'

/** Reads the cookie's value; what it does not know is `system`. */
export function toTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
