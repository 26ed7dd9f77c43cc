import type { ServerResponse } from 'node:http'
import { expectClientFault } from '../request-scope'

/** Next's own compiled code, which reads what a browser sends for an action. */
const readingFrame = /next[\\/]dist[\\/]compiled[\\/]next-server[\\/]/

/**
 * The status for an action that failed by what its client sent, or undefined: it cannot be read at all, or the action
 * was given something else than a page of ours gives it. What goes wrong later, actions tell as a value.
 */
export function faultOfClient(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  const isOfWrongKind = (error instanceof TypeError || error instanceof SyntaxError) && error.cause === undefined
  if (!isOfWrongKind && !readingFrame.test(firstFileFrame(error))) return undefined
  return (error as { statusCode?: number }).statusCode ?? 400
}

/** Answers an action with the status of its client's fault, where one was found. Call it within the request. */
export function tellFaultOfClient(response: ServerResponse): void {
  const clientFault = expectClientFault()
  const { writeHead } = response
  response.writeHead = ((status: number, ...head: never[]) => {
    response.writeHead = writeHead
    return writeHead.call(response, status === 500 ? (clientFault() ?? status) : status, ...head)
  }) as typeof writeHead
}

function firstFileFrame({ stack = '' }: Error): string {
  return stack.split('\n').find((line) => /^\s+at .*[\\/].*:\d+:\d+/.test(line) && !line.includes('node:')) ?? ''
}
