import { type SQL, sql } from 'drizzle-orm'

/*
 * SQL that invents things out of a row's number: the same number and salt always give the same.
 */

/** A fraction from 0 up to 1, evenly spread. */
export function fraction(number: SQL, salt: number): SQL {
  return sql`((hashint8extended(${number}, ${salt}) & 1048575) / 1048576.0::float8)`
}

/** True in that share of the rows. */
export function chance(share: number, number: SQL, salt: number): SQL {
  return sql`(${fraction(number, salt)} < ${share}::float8)`
}

/** A position in a list of so many, from 1; the first ones far more often than the last. */
export function commonFirst(length: number, number: SQL, salt: number): SQL {
  return sql`(1 + floor(power(${fraction(number, salt)}, 2.2) * ${length}::int))::int`
}

/** A position in a list of so many, from 1, each as often. */
export function anyOf(length: number, number: SQL, salt: number): SQL {
  return sql`(1 + floor(${fraction(number, salt)} * ${length}::int))::int`
}

/**
 * A UUIDv7: milliseconds, then the row's number, so that ids of one millisecond keep their order,
 * then bits that only this kind of row in this workspace has.
 */
export function timeOrderedId(milliseconds: SQL, number: SQL, saltText: string): SQL {
  return sql`(lpad(to_hex(${milliseconds}), 12, '0') || '7' || lpad(to_hex(${number} & 4095), 3, '0') || '8' || left(md5(${saltText}::text || ${number}), 15))::uuid`
}

/** The moment that so many milliseconds after 1970 are. */
export function momentOf(milliseconds: SQL): SQL {
  return sql`to_timestamp((${milliseconds}) / 1000.0)`
}
