import type { AccessMethod } from '../schema/credentials'
import type { SystemName } from './buildings'
import type { PersonPlan } from './person-plan'

const jane = { given: 'Jane', family: 'Whitfield' }
const marcus = { given: 'Marcus', family: 'Oyelaran' }

/** People whose state a demo walkthrough tells, so that chance must leave them alone. */
export const storyPeople: PersonPlan[] = [
  {
    name: jane,
    emailAddress: 'jane.whitfield@example.com',
    phoneNumber: '+15552010147',
    kind: 'resident',
    building: 'harborHouse',
    isStory: true,
  },
  {
    name: marcus,
    emailAddress: 'marcus.oyelaran@example.com',
    phoneNumber: '+15552010162',
    kind: 'resident',
    building: 'pierNineLofts',
    isStory: true,
  },
]

/** Different people whose names look alike: each pair is two user identities. */
export const namesakes: PersonPlan[] = [
  ...pair(['Jonathan', 'Whitaker'], ['Jon', 'Whitaker']),
  ...pair(['José', 'Hernández'], ['Jose', 'Hernandez']),
  ...pair(['Linh', 'Nguyen'], ['Nguyen', 'Linh']),
  ...pair(['Zoë', 'Lindström'], ['Zoe', 'Lindstrom']),
  ...pair(['Jürgen', 'Müller'], ['Jurgen', 'Mueller']),
  ...pair(['Øystein', 'Ødegård'], ['Oystein', 'Odegard']),
  ...pair(['Łukasz', 'Wójcik'], ['Lukasz', 'Wojcik']),
  ...pair(['Katherine', "O'Connell"], ['Kate', 'OConnell']),
  ...pair(['Michael', 'Chen'], ['Michael', 'Chen']),
]

function pair(first: [string, string], second: [string, string]): PersonPlan[] {
  return [
    { name: { given: first[0], family: first[1] }, kind: 'resident', building: 'harborHouse' },
    { name: { given: second[0], family: second[1] }, kind: 'resident', building: 'beaconCourt' },
  ]
}

/** An ACS user that a story needs, word for word. */
export type StoryAcsUser = {
  system: SystemName
  /** Full name of the person it is attached to; null for one that waits to be. */
  attachedTo: string | null
  fullName: string
  emailAddress: string | null
  phoneNumber: string | null
  isSuspended?: boolean
  /** The credentials that the access system issued to it. */
  holds: AccessMethod[]
}

/**
 * Jane is locked out at home: attached in three systems, suspended in one of them. Marcus is attached
 * nowhere although three systems know him, each by something else. Jean Doe has no identity yet.
 */
export const storyAcsUsers: StoryAcsUser[] = [
  {
    system: 'saltoKs',
    attachedTo: 'Jane Whitfield',
    fullName: 'Jane Whitfield',
    emailAddress: 'jane.whitfield@example.com',
    phoneNumber: '(555) 201-0147',
    isSuspended: true,
    holds: ['mobile_key'],
  },
  {
    system: 'visionline',
    attachedTo: 'Jane Whitfield',
    fullName: 'Jane Whitfield',
    emailAddress: null,
    phoneNumber: '555.201.0147',
    holds: ['card'],
  },
  {
    system: 'hid',
    attachedTo: 'Jane Whitfield',
    fullName: 'Jane Whitfield',
    emailAddress: 'jane.whitfield@example.com',
    phoneNumber: '+1 555 201 0147',
    holds: ['mobile_key'],
  },
  {
    system: 'latch',
    attachedTo: null,
    fullName: 'M. Oyelaran',
    emailAddress: 'marcus.oyelaran@example.com',
    phoneNumber: null,
    holds: ['code'],
  },
  {
    system: 'brivo',
    attachedTo: null,
    fullName: 'Marcus O.',
    emailAddress: 'm.oyelaran.work@example.org',
    phoneNumber: '555.201.0162',
    holds: ['card'],
  },
  {
    system: 'saltoKs',
    attachedTo: null,
    fullName: 'Markus Oyelaran',
    emailAddress: null,
    phoneNumber: null,
    holds: [],
  },
  {
    system: 'brivo',
    attachedTo: null,
    fullName: 'Jean Doe',
    emailAddress: 'jean@example.com',
    phoneNumber: '(555) 555-0110',
    holds: ['card'],
  },
]
