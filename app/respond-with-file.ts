import { type ActingAdmin, respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { takePlace } from '@/lib/platform/limits/places'
import { type Download, fileResponse } from './file-response'

/**
 * Answers an admin with a file that is made as fast as the browser takes it: a CSV file, or an Excel workbook where
 * the address has `format=xlsx`.
 *
 * @param make chooses the file; what it refuses is the answer.
 * @param parameters those of the address, as `respondToAdmin` has them.
 */
export async function respondWithFile(
  make: (admin: ActingAdmin) => Promise<Download>,
  parameters = new URLSearchParams(),
): Promise<Response> {
  let file: Response | undefined
  const refused = await respondToAdmin(
    async (admin) => {
      const download = await make(admin)
      const format = parameters.get('format') === 'xlsx' ? 'xlsx' : 'csv'
      file = fileResponse(download, format, takePlace('download', admin.workspace.workspaceId))
      return null
    },
    { parameters, kind: 'export' },
  )
  return file ?? refused
}
