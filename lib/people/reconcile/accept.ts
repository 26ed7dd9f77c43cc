/** Most matches that are accepted in one transaction; more are sent in batches, between which others have their turn. */
export const mostAcceptedAtOnce = 100

/** Most people whose certain matches are looked for at once. */
export const mostLookedFor = 200
