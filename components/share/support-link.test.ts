import { expect, test } from 'vitest'
import { supportLink } from './support-link'

test.each([
  ['https://keys.example/identities/1', 'https://keys.example/identities/1?workspace=w'],
  [
    'https://keys.example/identities/1?door=2&doors=gym&notice=saved&edit=#doors',
    'https://keys.example/identities/1?door=2&doors=gym&workspace=w#doors',
  ],
  ['https://keys.example/identities/1?workspace=other', 'https://keys.example/identities/1?workspace=w'],
])('the link to %s is %s', (address, link) => {
  expect(supportLink(address, 'w')).toBe(link)
})
