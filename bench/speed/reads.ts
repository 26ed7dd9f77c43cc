import { loadIdentity } from '@/app/(dashboard)/identities/[id]/load-identity'
import { summarizeAccessSystems } from '@/lib/access/systems/queries'
import { listEvents, listRecentEvents } from '@/lib/history/events/queries'
import { type IdentityListParameters, readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { listUserIdentities } from '@/lib/people/identities/queries'
import { countPeople } from '@/lib/people/overview/queries'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import { countQueue, listQueue } from '@/lib/people/reconcile/queries'
import type { WorkspaceSamples } from './workspace-samples'

/** Something that is read, in several variants that take turns. */
export type Read = { name: string; variants: (() => Promise<unknown>)[] }

const historyOfOnePage = { cursor: null, limit: 12 }

/** All that the bench reads, as the pages do. */
export function readsOf(samples: WorkspaceSamples): Read[] {
  const { workspaceId } = samples
  const list = (parameters: Partial<IdentityListParameters>) => () =>
    listUserIdentities(workspaceId, { ...readIdentityListParameters(new URLSearchParams()), ...parameters })
  const [system = '', otherSystem = ''] = samples.acsSystemIds
  return [
    { name: 'list: first page', variants: [list({})] },
    { name: 'list: first page by name', variants: [list({ sort: 'name' })] },
    { name: `list: page ${samples.farPage.number}`, variants: [list({ cursor: samples.farPage.cursor })] },
    { name: 'search: whole name', variants: samples.rareNames.map((search) => list({ search })) },
    { name: 'search: common part of a name', variants: samples.commonNames.map((search) => list({ search })) },
    { name: 'search: two letters', variants: ['ma', 'li'].map((search) => list({ search })) },
    {
      name: 'search: common part, by name',
      variants: samples.commonNames.map((search) => list({ search, sort: 'name' })),
    },
    { name: 'search: part of a phone', variants: samples.phoneParts.map((search) => list({ search })) },
    { name: 'search: email address', variants: samples.emailAddresses.map((search) => list({ search })) },
    { name: 'filter: linked in one system', variants: [list({ linkedIn: system })] },
    { name: 'filter: missing from one system', variants: [list({ missingFrom: otherSystem })] },
    { name: 'filter: linked nowhere', variants: [list({ missingFrom: 'every' })] },
    { name: 'filter: with a problem', variants: [list({ hasProblem: true })] },
    {
      name: 'search and filter',
      variants: samples.commonNames.map((search) => list({ search, hasProblem: true })),
    },
    {
      name: 'identity page',
      variants: samples.identityIds.map((id) => () => loadIdentity(workspaceId, id)),
    },
    {
      name: 'identity page: history',
      variants: samples.identityIds.map(
        (userIdentityId) => () => listEvents(workspaceId, { userIdentityId }, () => true, historyOfOnePage),
      ),
    },
    {
      name: 'reconcile: first page',
      variants: [
        () =>
          Promise.all([
            listQueue(workspaceId, readQueueParameters(new URLSearchParams()), null),
            countQueue(workspaceId),
          ]),
      ],
    },
    {
      name: 'overview',
      variants: [
        () =>
          Promise.all([
            countPeople(workspaceId),
            summarizeAccessSystems(workspaceId),
            listRecentEvents(workspaceId, {}, 10),
          ]),
      ],
    },
  ]
}
