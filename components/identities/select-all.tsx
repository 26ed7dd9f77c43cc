import { useState } from 'react'
import { type IdentityListParameters, writeIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { mostSelected, type SelectedPeople } from '@/lib/people/identities/selection'
import { identitiesDataPath } from '../list/list-query'
import { Button } from '../ui/button'
import { formatCount } from '../ui/counts'
import { fetchJson } from '../ui/fetch-json'
import { showErrorToast, showToast } from '../ui/toast'

type SelectAllProps = {
  parameters: IdentityListParameters
  total: number
  onSelect: (people: { id: string; name: string }[]) => void
}

/** Selects everybody whom the search and the filters leave, as they are at this moment. */
export function SelectAll({ parameters, total, onSelect }: SelectAllProps) {
  const [isPending, setIsPending] = useState(false)
  const select = async () => {
    setIsPending(true)
    try {
      const address = writeIdentityListParameters({ ...parameters, cursor: null })
      const { people, isComplete } = await fetchJson<SelectedPeople>(`${identitiesDataPath}/selectable?${address}`)
      onSelect(people.map(({ userIdentityId, displayName }) => ({ id: userIdentityId, name: displayName })))
      if (!isComplete) {
        showToast(`The first ${formatCount(people.length)} people were selected: at once there can be no more.`)
      }
    } catch (error) {
      showErrorToast((error as Error).message)
    } finally {
      setIsPending(false)
    }
  }
  return (
    <Button size="small" variant="ghost" pending={isPending} onClick={select}>
      {isPending
        ? 'Selecting…'
        : total > mostSelected
          ? `Select the first ${formatCount(mostSelected)}`
          : `Select all ${formatCount(total)}`}
    </Button>
  )
}
