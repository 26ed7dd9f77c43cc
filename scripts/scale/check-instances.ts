import { setTimeout as sleep } from 'node:timers/promises'
import { callApi } from '../faults/call-api'
import { Load, listAcsSystemIds } from '../faults/load'
import { broken, concludeLoad, type Outcome, unexpectedAnswers } from '../faults/scenario'
import { startReceiver } from '../processes/receiver'
import type { Cluster } from './cluster'
import { importPeople } from './import-people'

const writesBeforeKills = 1500
const kills = 4
const writesBetweenKills = 300
const importedPeople = 2000

/** Two instances write, deliver webhooks and do a job together, each thing once; then they are killed, one after the other. */
export async function checkInstances({ target, instances, replace }: Cluster): Promise<Outcome> {
  const prefix = 'scale'
  const { apiKey } = target
  const receiver = await startReceiver(50)
  const problems: string[] = []
  const notes: string[] = []
  try {
    const { webhook } = await callApi(instances[0].url, apiKey, '/webhooks/create', {
      url: receiver.url,
      event_types: ['user_identity.deleted'],
    })
    const acsSystemIds = await listAcsSystemIds(instances[0].url, apiKey)
    let turn = 0
    // As a load balancer does: in turns, without those that are down.
    const url = () => {
      const running = instances.filter((instance) => instance.isRunning())
      return running[++turn % running.length]?.url ?? instances[0].url
    }
    const load = new Load({ url, apiKey, acsSystemIds }, { prefix })
    const imported = importPeople(target, importedPeople)
    await load.reach(writesBeforeKills)
    const { created, events, steps } = await imported
    notes.push(`an import of ${importedPeople} people: ${created} created, ${events} events, ${steps}`)
    if (created !== importedPeople || events !== importedPeople) problems.push('the import was not done once')

    await sleep(3000)
    const twice = [...receiver.arrivals.values()].filter((count) => count > 1).length
    notes.push(`${receiver.arrivals.size} webhooks, ${twice} of them more than once`)
    if (twice > 0) problems.push(`${twice} webhooks were delivered more than once though nobody was killed`)
    if (receiver.arrivals.size < 10) problems.push('hardly a webhook was delivered')
    // From here on, what a killed instance was delivering may come again, as webhooks are promised at least once.
    const { webhook_id } = webhook as { webhook_id: string }
    await callApi(instances[0].url, apiKey, '/webhooks/delete', { webhook_id })

    for (let kill = 0; kill < kills; kill++) {
      await load.reach(load.ledger.acknowledged + writesBetweenKills)
      await replace(kill % 2 === 0 ? 0 : 1)
    }
    await load.reach(load.ledger.acknowledged + writesBetweenKills)
    const ledger = await load.stop()
    const concluded = await concludeLoad(target, ledger, prefix)
    return {
      ...{ fault: `two instances, ${kills} kills`, database: 'postgres' },
      ...{ acknowledged: concluded.acknowledged, found: concluded.found },
      notes: [...notes, ...concluded.notes],
      problems: [...problems, ...concluded.problems, ...unexpectedAnswers(ledger, [broken])],
    }
  } finally {
    receiver.close()
  }
}
