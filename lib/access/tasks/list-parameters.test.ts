import { expect, test } from 'vitest'
import { readTaskListParameters, writeTaskListParameters } from './list-parameters'

const read = (address: string) => readTaskListParameters(new URLSearchParams(address))
const id = '0192f0c1-0000-7000-8000-00000000000a'

test('an address says which tasks are listed', () => {
  const parameters = { acsSystemId: id, acsUserId: id, isDone: true }
  expect(read(`system=${id.toUpperCase()}&acs_user=${id}&state=done`)).toEqual(parameters)
  expect(read(writeTaskListParameters(parameters).toString())).toEqual(parameters)
})

test('what makes no sense is left out, and so is what is as usual', () => {
  const usual = { acsSystemId: null, acsUserId: null, isDone: false }
  expect(read('system=nonsense&acs_user=&state=gone')).toEqual(usual)
  expect(writeTaskListParameters(usual).toString()).toBe('')
})
