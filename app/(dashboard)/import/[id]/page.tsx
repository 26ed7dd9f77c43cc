import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ApplyImport } from '@/components/import/apply-import'
import { ChooseColumns } from '@/components/import/choose-columns'
import { ImportButton } from '@/components/import/import-button'
import { ImportProgress } from '@/components/import/import-progress'
import { ImportRows } from '@/components/import/import-rows'
import { StateBadge } from '@/components/import/state-badge'
import { UndoImport } from '@/components/import/undo-import'
import { ButtonLink } from '@/components/ui/button'
import { countInWords } from '@/components/ui/counts'
import { ExportLinks } from '@/components/ui/export-links'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { TextLink } from '@/components/ui/text-link'
import { RelativeTime } from '@/components/ui/viewer-time'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import type { JobProgress } from '@/lib/background/jobs/queries'
import { guessMapping } from '@/lib/imports/columns'
import { type ImportDetails, isUnderWay, outcomeNames, planNames, rowsWithOutcome } from '@/lib/imports/import'
import { getImport, getRememberedMapping, listImportRows, readRowFilter } from '@/lib/imports/queries'
import { may } from '@/lib/platform/permissions'
import { orNotFound } from '../../or-not-found'
import { toSearchParameters } from '../../search-parameters'
import { apply, chooseColumns, discard, resume, stop, undoWhole } from '../actions'

export const metadata: Metadata = { title: 'Import' }

type Found = ImportDetails & { job: JobProgress | null }

export default async function ImportDetailsPage({ params, searchParams }: PageProps<'/import/[id]'>) {
  const { workspace } = await requireAdmin()
  const { workspaceId } = workspace
  const parameters = toSearchParameters(await searchParams)
  const found = await orNotFound(getImport(workspaceId, (await params).id))
  const mayImport = may(workspace.role, 'identity.import')
  const isChoosing = found.state === 'mapping' || (found.state === 'checked' && parameters.get('columns') === 'change')
  return (
    <div className="max-w-4xl">
      <TextLink href="/import" className="mb-2 inline-block text-sm">
        All imports
      </TextLink>
      <PageHeader
        title={<bdi>{found.fileName}</bdi>}
        detail={
          <span className="tabular flex flex-wrap items-center gap-x-2 gap-y-1">
            <span role="status">
              <StateBadge state={found.state} />
            </span>
            <span>
              {found.authorName}, <RelativeTime at={found.createdAt} />
            </span>
            <span>
              {countInWords(found.rowCount, 'row', 'rows')}, {found.encoding}
            </span>
            {found.acsSystem && (
              <span>
                ACS users of{' '}
                <TextLink href={`/access-systems/${found.acsSystem.acsSystemId}`}>{found.acsSystem.name}</TextLink>
              </span>
            )}
          </span>
        }
        actions={<Actions found={found} mayImport={mayImport} isChoosing={isChoosing} />}
      />
      {found.job?.state === 'failed' && !isUnderWay(found.state) && (
        <div className="mb-4">
          <Notice tone="danger">
            Something went wrong on our side, several times, and the work was stopped. What was done is kept, and it can
            be tried again.
          </Notice>
        </div>
      )}
      {isUnderWay(found.state) ? (
        <ImportProgress
          key={found.state}
          importId={found.importId}
          standing={{ state: found.state, job: found.job }}
          onStop={mayImport ? stop : undefined}
        />
      ) : isChoosing ? (
        <Columns workspaceId={workspaceId} found={found} mayImport={mayImport} />
      ) : (
        <>
          {found.state === 'checked' && mayImport && (
            <div className="mb-7">
              <ApplyImport checked={found} onApply={apply} />
            </div>
          )}
          <Rows workspaceId={workspaceId} found={found} parameters={parameters} />
        </>
      )}
    </div>
  )
}

function Actions({ found, mayImport, isChoosing }: { found: Found; mayImport: boolean; isChoosing: boolean }) {
  const { importId, state, outcomes } = found
  const hasEffect = (outcomes.created ?? 0) + (outcomes.updated ?? 0) + (outcomes.removed ?? 0) > 0
  const actions: ReactNode[] = []
  if (state === 'canceled' && mayImport) {
    actions.push(<ImportButton key="resume" variant="primary" importId={importId} onPress={resume} label="Go on" />)
  }
  if (state === 'checked' && mayImport && !isChoosing) {
    actions.push(
      <ButtonLink key="columns" href={`/import/${importId}?columns=change`}>
        Change columns
      </ButtonLink>,
    )
  }
  if ((state === 'mapping' || state === 'checked') && mayImport) {
    actions.push(<ImportButton key="discard" importId={importId} onPress={discard} label="Discard file" />)
  }
  if (!isUnderWay(state) && state !== 'mapping' && !isChoosing) {
    actions.push(<ExportLinks key="report" label="Report" address={`/data/imports/${importId}/report`} />)
  }
  if ((state === 'applied' || state === 'canceled') && hasEffect && mayImport) {
    actions.push(<UndoImport key="undo" importId={importId} kind={found.kind} outcomes={outcomes} onUndo={undoWhole} />)
  }
  return actions
}

async function Columns({ workspaceId, found, mayImport }: { workspaceId: string; found: Found; mayImport: boolean }) {
  if (!mayImport) return <Notice tone="info">Owners and managers choose what is in each column.</Notice>
  const { importId, kind, headers } = found
  const [remembered, { rows }] = await Promise.all([
    getRememberedMapping(workspaceId, kind),
    listImportRows(workspaceId, importId, {}, 0),
  ])
  return (
    <ChooseColumns
      found={found}
      samples={rows.slice(0, 3).map(({ cells }) => cells)}
      mapping={found.mapping ?? guessMapping(kind, headers, remembered)}
      onChoose={chooseColumns}
    />
  )
}

async function Rows({
  workspaceId,
  found,
  parameters,
}: {
  workspaceId: string
  found: Found
  parameters: URLSearchParams
}) {
  const { importId, state, plans, outcomes, rowCount } = found
  const filter = readRowFilter(parameters.get('show'), state)
  const from = Math.max(0, Math.min(Number.parseInt(parameters.get('from') ?? '', 10) || 0, 1_000_000))
  const { rows, nextFrom } = await listImportRows(workspaceId, importId, filter, from)
  const isPlanned = state === 'checked'
  const counts: Partial<Record<string, number>> = isPlanned ? plans : outcomes
  const left = rowCount - rowsWithOutcome(counts)
  return (
    <>
      {left > 0 && (
        <div className="mb-4">
          <Notice tone="info">{countInWords(left, 'row', 'rows')} were not gone through yet.</Notice>
        </div>
      )}
      <ImportRows
        importId={importId}
        kind={found.kind}
        counts={counts}
        names={isPlanned ? planNames : outcomeNames}
        shown={filter.plan ?? filter.outcome ?? null}
        rows={rows}
        nextFrom={nextFrom}
        isFirst={from === 0}
        mapping={found.mapping ?? {}}
      />
    </>
  )
}
