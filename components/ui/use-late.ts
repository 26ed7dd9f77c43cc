'use client'

import { useEffect, useState } from 'react'

/** Whether something has been so for a while: what is over sooner would only flicker. */
export function useLate(isSo: boolean, milliseconds: number): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (!isSo) return
    const timer = setTimeout(() => setIsLate(true), milliseconds)
    return () => {
      clearTimeout(timer)
      setIsLate(false)
    }
  }, [isSo, milliseconds])
  return isSo && isLate
}
