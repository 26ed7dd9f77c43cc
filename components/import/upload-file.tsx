'use client'

import { clsx } from 'clsx'
import { Upload } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type DragEvent, useRef, useState, useTransition } from 'react'
import { type ImportKind, mostBytes, mostRows } from '@/lib/imports/import'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { FilterSelect } from '../list/filters'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { textLinkClass } from '../ui/text-link'

const megabytes = mostBytes / 1024 / 1024

type UploadFileProps = {
  accessSystems: { acsSystemId: string; name: string }[]
  /** The access system whose ACS users the file is first taken for; null for a file of people. */
  initialSystemId: string | null
}

/** Takes a file of people or of ACS users, chosen or dropped, and goes on with it. */
export function UploadFile({ accessSystems, initialSystemId }: UploadFileProps) {
  const [acsSystemId, setAcsSystemId] = useState(initialSystemId)
  const router = useRouter()
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()

  const send = (file: File) =>
    startTransition(async () => {
      setError(null)
      const result = await upload(file, acsSystemId).catch((): Uploaded => ({ error: unreachable }))
      if (result.importId) router.push(`/import/${result.importId}`)
      else setError(result.error?.message ?? unreachable.message)
    })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    const [file, ...others] = event.dataTransfer.files
    if (pending || !file) return
    if (others.length > 0) setError('Drop one file at a time.')
    else send(file)
  }
  return (
    <section
      aria-label="Upload a file"
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={clsx(
        'rounded-lg border border-control border-dashed px-5 py-7 text-center transition-colors duration-150 ease-out',
        isOver ? 'bg-selected' : 'bg-surface',
      )}
    >
      <p className="mb-5 inline-flex max-w-full flex-wrap items-center justify-center gap-2 font-medium text-sm">
        Each row of the file is
        <FilterSelect
          label="Each row of the file is"
          wide
          value={acsSystemId ?? ''}
          options={[
            { value: '', name: 'A person' },
            ...accessSystems.map(({ acsSystemId: value, name }) => ({ value, name: `An ACS user of ${name}` })),
          ]}
          onChange={(value) => setAcsSystemId(value || null)}
        />
      </p>
      <Upload aria-hidden className="mx-auto size-5 text-muted" />
      <p className="mt-2 font-medium">Drop a CSV file here</p>
      <p className="mx-auto mt-1 mb-4 max-w-prose text-muted text-sm">
        The names of the columns in the first row, then at most {mostRows.toLocaleString('en')} rows and {megabytes} MB.
        Nothing is changed before you have seen what would be.{' '}
        <a href={`/data/imports/template?kind=${kindOf(acsSystemId)}`} className={textLinkClass}>
          Download an empty file
        </a>
      </p>
      <input
        ref={chooser}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        aria-label="CSV file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file can be chosen again, once it is corrected.
          event.target.value = ''
          if (file && !pending) send(file)
        }}
      />
      <Button variant="primary" pending={pending} onClick={() => chooser.current?.click()}>
        {pending ? 'Reading the file…' : 'Choose a file'}
      </Button>
      <div role={error ? 'alert' : undefined} className="mx-auto mt-4 max-w-prose text-left empty:hidden">
        {error && <Notice tone="danger">{error}</Notice>}
      </div>
    </section>
  )
}

type Uploaded = { importId?: string; error?: RefusalValue }

const kindOf = (acsSystemId: string | null): ImportKind => (acsSystemId === null ? 'user_identities' : 'acs_users')

async function upload(file: File, acsSystemId: string | null): Promise<Uploaded> {
  const about = new URLSearchParams({ name: file.name, kind: kindOf(acsSystemId) })
  if (acsSystemId) about.set('acs_system_id', acsSystemId)
  const response = await fetch(`/data/imports?${about}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  return response.json()
}
