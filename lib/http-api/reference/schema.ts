/** As much of JSON Schema as an OpenAPI document uses here. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  example?: unknown
  examples?: unknown[]
  description?: string
  deprecated?: boolean
  nullable?: boolean
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

type Schemas = Record<string, Schema>

/** A schema without a reference: what it refers to, with what is said beside it. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref) {
    const { $ref, ...beside } = schema
    const found = schemas[$ref.split('/').at(-1) ?? '']
    return found ? { ...resolve(found, schemas), ...beside } : beside
  }
  if (schema.allOf) {
    const { allOf, ...beside } = schema
    return allOf.map((part) => resolve(part, schemas)).reduce(merge, beside)
  }
  return schema
}

function merge(one: Schema, other: Schema): Schema {
  return {
    ...other,
    ...one,
    properties: { ...one.properties, ...other.properties },
    required: [...(one.required ?? []), ...(other.required ?? [])],
  }
}

/** The alternatives that a schema allows, without null, and whether null is one of them. */
function alternatives(schema: Schema, schemas: Schemas): { choices: Schema[]; isNullable: boolean } {
  const resolved = resolve(schema, schemas)
  const several = resolved.anyOf ?? resolved.oneOf
  if (several) {
    const parts = several.map((part) => alternatives(part, schemas))
    return {
      choices: parts.flatMap(({ choices }) => choices),
      isNullable: resolved.nullable === true || parts.some(({ isNullable }) => isNullable),
    }
  }
  const types = resolved.type === undefined ? [] : [resolved.type].flat()
  const others = types.filter((type) => type !== 'null')
  if (types.length > 0 && others.length === 0) return { choices: [], isNullable: true }
  const isNullable = resolved.nullable === true || others.length < types.length
  const choices = others.length > 1 ? others.map((type) => ({ ...resolved, type })) : [{ ...resolved, type: others[0] }]
  return { choices, isNullable }
}

/** The type of a value in words that a developer reads: `string (uuid) or null`, `"card" | "code"`. */
export function typeInWords(schema: Schema, schemas: Schemas): string {
  const { choices, isNullable } = alternatives(schema, schemas)
  const words = [...new Set(choices.map((choice) => oneTypeInWords(choice, schemas)))]
  if (isNullable) words.push('null')
  return words.join(' or ') || 'any'
}

const mostValuesListed = 8

function oneTypeInWords(schema: Schema, schemas: Schemas): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) {
    const values = schema.enum.filter((value) => value !== null)
    if (values.length > mostValuesListed) return `one of ${values.length} values`
    return values.map((value) => JSON.stringify(value)).join(' | ')
  }
  if (schema.type === 'array') return `list of ${schema.items ? typeInWords(schema.items, schemas) : 'anything'}`
  if (schema.type === undefined) return schema.properties ? 'object' : 'any'
  return schema.format && schema.type === 'string' ? `string (${schema.format})` : String(schema.type)
}

const anyUuid = '0192f0c1-2345-7abc-8def-0123456789ab'
const anyTime = '2026-11-24T09:00:00.000Z'
const deepest = 6

/**
 * A value that a schema allows, for an example of an answer.
 *
 * @param valuesByName what fields hold where the schema gives no example, by `field` or `object.field`.
 */
export function exampleValue(
  schema: Schema,
  schemas: Schemas,
  valuesByName: Record<string, unknown> = {},
  name = '',
  depth = 0,
): unknown {
  const resolved = resolve(schema, schemas)
  if (resolved.example !== undefined) return resolved.example
  if (resolved.examples?.[0] !== undefined) return resolved.examples[0]
  if (Object.hasOwn(valuesByName, name)) return valuesByName[name]
  const [choice] = alternatives(resolved, schemas).choices
  if (!choice || depth > deepest) return null
  if (choice.const !== undefined) return choice.const
  if (choice.enum) return choice.enum[0]
  if (choice.default !== undefined) return choice.default
  if (choice.type === 'array') {
    // What is wrong is the exception; an example shows the rule.
    const isEmpty = ['errors', 'warnings', 'pending_mutations'].includes(name) || !choice.items
    return isEmpty ? [] : [exampleValue(choice.items ?? {}, schemas, valuesByName, singular(name), depth + 1)]
  }
  if (choice.properties) {
    return Object.fromEntries(
      Object.entries(choice.properties)
        .filter(([field]) => !choice.required || choice.required.includes(field))
        .map(([field, value]) => {
          const ofThis = valuesByName[`${name}.${field}`]
          return [field, ofThis ?? exampleValue(value, schemas, valuesByName, field, depth + 1)]
        }),
    )
  }
  switch (choice.type) {
    case 'string':
      return choice.format === 'uuid' ? anyUuid : choice.format === 'date-time' ? anyTime : 'string'
    case 'integer':
    case 'number':
      return choice.minimum ?? 0
    case 'boolean':
      return true
    case 'object':
      return {}
  }
  return null
}

const singular = (name: string) => name.replace(/ies$/, 'y').replace(/s$/, '')
