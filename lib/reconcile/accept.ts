/** Most matches that are accepted in one transaction; more are sent in batches, between which others have their turn. */
export const mostAcceptedAtOnce = 100
