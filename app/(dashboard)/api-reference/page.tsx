import type { Metadata } from 'next'
import { EndpointReference } from '@/components/api-reference/endpoint-reference'
import { Guide } from '@/components/api-reference/guide'
import { LanguageChoice } from '@/components/api-reference/language-choice'
import { ReferenceIndex } from '@/components/api-reference/reference-index'
import { Words } from '@/components/api-reference/words'
import { PageHeader } from '@/components/ui/page-header'
import { textLinkClass } from '@/components/ui/text-link'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { apiUrl } from '@/lib/http-api/api-url'
import { openApiDocument } from '@/lib/http-api/openapi'
import { type OpenApiDocument, readReference } from '@/lib/http-api/reference/reference'
import { serverConfiguration } from '@/lib/platform/configuration'

export const metadata: Metadata = { title: 'API reference' }

export default async function ApiReferencePage() {
  await requireAdmin()
  const url = apiUrl()
  const resources = readReference(openApiDocument(url) as OpenApiDocument)
  return (
    <div className="group/reference">
      <PageHeader
        title="API reference"
        detail={
          <>
            Also as an{' '}
            <a href="/api/openapi.json" className={textLinkClass}>
              OpenAPI document
            </a>
          </>
        }
      />
      <div className="gap-x-10 min-[1100px]:grid min-[1100px]:grid-cols-[200px_minmax(0,1fr)]">
        <div>
          <ReferenceIndex resources={resources} />
        </div>
        <div className="min-w-0">
          <div className="sticky top-[53px] z-10 -mx-4 mb-6 border-line border-b bg-canvas px-4 py-2 min-[900px]:top-0 min-[900px]:-mx-2 min-[900px]:px-2">
            <LanguageChoice />
          </div>
          <div>
            <Guide apiUrl={url} requestsPerMinute={serverConfiguration().apiRateLimit} />
          </div>
          {resources.map((resource) => (
            <section key={resource.id} aria-labelledby={`${resource.id}-title`}>
              <h2 id={resource.id} className="mt-8 mb-3 scroll-mt-28 font-semibold text-xl min-[900px]:scroll-mt-16">
                <span id={`${resource.id}-title`}>{resource.name}</span>
              </h2>
              {resource.description && (
                <p className="mb-6 max-w-prose text-muted">
                  <Words>{resource.description}</Words>
                </p>
              )}
              {resource.endpoints.map((endpoint) => (
                <EndpointReference key={endpoint.id} endpoint={endpoint} apiUrl={url} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </div>
  )
}
