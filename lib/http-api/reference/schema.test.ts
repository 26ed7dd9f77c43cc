import { expect, test } from 'vitest'
import { exampleValue, type Schema, typeInWords } from './schema'

const schemas: Record<string, Schema> = {
  person: { type: 'object', properties: { name: { type: 'string' }, friend: { $ref: '#/components/schemas/person' } } },
}

test.each<[Schema, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'string', format: 'uuid' }, 'string (uuid)'],
  [{ type: ['string', 'null'], format: 'email' }, 'string (email) or null'],
  [{ type: 'string', nullable: true }, 'string or null'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string or null'],
  [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'string or integer'],
  [{ type: 'string', enum: ['code', 'card'] }, '"code" | "card"'],
  [{ type: 'string', enum: Array.from({ length: 20 }, (_, number) => String(number)) }, 'one of 20 values'],
  [{ const: true }, 'true'],
  [{ type: 'array', items: { type: 'string', format: 'uuid' } }, 'list of string (uuid)'],
  [{ $ref: '#/components/schemas/person' }, 'object'],
  [{ allOf: [{ $ref: '#/components/schemas/person' }], description: 'Who' }, 'object'],
  [{ $ref: '#/components/schemas/unknown' }, 'any'],
  [{}, 'any'],
])('%j reads “%s”', (schema, words) => {
  expect(typeInWords(schema, schemas)).toBe(words)
})

test.each<[Schema, unknown]>([
  [{ type: 'string', example: 'a' }, 'a'],
  [{ type: 'string', enum: ['code', 'card'] }, 'code'],
  [{ type: 'boolean', default: false }, false],
  [{ type: 'integer', minimum: 3 }, 3],
  [{ anyOf: [{ type: 'null' }, { type: 'boolean' }] }, true],
  [{ type: 'null' }, null],
  [{ type: 'array', items: { type: 'boolean' } }, [true]],
  [{ type: 'string', format: 'date-time' }, '2026-11-24T09:00:00.000Z'],
])('%j has the example %j', (schema, value) => {
  expect(exampleValue(schema, schemas)).toEqual(value)
})

test('a schema that contains itself comes to an end', () => {
  expect(JSON.stringify(exampleValue({ $ref: '#/components/schemas/person' }, schemas)).length).toBeLessThan(1000)
})

test('what a field of a name holds is given from outside', () => {
  const schema: Schema = { type: 'object', properties: { name: { type: 'string' } } }
  expect(exampleValue(schema, schemas, { name: 'Jane' })).toEqual({ name: 'Jane' })
  expect(exampleValue(schema, schemas, { name: 'Jane', 'door.name': 'Front' }, 'door')).toEqual({ name: 'Front' })
})
