import fastCheck from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimsOf, type FoundForRow, type KnownAcsUser, planRow, rowReader, type SaidOfAcsUser } from './plan'

const acsUser = (details: Partial<KnownAcsUser> & { acsUserId: string }): KnownAcsUser => ({
  displayName: details.fullName ?? details.emailAddress ?? '',
  ...{ fullName: null, emailAddress: null, phoneNumber: null, phoneNumberE164: null },
  ...{ accessStartsAt: null, accessEndsAt: null, isSuspended: false, person: null, groups: [] },
  ...details,
})
const phone = { phoneNumber: '(555) 555-0101', phoneNumberE164: '+15555550101' }
const ann = acsUser({ acsUserId: 'ann', fullName: 'Ann Bay', emailAddress: 'ann@example.com', ...phone })
const bob = acsUser({ acsUserId: 'bob', fullName: 'Bob Bay', emailAddress: 'ann@example.com', ...phone })
const jane = { userIdentityId: 'jane', displayName: 'Jane Doe' }

const nothing: FoundForRow = { email_address: [], phone_number: [], groups: new Map() }
const planned = (
  said: SaidOfAcsUser,
  found: Partial<FoundForRow>,
  action: 'create' | 'update' | 'remove' | null = null,
) => planRow({ action, said, problems: [] }, { ...nothing, ...found })

describe('whom a row is about', () => {
  const annsRow = { full_name: 'Ann Bay', email_address: 'Ann@example.com' }

  test('is told by the email address where the name agrees', () => {
    expect(planned(annsRow, { email_address: [ann] })).toMatchObject({
      plan: 'update',
      acsUser: ann,
      changes: { email_address: { from: 'ann@example.com', to: 'Ann@example.com' } },
    })
  })

  test('of a family that shares an address, by the name', () => {
    expect(planned({ ...annsRow, full_name: 'Bobby Bay' }, { email_address: [ann, bob] })).toMatchObject({
      acsUser: bob,
    })
  })

  test('is in doubt where the one with the address is called otherwise', () => {
    expect(planned({ ...annsRow, full_name: 'Carl Bay' }, { email_address: [ann] })).toMatchObject({
      plan: 'conflict',
      problems: [{ field: 'email_address', message: 'This email address is that of “Ann Bay”.' }],
    })
  })

  test('is refused where several have the address and none the name, unless it is said to be new', () => {
    const carl = { ...annsRow, full_name: 'Carl Bay' }
    expect(planned(carl, { email_address: [ann, bob] })).toMatchObject({
      plan: 'refused',
      problems: [{ message: expect.stringContaining('2 ACS users have this email address: “Ann Bay”, “Bob Bay”') }],
    })
    expect(planned(carl, { email_address: [ann, bob] }, 'create')).toMatchObject({ plan: 'create', acsUser: null })
  })

  test('is told by the phone number, and in doubt where the email address is another', () => {
    const row = { full_name: 'Ann Bay', phone_number: '555 555 0101', phone_number_e164: '+15555550101' }
    expect(planned(row, { phone_number: [ann] })).toMatchObject({ plan: 'update', acsUser: ann })
    expect(planned({ ...row, email_address: 'new@example.com' }, { phone_number: [ann] })).toMatchObject({
      plan: 'conflict',
      problems: [{ message: 'This phone number is that of “Ann Bay”, whose email address is ann@example.com.' }],
    })
  })

  test('is somebody new where only another one of the household has the phone number', () => {
    const row = { full_name: 'Carl Bay', email_address: 'carl@example.com', phone_number_e164: '+15555550101' }
    expect(planned(row, { phone_number: [ann] })).toMatchObject({ plan: 'create' })
  })

  test('is told by the ID, and by the person who has it, whatever else the row says', () => {
    const other = { full_name: 'Somebody Else', email_address: 'else@example.com' }
    expect(planned({ acs_user_id: 'ann', ...other }, { byId: ann })).toMatchObject({ plan: 'update', acsUser: ann })
    const hers = { ...ann, person: jane }
    expect(planned({ user_identity_key: 'J1', ...other }, { person: jane, byPerson: hers })).toMatchObject({
      ...{ plan: 'update', acsUser: hers },
      changes: { full_name: { from: 'Ann Bay', to: 'Somebody Else' } },
    })
  })
})

