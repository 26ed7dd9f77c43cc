/** How long after a server's start those of the version before may still run, which can't read newer hashes. */
export const rollingUpdateSeconds = 3600
