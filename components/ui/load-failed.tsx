'use client'

import { useEffect } from 'react'
import { showErrorToast } from './toast'

/** In place of a part whose code did not arrive: says so, instead of taking the page down. */
function LoadFailed() {
  useEffect(() => {
    showErrorToast('This could not be loaded. Check your connection, then reload the page.')
  }, [])
  return null
}

/** For `dynamic(() => import(…).catch(failedToLoad))`. */
export function failedToLoad(): { default: () => null } {
  return { default: LoadFailed }
}
