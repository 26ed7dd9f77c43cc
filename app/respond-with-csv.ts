import { type ActingAdmin, respondToAdmin } from '@/lib/auth/acting-admin'
import { takePlace } from '@/lib/limits/places'
import { csvResponse, type Download } from './csv-response'

/**
 * Answers an admin with a CSV file that is made as fast as the browser takes it.
 *
 * @param make chooses the file; what it refuses is the answer.
 * @param parameters those of the address, as `respondToAdmin` has them.
 */
export async function respondWithCsv(
  make: (admin: ActingAdmin) => Promise<Download>,
  parameters?: URLSearchParams,
): Promise<Response> {
  let file: Response | undefined
  const refused = await respondToAdmin(
    async (admin) => {
      const download = await make(admin)
      file = csvResponse(download, takePlace('download', admin.workspace.workspaceId))
      return null
    },
    { parameters, kind: 'export' },
  )
  return file ?? refused
}
