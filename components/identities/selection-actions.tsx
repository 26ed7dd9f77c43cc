'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { lostInWords } from '@/lib/access/credentials/credential'
import type { AccessSystem } from '@/lib/access/systems/access-system'
import type { IdentityListParameters } from '@/lib/people/identities/list-parameters'
import type { IdentityListItem } from '@/lib/people/identities/queries'
import { mostPeopleAtOnce } from '@/lib/people/moves/move'
import { identitiesDataPath } from '../list/list-query'
import { SelectionBar } from '../list/selection-bar'
import type { Selection } from '../list/use-selection'
import type { MoveActions } from '../moves/move-dialog'
import type { AcceptCertain } from '../reconcile/certain-dialog'
import { Button } from '../ui/button'
import { acsUsersInWords, formatCount, peopleInWords } from '../ui/counts'
import { downloadFile } from '../ui/fetch-json'
import { failedToLoad } from '../ui/load-failed'
import { takeBackAll, type UndoAll } from '../ui/take-back-all'
import { showErrorToast, showToast } from '../ui/toast'
import type { RemovePeople } from './delete-people-dialog'
import { SelectAll } from './select-all'

const Moves = dynamic(() => import('../moves/moves').catch(failedToLoad), { ssr: false })
const DeletePeopleDialog = dynamic(() => import('./delete-people-dialog').catch(failedToLoad), { ssr: false })
const AttachCertainDialog = dynamic(() => import('./attach-certain-dialog').catch(failedToLoad), { ssr: false })

/** What can be done with several people; each is absent where the viewer may not. */
export type PeopleActions = {
  moves?: MoveActions
  acceptCertain?: AcceptCertain
  removePeople?: RemovePeople
  undoAll: UndoAll
}

type SelectionActionsProps = {
  selection: Selection<IdentityListItem>
  parameters: IdentityListParameters
  /** The people on the page that is shown. */
  items: IdentityListItem[]
  /** How many people the search and the filters leave; 0 while that is not known. */
  total: number
  accessSystems: AccessSystem[]
  actions: PeopleActions
}

/** More changes than these take a while to undo. */
const mostUndoneUnsaid = 20

/** The bar of what can be done with the people who are selected, and the dialogs that do it. */
export function SelectionActions({
  selection,
  parameters,
  items,
  total,
  accessSystems,
  actions,
}: SelectionActionsProps) {
  const client = useQueryClient()
  const router = useRouter()
  const [open, setOpen] = useState<'out' | 'in' | 'attach' | 'delete' | null>(null)
  const { moves, acceptCertain, removePeople, undoAll } = actions
  const close = () => setOpen(null)
  const refresh = () => {
    void client.invalidateQueries()
    router.refresh()
  }

  const offerUndo = (changeIds: string[], words: { done: string; undone: string }) => {
    refresh()
    showToast(words.done, async () => {
      if (changeIds.length > mostUndoneUnsaid) showToast(`Undoing ${formatCount(changeIds.length)} changes…`)
      const { undone, refused, lostCredentials } = await takeBackAll(undoAll, changeIds)
      refresh()
      const [first] = refused
      if (first) showErrorToast(undone > 0 ? `Undone in part: of the rest, one says “${first}”` : first)
      else showToast(lostCredentials > 0 ? `${words.undone} ${lostInWords(lostCredentials)}` : words.undone)
    })
  }

  // The selection may hold people whom the search and the filters do not leave, so its count alone does not tell.
  const mayLackSome = total > 0 && (selection.count < total || !items.every(selection.has))
  const tooManyToMove = selection.count > mostPeopleAtOnce
  const whyNotMove = tooManyToMove ? `At most ${mostPeopleAtOnce} people can be moved at once.` : undefined
  return (
    <>
      {selection.count > 0 && (
        <SelectionBar count={selection.count} onClear={selection.clear}>
          {mayLackSome && <SelectAll parameters={parameters} total={total} onSelect={selection.add} />}
          {acceptCertain && (
            <Button size="small" onClick={() => setOpen('attach')}>
              Attach certain…
            </Button>
          )}
          {moves && (
            <>
              <Button size="small" disabled={tooManyToMove} title={whyNotMove} onClick={() => setOpen('out')}>
                Move out…
              </Button>
              <Button size="small" disabled={tooManyToMove} title={whyNotMove} onClick={() => setOpen('in')}>
                Move in…
              </Button>
            </>
          )}
          <ExportSelected format="csv" ids={selection.chosen.map(({ id }) => id)} />
          <ExportSelected format="xlsx" ids={selection.chosen.map(({ id }) => id)} />
          {removePeople && (
            <Button size="small" onClick={() => setOpen('delete')}>
              Delete…
            </Button>
          )}
        </SelectionBar>
      )}
      {moves && (open === 'out' || open === 'in') && (
        <Moves
          kind={open}
          people={selection.chosen.map(({ id, name }) => ({ userIdentityId: id, displayName: name }))}
          actions={moves}
          onClose={close}
        />
      )}
      {acceptCertain && open === 'attach' && (
        <AttachCertainDialog
          people={selection.chosen}
          systemNames={new Map(accessSystems.map(({ acsSystemId, name }) => [acsSystemId, name]))}
          accept={acceptCertain}
          onClose={close}
          onDone={({ changeIds, acsUserIds }) => {
            const count = acsUsersInWords(acsUserIds.length)
            offerUndo(changeIds, { done: `Attached ${count}.`, undone: `Detached ${count} again.` })
          }}
        />
      )}
      {removePeople && open === 'delete' && (
        <DeletePeopleDialog
          people={selection.chosen}
          removePeople={removePeople}
          onClose={close}
          onDone={({ changeIds, userIdentityIds }) => {
            selection.remove(userIdentityIds)
            const who = peopleInWords(userIdentityIds.length)
            offerUndo(changeIds, { done: `Deleted ${who}.`, undone: `Brought ${who} back.` })
          }}
        />
      )}
    </>
  )
}

function ExportSelected({ ids, format }: { ids: string[]; format: 'csv' | 'xlsx' }) {
  const [isPending, setIsPending] = useState(false)
  const save = async () => {
    setIsPending(true)
    const address = `${identitiesDataPath}/export?format=${format}`
    await downloadFile(address, ids).catch((error: Error) => showErrorToast(error.message))
    setIsPending(false)
  }
  return (
    <Button size="small" pending={isPending} onClick={save}>
      {format === 'csv' && <Download aria-hidden className="size-3.5" />}
      {isPending ? 'Exporting…' : exportLabels[format]}
    </Button>
  )
}

const exportLabels = { csv: 'Export CSV', xlsx: 'Export Excel' }
