import { codeExamples } from '@/lib/http-api/reference/code-examples'
import type { Parameter, ReferenceEndpoint } from '@/lib/http-api/reference/reference'
import { CodeBlock, CodeExamples } from './code-block'
import { Words } from './words'

/** One endpoint: what it does and takes at the left, how it is called and what it answers at the right. */
export function EndpointReference({ endpoint, apiUrl }: { endpoint: ReferenceEndpoint; apiUrl: string }) {
  const { id, path, methods, summary, description, parameters, responseKey, isPaged, errorTypes } = endpoint
  const { isKeyholderOwn } = endpoint
  const call = { path, parameters: endpoint.exampleParameters, responseKey, isKeyholderOwn }
  return (
    <section
      id={id}
      data-reference-part
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-28 gap-x-8 gap-y-5 border-line border-t py-8 min-[1280px]:grid-cols-2 min-[900px]:scroll-mt-16"
    >
      <div className="min-w-0">
        <h3 id={`${id}-title`} className="font-semibold text-lg">
          <a href={`#${id}`} className="hover:underline">
            {summary}
          </a>
        </h3>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
          {methods.map((method) => (
            <span key={method} className="rounded-sm bg-hover px-1.5 font-medium font-mono text-2xs text-muted">
              {method}
            </span>
          ))}
          <code className="font-mono text-sm [overflow-wrap:anywhere]">{path}</code>
          {isKeyholderOwn && (
            <span className="rounded-sm border border-line px-1.5 font-medium text-muted text-xs">Keyholder’s own</span>
          )}
        </p>
        {description && (
          <p className="mt-3 max-w-prose text-base">
            <Words>{description}</Words>
          </p>
        )}
        <Parameters parameters={parameters} path={path} />
        <dl className="mt-5 grid gap-2 text-sm">
          <div>
            <dt className="inline text-muted">Answers with </dt>
            <dd className="inline">
              {responseKey ? (
                <code className="font-mono text-xs">{responseKey}</code>
              ) : (
                <>
                  nothing but <code className="font-mono text-xs">ok</code>
                </>
              )}
              {isPaged && (
                <>
                  {' '}
                  and <code className="font-mono text-xs">pagination</code>
                </>
              )}
            </dd>
          </div>
          {errorTypes.length > 0 && (
            <div>
              <dt className="inline text-muted">Errors </dt>
              <dd className="inline font-mono text-xs [overflow-wrap:anywhere]">{errorTypes.join(', ')}</dd>
            </div>
          )}
        </dl>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <CodeExamples label="Request" examples={codeExamples(call, apiUrl)} />
        <CodeBlock label="Response">{JSON.stringify(endpoint.exampleResponse, null, 2)}</CodeBlock>
      </div>
    </section>
  )
}

function Parameters({ parameters, path }: { parameters: Parameter[]; path: string }) {
  if (parameters.length === 0) return <p className="mt-4 text-muted text-sm">It takes no parameters.</p>
  return (
    <table aria-label={`Parameters of ${path}`} className="mt-4 w-full text-left text-sm">
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type, default and meaning</th>
        </tr>
      </thead>
      <tbody className="border-line border-t">
        {parameters.map((parameter) => (
          <tr key={parameter.name} className="border-line border-b align-top max-sm:block max-sm:py-2">
            <th scope="row" className="py-2 pr-3 font-normal max-sm:block max-sm:p-0 sm:w-52">
              <code className="font-medium font-mono text-xs [overflow-wrap:anywhere]">{parameter.name}</code>
              {parameter.isRequired && <span className="ml-2 text-warning text-xs sm:ml-0 sm:block">required</span>}
              {parameter.isDeprecated && <span className="ml-2 text-muted text-xs sm:ml-0 sm:block">deprecated</span>}
            </th>
            <td className="py-2 max-sm:block max-sm:p-0">
              <span className="block text-muted text-xs [overflow-wrap:anywhere]">
                {parameter.type}
                {parameter.defaultValue !== null && (
                  <>
                    {' · default '}
                    <code className="font-mono">{parameter.defaultValue}</code>
                  </>
                )}
              </span>
              {parameter.description && (
                <span className="mt-0.5 block">
                  <Words>{parameter.description}</Words>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
