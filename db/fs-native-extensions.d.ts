declare module 'fs-native-extensions' {
  /** Asks for an exclusive kernel lock on an open file; false when another process holds it. */
  export function tryLock(fileDescriptor: number): boolean
}
