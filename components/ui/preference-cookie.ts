/**
 * The cookie in which the browser tells the server its time zone, from the second page on. In a
 * module of its own: of a client module, the server gets references instead of values.
 */
export const timeZoneCookie = 'time_zone'
