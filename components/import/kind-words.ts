import type { ImportKind } from '@/lib/imports/import'
import { acsUsersInWords, peopleInWords } from '../ui/counts'

/** What is said of the people, or the ACS users, of a file. */
type KindWords = {
  /** “12 people”. */
  counted: (count: number) => string
  /** “which person it is about”. */
  one: string
  /** Between “12 people” and “it created”. */
  whom: 'whom' | 'that'
  found: string
  choice: string
  choiceHelp: string
  goesAlong: string
  addressOf: (id: string) => string
}

export const kindWords: Record<ImportKind, KindWords> = {
  user_identities: {
    counted: peopleInWords,
    one: 'person',
    whom: 'whom',
    found: 'People are found by their key, else by email address, else by phone number.',
    choice: 'Update the person whom the stronger identifier names',
    choiceHelp:
      'The key wins over the email address, and that over the phone number. What belongs to somebody else is left with them.',
    goesAlong: 'with their ACS users and credentials',
    addressOf: (id) => `/identities/${id}`,
  },
  acs_users: {
    counted: acsUsersInWords,
    one: 'ACS user',
    whom: 'that',
    found:
      'ACS users are found by their ID, else by the person who has them, else by email address or phone number together with the name.',
    choice: 'Update the ACS user that was found',
    choiceHelp: 'Its name, email address and phone number become those of the row.',
    goesAlong: 'with their credentials',
    addressOf: (id) => `/acs-users/${id}`,
  },
}
