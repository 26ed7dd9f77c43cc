const number = new Intl.NumberFormat('en')

/** “1 ACS user”, “12 ACS users”. */
export const acsUsersInWords = (count: number) => `${number.format(count)} ACS ${count === 1 ? 'user' : 'users'}`
