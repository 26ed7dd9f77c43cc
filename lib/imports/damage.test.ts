import { expect, test } from 'vitest'
import { nameDamage } from './damage'

test.each([
  ['phone_number', '1.5552E+10', 'US', 'shortened this phone number to 1.5552E+10'],
  ['phone_number', '1,5552E+10', 'DE', 'shortened this phone number'],
  ['phone_number', '442079460958', 'US', 'lost its leading plus. If it is meant, write +442079460958'],
  ['phone_number', '4930901820.0', 'US', 'lost its leading plus. If it is meant, write +4930901820'],
  ['phone_number', '########', 'US', 'shows no value'],
  ['phone_number', '#NAME?', 'US', 'shows no value'],
  ['full_name', '#N/A', 'US', 'shows no value'],
  ['full_name', 'M\uFFFDller', 'US', 'were lost when the file was saved'],
  ['user_identity_key', '1.23E+15', 'US', 'shortened this key to 1.23E+15'],
])('%s %j is named', (field, cell, country, words) => {
  expect(nameDamage(field, cell, country)).toContain(words)
})

test.each([
  ['phone_number', '+1 555 555 0110', 'US'],
  ['phone_number', '(555) 555-0110', 'US'],
  ['phone_number', '030 901820', 'DE'],
  ['phone_number', 'call the office', 'US'],
  ['user_identity_key', 'E10', 'US'],
  ['user_identity_key', '#12', 'US'],
  ['full_name', '2E5', 'US'],
])('%s %j is no damage', (field, cell, country) => {
  expect(nameDamage(field, cell, country)).toBeNull()
})
