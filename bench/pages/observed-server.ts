/*
 * The production server, told over its parent's channel: what requests whose id begins with `observedMark` asked of
 * the database is written down, and is sent again alone when the parent asks.
 */
import { listenToQueries } from '@/db/client'
import { currentRequestId } from '@/lib/platform/request-scope'
import { newRecording, openDriver, type Recording, replay } from '../speed/statements'
import { type Answer, observedMark, type Question } from './observed-server-process'

const recordings = new Map<string, Recording>()

listenToQueries((statement, parameters) => {
  const requestId = currentRequestId()
  if (!requestId?.startsWith(observedMark)) return
  const recording = recordings.get(requestId) ?? newRecording()
  recordings.set(requestId, recording)
  recording.hear(statement, parameters)
})

async function answer({ number, requestId, repeats }: Question): Promise<Answer> {
  const steps = recordings.get(requestId)?.steps ?? []
  if (!repeats) return { number, statements: steps.map(({ statements }) => statements.map(({ text }) => text)) }
  const driver = await openDriver()
  const begun = performance.now()
  await replay(driver, steps)
  return { number, milliseconds: performance.now() - begun }
}

process.on('message', async (question: Question) => process.send?.(await answer(question)))

await import('../../server')
