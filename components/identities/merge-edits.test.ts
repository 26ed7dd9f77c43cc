import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { mergeEdits } from './merge-edits'

const value = fastCheck.constantFrom('', 'a', 'b', 'c')
const edit = fastCheck.record({ full_name: value, email_address: value, phone_number: value, user_identity_key: value })
const fields = ['full_name', 'email_address', 'phone_number', 'user_identity_key'] as const

test('no edit is lost: what one of two changed is there, and what both changed is mine with theirs named', () => {
  fastCheck.assert(
    fastCheck.property(edit, edit, edit, (base, mine, theirs) => {
      const { values, contested } = mergeEdits(base, mine, theirs)
      for (const field of fields) {
        const iChanged = mine[field] !== base[field]
        const theyChanged = theirs[field] !== base[field]
        expect(values[field]).toBe(iChanged ? mine[field] : theirs[field])
        const bothDiffer = iChanged && theyChanged && mine[field] !== theirs[field]
        expect(contested[field]).toBe(bothDiffer ? theirs[field] : undefined)
      }
    }),
  )
})
