import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { type MergingAcsUser, mergedCharacteristics, planMerge } from './merge'
import { parseMerge } from './merge-input'

const pair = { survivorId: 'survivor', mergedId: 'merged' }
const acsUser = (acsUserId: string, acsSystemId: string, userIdentityId: string | null): MergingAcsUser => ({
  acsUserId,
  acsSystemId,
  acsSystemName: acsSystemId,
  displayName: acsUserId,
  userIdentityId,
})

test('what only the merged one has moves, and what the survivor has stays', () => {
  const hers = acsUser('hers', 'house', 'survivor')
  const other = acsUser('other', 'pier', 'merged')
  expect(planMerge(pair, [hers, other], [])).toEqual({ moves: [other], unlinks: [], collisions: [] })
})

test('of two in one access system, the chosen one is linked and the other to nobody', () => {
  const [hers, other] = [acsUser('hers', 'house', 'survivor'), acsUser('other', 'house', 'merged')]
  expect(planMerge(pair, [hers, other], ['hers'])).toMatchObject({ moves: [], unlinks: [other] })
  expect(planMerge(pair, [hers, other], ['other'])).toMatchObject({ moves: [other], unlinks: [hers] })
})

test.each([[[]], [['hers', 'other']], [['somebody']]])('%j decides nothing between hers and other', (keep) => {
  const both = [acsUser('hers', 'house', 'survivor'), acsUser('other', 'house', 'merged')]
  expect(planMerge(pair, both, keep)).toMatchObject({ moves: [], unlinks: [], collisions: [{ kept: null }] })
})

/** Any ACS users that rule 2 permits two people to have. */
const anyAcsUsers = fastCheck
  .uniqueArray(
    fastCheck.record({ system: fastCheck.nat({ max: 5 }), side: fastCheck.constantFrom('survivor', 'merged') }),
    {
      selector: ({ system, side }) => `${system} ${side}`,
    },
  )
  .map((links) => links.map(({ system, side }) => acsUser(`${side} ${system}`, `system ${system}`, side)))

test('whoever is chosen, the survivor ends with one ACS user in every access system of either', () => {
  fastCheck.assert(
    fastCheck.property(anyAcsUsers, fastCheck.infiniteStream(fastCheck.boolean()), (acsUsers, coins) => {
      const { collisions } = planMerge(pair, acsUsers, [])
      const keep = collisions.map(({ ofSurvivor, ofMerged }) =>
        coins.next().value ? ofSurvivor.acsUserId : ofMerged.acsUserId,
      )
      const { moves, unlinks } = planMerge(pair, acsUsers, keep)
      const linked = acsUsers
        .filter((one) => !unlinks.includes(one))
        .filter((one) => moves.includes(one) || one.userIdentityId === 'survivor')
      const systems = (some: MergingAcsUser[]) => some.map(({ acsSystemId }) => acsSystemId).sort()
      expect(systems(linked)).toEqual([...new Set(systems(acsUsers))])
      expect(linked.length + unlinks.length).toBe(acsUsers.length)
      for (const id of keep) expect(linked.map(({ acsUserId }) => acsUserId)).toContain(id)
    }),
  )
})

const nobody = { full_name: null, email_address: null, phone_number: null, user_identity_key: null }

test('a value that only one has survives, whoever is chosen', () => {
  const jane = { ...nobody, full_name: 'Jane Doe' }
  const other = { ...nobody, phone_number: '+15555550110' }
  const both = { ...jane, phone_number: '+15555550110' }
  expect(mergedCharacteristics(jane, other, {})).toEqual(both)
  expect(mergedCharacteristics(jane, other, { full_name: 'merged', phone_number: 'survivor' })).toEqual(both)
})

test('of two values the chosen one survives, and the survivor’s where none is chosen', () => {
  const [jane, other] = [
    { ...nobody, full_name: 'Jane Doe' },
    { ...nobody, full_name: 'Doe, Jane' },
  ]
  expect(mergedCharacteristics(jane, other, { full_name: 'merged' }).full_name).toBe('Doe, Jane')
  expect(mergedCharacteristics(jane, other, {}).full_name).toBe('Jane Doe')
})

test('nobody is merged with themselves', () => {
  const id = '0192f0c1-0000-7000-8000-000000000001'
  expect(() => parseMerge({ survivor_id: id, merged_id: id })).toThrow('two different people')
})
