/** A CSV file that is made part by part, as fast as the browser takes it. */
export function csvResponse(fileName: string, parts: AsyncGenerator<string>): Response {
  const body = new ReadableStream<string>({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await parts.return(undefined)
    },
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
