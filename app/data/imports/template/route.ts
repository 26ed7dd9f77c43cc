import { csvResponse } from '@/app/csv-response'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { importTemplate } from '@/lib/import/report'

/** An empty file to fill in. */
export async function GET(): Promise<Response> {
  const answer = await respondToAdmin(async () => null)
  return answer.ok ? csvResponse('import-people.csv', importTemplate()) : answer
}
