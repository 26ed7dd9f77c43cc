import { Download } from 'lucide-react'
import { buttonClass } from './button'

type ExportLinksProps = {
  /** What is saved, as the links begin. */
  label?: string
  /** Where the CSV file is. */
  address: string
  /** Small and quiet, above a list. */
  isQuiet?: boolean
}

/** Saves something as CSV or for Excel. Plain links: the browser itself saves the file, or shows why there's none. */
export function ExportLinks({ label = 'Export', address, isQuiet = false }: ExportLinksProps) {
  const look = buttonClass(isQuiet ? { variant: 'ghost', size: 'small' } : {})
  const separator = address.includes('?') ? '&' : '?'
  return (
    <span className="flex gap-1">
      <a href={address} className={look}>
        <Download aria-hidden className="size-3.5" />
        {label} CSV
      </a>
      <a href={`${address}${separator}format=xlsx`} aria-label={`${label} Excel`} className={look}>
        Excel
      </a>
    </span>
  )
}
