import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { medianOf } from './percentiles'
import { otherParts, type ServedRequest } from './served-requests'
import { type ServerProcess, startServerProcess } from './server-process'
import { replaceAll } from './statements'

/**
 * What a server did with one kind of request: how long half of them and 39 of 40 took at most, in whole
 * milliseconds; how many it answered; what each took of the processor; what the process had of the memory then.
 */
type Load = { p50: number; p97_5: number; perSecond: number; processorMilliseconds: number; memoryBytes: number }

/** A kind of request at a number of connections: by the application, by the bare server. */
export type RequestMeasurement = {
  name: string
  connections: number
  application: Load
  bare: Load
  /** How many of the bare server's requests per second the application answers; 1 is all of them. */
  throughput: number
}

const connectionCounts = [1, 10]
const turns = 5
const secondsEach = 2
/** As in production, but that a key may ask as often as it likes. */
const settings = {
  API_RATE_LIMIT: '0',
  ACCOUNT_LIMITS: '0',
  LOG_LEVEL: 'info',
  AUTH_SECRET: randomBytes(32).toString('hex'),
}

type Side = 'application' | 'bare'

/**
 * Has both servers answer the same requests by turns of two seconds, so that what else the machine does falls on both.
 * While one answers the other is idle. The embedded database has room for one process: there each server has all of its
 * turns at once, in two rounds.
 *
 * @param folder for the file by which the bare server learns the requests.
 */
export async function measureRequests(
  apiKey: string,
  requests: ServedRequest[],
  folder: string,
): Promise<RequestMeasurement[]> {
  const file = join(folder, 'requests.json')
  writeFileSync(file, JSON.stringify(requests.map(withoutOthers)))
  const next = new Map(requests.map((request) => [request, otherParts(request)]))
  const loads = new Map<string, Record<Side, Load[]>>()
  const start = (side: Side) =>
    side === 'application'
      ? startServerProcess(['server.ts'], 3391, settings)
      : startServerProcess(['bench/speed/bare-server.ts', file], 3392, {})
  const run = async (sides: Side[], turnsEach: number) => {
    const servers: [Side, ServerProcess][] = []
    try {
      for (const side of sides) servers.push([side, await start(side)])
      for (const request of requests) {
        const send = (server: ServerProcess, connections: number, seconds: number) =>
          sendRequests(server, apiKey, request, next.get(request) ?? (() => []), { connections, seconds })
        for (const [, server] of servers) await send(server, 10, 1)
        for (const connections of connectionCounts) {
          const key = `${request.name} ${connections}`
          const both = loads.get(key) ?? { application: [], bare: [] }
          loads.set(key, both)
          for (let turn = 0; turn < turnsEach; turn++) {
            for (const [side, server] of servers) both[side].push(await send(server, connections, secondsEach))
          }
        }
      }
    } finally {
      for (const [, server] of servers) await server.stop()
    }
  }
  if (process.env.DATABASE_URL) await run(['application', 'bare'], turns)
  else
    for (const side of ['application', 'bare', 'application', 'bare'] as const) await run([side], Math.ceil(turns / 2))
  return requests.flatMap(({ name }) =>
    connectionCounts.map((connections) => {
      const { application, bare } = loads.get(`${name} ${connections}`) ?? { application: [], bare: [] }
      const throughputs = application.map((load, turn) => load.perSecond / (bare[turn]?.perSecond ?? Number.NaN))
      return {
        ...{ name, connections },
        application: middleOf(application),
        bare: middleOf(bare),
        throughput: medianOf(throughputs),
      }
    }),
  )
}

/** The pairs are for the one who sends; there are many. */
function withoutOthers(request: ServedRequest): ServedRequest {
  return request.parts.kind === 'pair' ? { ...request, parts: { ...request.parts, others: [] } } : request
}

async function sendRequests(
  server: ServerProcess,
  apiKey: string,
  request: ServedRequest,
  parts: () => [string, string][],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const processorBefore = server.processorMilliseconds()
  const result = await autocannon({
    url: `${server.url}/api${request.path}`,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: request.body,
    requests: [
      request.parts.kind === 'none'
        ? {}
        : { setupRequest: (asked) => ({ ...asked, body: replaceAll(request.body, new Map(parts())) }) },
    ],
  })
  const answered = result.requests.total
  const failed = result.non2xx + result.errors
  if (failed > 0) throw new Error(`${failed} of ${answered} requests to ${request.path} failed.`)
  return {
    p50: result.latency.p50,
    p97_5: result.latency.p97_5,
    perSecond: result.requests.average,
    processorMilliseconds: (server.processorMilliseconds() - processorBefore) / answered,
    memoryBytes: server.memoryBytes(),
  }
}

function middleOf(loads: Load[]): Load {
  const of = (value: (load: Load) => number) => medianOf(loads.map(value))
  return {
    p50: of(({ p50 }) => p50),
    p97_5: of(({ p97_5 }) => p97_5),
    perSecond: of(({ perSecond }) => perSecond),
    processorMilliseconds: of(({ processorMilliseconds }) => processorMilliseconds),
    memoryBytes: of(({ memoryBytes }) => memoryBytes),
  }
}
