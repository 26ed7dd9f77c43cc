import { afterEach, expect, test, vi } from 'vitest'
import { databaseConfiguration } from './configuration'

const embedded = {
  ...{ url: undefined, ownerUrl: undefined, directUrl: undefined, replicaUrl: undefined },
  ...{ folder: '.data', poolSize: 10 },
}

afterEach(() => vi.unstubAllEnvs())

function configure(variables: Record<string, string | undefined>) {
  const nothing = {
    DATABASE_URL: undefined,
    DATABASE_OWNER_URL: undefined,
    DATABASE_DIRECT_URL: undefined,
    DATABASE_REPLICA_URL: undefined,
    DATA_DIR: undefined,
    DATABASE_POOL_SIZE: undefined,
  }
  for (const [name, value] of Object.entries({ ...nothing, ...variables })) vi.stubEnv(name, value)
}

test('without any variable the database is embedded, in .data', () => {
  configure({})
  expect(databaseConfiguration()).toEqual(embedded)
})

test('an empty variable counts as none', () => {
  configure({ DATABASE_URL: '', DATA_DIR: '', DATABASE_POOL_SIZE: '' })
  expect(databaseConfiguration()).toEqual(embedded)
})

test.each(['postgres://localhost/keyholder', 'postgresql://localhost/keyholder'])('%s is taken', (url) => {
  configure({ DATABASE_URL: url, DATABASE_POOL_SIZE: '3' })
  expect(databaseConfiguration()).toMatchObject({ url, poolSize: 3 })
})

test('every wrong variable is named', () => {
  configure({ DATABASE_URL: 'mysql://localhost', DATABASE_POOL_SIZE: 'many' })
  expect(databaseConfiguration).toThrow(
    /^The configuration is wrong:\n {2}DATABASE_URL must start with .*\n {2}DATABASE_POOL_SIZE must be a number/,
  )
})

test('a variable that has changed is read again', () => {
  configure({ DATABASE_POOL_SIZE: '3' })
  expect(databaseConfiguration()).toMatchObject({ poolSize: 3 })
  configure({ DATABASE_POOL_SIZE: '4' })
  expect(databaseConfiguration()).toMatchObject({ poolSize: 4 })
  configure({ DATABASE_POOL_SIZE: 'many' })
  expect(databaseConfiguration).toThrow(/DATABASE_POOL_SIZE must be a number/)
  configure({ DATABASE_POOL_SIZE: '4' })
  expect(databaseConfiguration()).toMatchObject({ poolSize: 4 })
})

test('half of two database roles is refused', () => {
  const [owner, serving] = ['postgres://owner@localhost/keyholder', 'postgres://serving@localhost/keyholder']
  configure({ DATABASE_OWNER_URL: owner })
  expect(databaseConfiguration).toThrow('DATABASE_URL is missing')
  configure({ DATABASE_OWNER_URL: owner, DATABASE_URL: serving })
  expect(databaseConfiguration()).toMatchObject({ url: serving, ownerUrl: owner })
})
