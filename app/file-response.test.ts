import { readXlsx } from 'hucre/xlsx'
import { afterEach, expect, test, vi } from 'vitest'
import { exportName, fileResponse } from './file-response'

afterEach(() => {
  vi.useRealTimers()
})

/** A file of rows without end, and what has become of it. */
function endlessFile() {
  const state = { made: 0, isClosed: false }
  async function* make() {
    try {
      for (;;) yield [[`row ${++state.made}`]]
    } finally {
      state.isClosed = true
    }
  }
  const onEnd = vi.fn()
  const { body } = fileResponse({ name: 'people', table: { headers: ['n'], batches: make() } }, 'csv', onEnd)
  if (!body) throw new Error('The answer has no body.')
  return { state, onEnd, reader: body.getReader() }
}

test('no more rows are read than the browser takes', async () => {
  const { state, reader } = endlessFile()
  for (let taken = 0; taken < 3; taken++) await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(state.made).toBeLessThan(10)
  await reader.cancel()
})

test('a file that is broken off is closed', async () => {
  const { state, onEnd, reader } = endlessFile()
  for (let taken = 0; taken < 2; taken++) await reader.read()
  await reader.cancel()
  await vi.waitFor(() => expect(state.isClosed).toBe(true))
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('a file of which nothing is taken for a minute is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { state, onEnd, reader } = endlessFile()
  await reader.read()
  // The next part is made in its own time; only then does the minute begin.
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(61_000)
    expect(onEnd).toHaveBeenCalled()
  })
  await vi.waitFor(() => expect(state.isClosed).toBe(true))
  const readToEnd = async () => {
    while (!(await reader.read()).done);
  }
  await expect(readToEnd()).rejects.toThrow('taken nothing')
})

test('a file that is taken to its end, or breaks, is over', async () => {
  async function* broken() {
    yield [['one']]
    throw new Error('It breaks.')
  }
  async function* whole() {
    yield [['one']]
  }
  const onEnd = vi.fn()
  const respond = (batches: AsyncGenerator<string[][]>) =>
    fileResponse({ name: 'people', table: { headers: ['Name'], batches } }, 'csv', onEnd)
  expect(await respond(whole()).text()).toBe('Name\r\none\r\n')
  expect(onEnd).toHaveBeenCalledTimes(1)
  await expect(respond(broken()).text()).rejects.toThrow('It breaks.')
  expect(onEnd).toHaveBeenCalledTimes(2)
})

test('an Excel workbook is called so, and has the same rows', async () => {
  async function* batches() {
    yield [['=1+1']]
  }
  const response = fileResponse(
    { name: exportName('Who’s in'), table: { headers: ['Name'], batches: batches() } },
    'xlsx',
    vi.fn(),
  )
  expect(response.headers.get('content-type')).toMatch(/spreadsheetml\.sheet$/)
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="who-s-in-\d{4}-\d{2}-\d{2}\.xlsx"/,
  )
  const { sheets } = await readXlsx(await response.arrayBuffer())
  expect(sheets[0]?.rows).toEqual([['Name'], ['=1+1']])
})