describe('the person who is to have it', () => {
  const row = { user_identity_key: 'J1', full_name: 'Ann Bay', email_address: 'ann@example.com' }

  test('gets one that nobody has', () => {
    expect(planned(row, { person: jane, email_address: [ann] })).toMatchObject({
      plan: 'update',
      changes: { user_identity: { from: null, to: 'Jane Doe' } },
    })
  })

  test('must be there', () => {
    expect(planned(row, {})).toMatchObject({ problems: [{ message: 'Nobody has this key. Import the people first.' }] })
  })

  test('gets none that another has, and no second', () => {
    const bobs = { ...ann, person: { userIdentityId: 'bob', displayName: 'Bob' } }
    expect(planned(row, { person: jane, email_address: [bobs] }).problems[0]?.message).toBe(
      '“Ann Bay” is attached to “Bob”, not to “Jane Doe”. Detach it first.',
    )
    const present = acsUser({ acsUserId: 'present', fullName: 'J. Doe', person: jane })
    expect(
      planned({ ...row, acs_user_id: 'ann' }, { person: jane, byId: ann, byPerson: present }).problems[0]?.message,
    ).toBe('“Jane Doe” has “J. Doe” in this access system already.')
  })
})

test('an end before the start is refused, also where one of the two is there already', () => {
  const open = { ...ann, accessStartsAt: '2026-05-01T00:00:00.000Z' }
  const row = { full_name: 'Ann Bay', email_address: 'ann@example.com', access_ends_at: '2026-04-30T23:59:00.000Z' }
  expect(planned(row, { email_address: [open] })).toMatchObject({
    plan: 'refused',
    problems: [{ field: 'access_ends_at' }],
  })
})

test('access groups are those that the row names, and each must be there once', () => {
  const groups = new Map([
    ['staff', [{ acsAccessGroupId: 'g1', name: 'Staff' }]],
    ['gym', [1, 2].map((n) => ({ acsAccessGroupId: `g${n + 1}`, name: 'Gym' }))],
  ])
  const row = { full_name: 'Ann Bay', email_address: 'ann@example.com' }
  const member = { ...ann, groups: [{ acsAccessGroupId: 'g9', name: 'Residents' }] }
  const found = { groups, email_address: [member] }
  expect(planned({ ...row, access_groups: 'STAFF; ' }, found).changes).toEqual({
    access_groups: { from: 'Residents', to: 'Staff' },
  })
  expect(planned({ ...row, access_groups: 'Staff; Pool' }, found).problems[0]?.message).toContain(
    'no access group “Pool”',
  )
  expect(planned({ ...row, access_groups: 'Gym' }, found).problems[0]?.message).toContain('several access groups')
})

test('a row is never about two, and changes nobody whose ID, person, email address and phone number all differ', () => {
  const one = fastCheck.constantFrom(ann, bob, acsUser({ acsUserId: 'cy', fullName: 'Cy Low', ...phone }))
  const maybe = fastCheck.option(one, { nil: undefined })
  fastCheck.assert(
    fastCheck.property(
      fastCheck.record({ byId: maybe, email: fastCheck.uniqueArray(one), phone: fastCheck.uniqueArray(one) }),
      fastCheck.constantFrom('Ann Bay', 'Bob Bay', 'Cy Low', 'Zoe Quist'),
      fastCheck.constantFrom('create' as const, 'update' as const, 'remove' as const, null),
      ({ byId, email, phone: holders }, name, action) => {
        const said = {
          full_name: name,
          email_address: 'ann@example.com',
          phone_number_e164: '+15555550101',
          ...(byId && { acs_user_id: byId.acsUserId }),
        }
        const row = planned(said, { byId, email_address: email, phone_number: holders }, action)
        if (row.acsUser) {
          expect([byId, ...email, ...holders]).toContain(row.acsUser)
          expect(claimsOf(row).filter(({ claim }) => claim.startsWith('acs_user:'))).toHaveLength(1)
        }
        if (byId && row.plan !== 'refused') expect(row.acsUser).toBe(byId)
        if (row.plan === 'create') expect([action, byId]).not.toContain('update')
        if (row.plan === 'remove') expect(row.problems).toEqual([])
      },
    ),
  )
})

test('cells are read: names joined, dates in the zone of the site, yes and no, the phone number in both forms', () => {
  const mapping = { first_name: 0, last_name: 1, phone_number: 2, access_ends_at: 3, is_suspended: 4, access_groups: 5 }
  const read = rowReader(mapping, 6, { defaultCountry: 'US', dates: { order: 'day_first', zone: 'Europe/Zurich' } })
  expect(read(['Ann', 'Bay', '(555) 555-0101', '01/04/2026', 'No', 'Staff'])).toEqual({
    action: null,
    said: {
      full_name: 'Ann Bay',
      phone_number: '(555) 555-0101',
      phone_number_e164: '+15555550101',
      access_ends_at: '2026-04-01T21:59:00.000Z',
      is_suspended: 'false',
      access_groups: 'Staff',
    },
    problems: [],
  })
  expect(read(['', '', '', '', 'maybe', '']).problems).toEqual([
    { field: 'is_suspended', message: 'Write true or false, or leave the cell blank.' },
  ])
})
