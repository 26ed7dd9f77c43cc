import { expect, test } from 'vitest'
import { takePlace } from './places'

test('a workspace has some places, which others do not take, and each is given back once', () => {
  const leave = takePlace('upload', 'one')
  takePlace('upload', 'one')
  expect(() => takePlace('upload', 'one')).toThrow('Two files of this workspace are being read already.')
  takePlace('upload', 'other')()
  takePlace('download', 'one')()
  leave()
  leave()
  takePlace('upload', 'one')
  expect(() => takePlace('upload', 'one')).toThrow('Wait until one of them is done')
})
