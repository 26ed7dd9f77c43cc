import { csvFile } from '@/lib/platform/csv/file'
import type { Table } from '@/lib/platform/tables/table'
import { xlsxFile } from '@/lib/platform/xlsx/file'

const formats = {
  csv: { write: csvFile, type: 'text/csv; charset=utf-8' },
  xlsx: { write: xlsxFile, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
}

/** A table to save as a file. Its name has no ending, which tells the format. */
export type Download = { name: string; table: Table }

/** How a table is written into a file. */
export type FileFormat = keyof typeof formats

/** How long a browser may take nothing of a file before it is given up. */
const idleMilliseconds = 60_000

/**
 * A file that is made part by part, as fast as the browser takes it.
 *
 * @param onEnd called once it is taken, given up or broken.
 */
export function fileResponse({ name, table }: Download, format: FileFormat, onEnd: () => void): Response {
  const { write, type } = formats[format]
  const fileName = `${name}.${format}`
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
  const ascii = fileName.replace(/[^\w.-]+/g, '-')
  return new Response(streamOf(write(table), onEnd), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
      'Cache-Control': 'private, no-store',
    },
  })
}

function streamOf(parts: AsyncGenerator<string | Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let idle: NodeJS.Timeout | undefined
  const end = async () => {
    clearTimeout(idle)
    onEnd()
    await parts.return(undefined)
  }
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(idle)
      const next = await parts.next().catch(async (error) => {
        await end()
        throw error
      })
      if (next.done) {
        await end()
        return controller.close()
      }
      controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value)
      idle = setTimeout(() => {
        controller.error(new Error('The browser has taken nothing of the file for too long'))
        void end()
      }, idleMilliseconds).unref()
    },
    cancel: end,
  })
}

/** What an export's file is called: what it holds, and the day. */
export function exportName(subject: string): string {
  return `${subject.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}-${new Date().toISOString().slice(0, 10)}`
}
