import { startApplication } from '../processes/application'
import { createEmbeddedTarget } from '../processes/target'
import { sendSlowly, slowRequests } from './slow-clients'
const t = await createEmbeddedTarget()
const a = await startApplication({ ...t.variables, REQUEST_TIMEOUT_SECONDS: '5' })
for (const n of [2, 150]) for (const [k, r] of Object.entries(slowRequests(t.apiKey))) { const e = await Promise.all(Array.from({length:n}, () =>sendSlowly(Number(new URL(a.url).port), r))); console.log(k, n, Math.min(...e), Math.max(...e)) }
console.log(a.output())
await a.stop(); await t.remove(); process.exit()
