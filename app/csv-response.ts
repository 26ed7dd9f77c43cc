/** A file that is made part by part. */
export type Download = { fileName: string; parts: AsyncGenerator<string> }

/** How long a browser may take nothing of a file before it is given up. */
const idleMilliseconds = 60_000

/**
 * A CSV file that is made part by part, as fast as the browser takes it.
 *
 * @param onEnd called once it is taken, given up or broken.
 */
export function csvResponse({ fileName, parts }: Download, onEnd: () => void): Response {
  let idle: NodeJS.Timeout | undefined
  const end = async () => {
    clearTimeout(idle)
    onEnd()
    await parts.return(undefined)
  }
  const body = new ReadableStream<string>({
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
      controller.enqueue(next.value)
      idle = setTimeout(() => {
        controller.error(new Error('The browser has taken nothing of the file for too long'))
        void end()
      }, idleMilliseconds).unref()
    },
    cancel: end,
  })
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
  const ascii = fileName.replace(/[^\w.-]+/g, '-')
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
      'Cache-Control': 'private, no-store',
    },
  })
}

/** What an export's file is called: what it holds, and the day. */
export function exportName(subject: string): string {
  return `${subject.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}-${new Date().toISOString().slice(0, 10)}.csv`
}
