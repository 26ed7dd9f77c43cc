const hostOnly = '__Host-'

/**
 * What a cookie is called: where people come by https, by the prefix that lets browsers take it only from this very
 * host and only over https. Such a cookie needs `Secure` and `Path=/`, and must have no `Domain`.
 */
export function cookieName(name: string, { secure }: { secure: boolean }): string {
  return secure ? hostOnly + name : name
}
