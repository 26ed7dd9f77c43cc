import process from 'node:process'

/**
 * Ends the process with a plain message when Node.js is older than needed.
 *
 * @param {string} needed such as 20.9
 * @param {string} purpose what needs it, as the start of the message
 */
export function checkNodeVersion(needed, purpose) {
  if (isAtLeast(process.versions.node, needed)) return
  console.error(
    `${purpose} needs Node.js ${needed} or newer; this is ${process.versions.node}. See https://nodejs.org for a newer one.`,
  )
  process.exit(1)
}

/**
 * Whether one dotted version is another or newer.
 *
 * @param {string} version
 * @param {string} needed
 */
export function isAtLeast(version, needed) {
  const have = version.split('.').map(Number)
  for (const [place, number] of needed.split('.').map(Number).entries()) {
    const difference = (have[place] ?? 0) - number
    if (difference !== 0) return difference > 0
  }
  return true
}
