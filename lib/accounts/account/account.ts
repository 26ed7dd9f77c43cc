/** One of an account's sessions; times are ISO 8601. */
export type SessionListItem = {
  sessionId: string
  /** The browser and its system, as far as the browser tells, such as “Chrome on Windows”. */
  device: string
  ipAddress: string | null
  createdAt: string
  /** Whether it is the one that asks. */
  isCurrent: boolean
}
