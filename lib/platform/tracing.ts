import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { readVariables } from '@/db/configuration'
import { traceStatements } from '@/db/trace-statements'

const patienceMilliseconds = 5000

const schema = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the address of a collector, such as http://localhost:4318' })
    .optional(),
})

/**
 * Where traces are sent; undefined when none are.
 *
 * @throws ConfigurationError
 */
export function tracesEndpoint(): string | undefined {
  return readVariables(schema).OTEL_EXPORTER_OTLP_ENDPOINT
}

/**
 * Collects traces from now on and sends them by OTLP over HTTP, as OpenTelemetry's own variables say
 * (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`). The libraries for it are loaded
 * only then.
 *
 * @returns `stop`, which sends what is left, within 5 s; null when traces are not configured.
 */
export async function startTracing(): Promise<{ stop: () => Promise<void> } | null> {
  if (!tracesEndpoint()) return null
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources, { scrubbing }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('./without-personal-data'),
    ])
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'keyholder' }))
    .merge(detectResources({ detectors: [envDetector] }))
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [scrubbing(new BatchSpanProcessor(new OTLPTraceExporter()))],
  })
  provider.register()
  await traceStatements()
  // A collector that is away is no reason to stop late, or to fail.
  const stop = async () => {
    const stopped = provider.shutdown().catch(() => undefined)
    await Promise.race([stopped, sleep(patienceMilliseconds, undefined, { ref: false })])
  }
  return { stop }
}
