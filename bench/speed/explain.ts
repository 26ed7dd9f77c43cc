import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { Statement, Step } from './statements'

export type ExplainedStatement = { text: string; plan: string[] }

/** How the database answers each statement of a read, with what it took and touched. */
export async function explainSteps(steps: Step[]): Promise<ExplainedStatement[]> {
  const explained: ExplainedStatement[] = []
  for (const statement of steps.flatMap(({ statements }) => statements)) {
    explained.push({ text: statement.text, plan: await explain(statement) })
  }
  return explained
}

async function explain({ text, values }: Statement): Promise<string[]> {
  const parts = text.split(/\$\d+/).map((part) => sql.raw(part))
  const places = [...text.matchAll(/\$(\d+)/g)].map(([, place]) => sql`${sql.param(values[Number(place) - 1])}`)
  const whole = sql.join(parts.flatMap((part, index) => (places[index] ? [part, places[index]] : [part])))
  const connection = await database()
  const { rows } = (await connection.execute(sql`explain (analyze, buffers) ${whole}`)) as unknown as {
    rows: { 'QUERY PLAN': string }[]
  }
  return rows.map((row) => row['QUERY PLAN'])
}
