import { afterEach, expect, test, vi } from 'vitest'
import { csvResponse } from './csv-response'

afterEach(() => {
  vi.useRealTimers()
})

/** A file of parts without end, and what has become of it. */
function endlessFile() {
  const state = { made: 0, isClosed: false }
  async function* make() {
    try {
      for (;;) yield `part ${++state.made}\n`
    } finally {
      state.isClosed = true
    }
  }
  const onEnd = vi.fn()
  const { body } = csvResponse({ fileName: 'people.csv', parts: make() }, onEnd)
  if (!body) throw new Error('The answer has no body.')
  return { state, onEnd, reader: body.getReader() }
}

test('no more parts are made than the browser takes', async () => {
  const { state, reader } = endlessFile()
  for (let taken = 0; taken < 3; taken++) await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(state.made).toBeLessThan(10)
  await reader.cancel()
})

test('a file that is broken off is closed', async () => {
  const { state, onEnd, reader } = endlessFile()
  await reader.read()
  await reader.cancel()
  await vi.waitFor(() => expect(state.isClosed).toBe(true))
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('a file of which nothing is taken for a minute is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { state, onEnd, reader } = endlessFile()
  await reader.read()
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
  await vi.advanceTimersByTimeAsync(61_000)
  expect(onEnd).toHaveBeenCalled()
  await vi.waitFor(() => expect(state.isClosed).toBe(true))
  const readToEnd = async () => {
    while (!(await reader.read()).done);
  }
  await expect(readToEnd()).rejects.toThrow('taken nothing')
})

test('a file that is taken to its end, or breaks, is over', async () => {
  async function* broken() {
    yield 'one\n'
    throw new Error('It breaks.')
  }
  async function* whole() {
    yield 'one\n'
  }
  const onEnd = vi.fn()
  expect(await csvResponse({ fileName: 'people.csv', parts: whole() }, onEnd).text()).toBe('one\n')
  expect(onEnd).toHaveBeenCalledTimes(1)
  await expect(csvResponse({ fileName: 'people.csv', parts: broken() }, onEnd).text()).rejects.toThrow('It breaks.')
  expect(onEnd).toHaveBeenCalledTimes(2)
})
