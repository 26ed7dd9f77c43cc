import { expect, test } from 'vitest'
import { readDeliveryListParameters, writeDeliveryListParameters } from './delivery-list-parameters'

const read = (address: string) => readDeliveryListParameters(new URLSearchParams(address))

test('an address without parameters is the whole log, with nothing opened', () => {
  expect(read('')).toEqual({ status: null, cursor: null, deliveryId: null })
})

test.each(['status=failed', 'status=pending&cursor=abc', 'status=delivered&cursor=abc&delivery=123', ''])(
  '“%s” is written back as it was read',
  (address) => {
    expect(writeDeliveryListParameters(read(address)).toString()).toBe(address)
  },
)

test('a status that there is not is none', () => {
  expect(read('status=lost').status).toBeNull()
})
