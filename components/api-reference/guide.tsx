import type { ReactNode } from 'react'
import { codeExamples } from '@/lib/http-api/reference/code-examples'
import {
  commonErrors,
  errorExample,
  idempotencyExamples,
  installExamples,
  paginationExamples,
  verificationExamples,
} from '@/lib/http-api/reference/guide-examples'
import { TextLink } from '../ui/text-link'
import { CodeBlock, CodeExamples } from './code-block'
import { guideSections } from './reference-index'
import { Words } from './words'

const firstCall = {
  path: '/user_identities/create',
  parameters: {
    user_identity_key: 'resident_4711',
    full_name: 'Jane Doe',
    email_address: 'jane.doe@example.com',
  },
  responseKey: 'user_identity',
}

/** What one has to know beside the endpoints. */
export function Guide({ apiUrl, requestsPerMinute }: { apiUrl: string; requestsPerMinute: number }) {
  const limit =
    requestsPerMinute > 0
      ? `Each API key may make ${requestsPerMinute.toLocaleString('en')} requests per minute.`
      : 'This server sets no limit at present. Be ready for one: an API key may be given a number of requests per minute.'
  return (
    <>
      <GuideSection
        id="quick-start"
        aside={
          <>
            <CodeExamples label="Install" examples={installExamples} />
            <CodeExamples label="First call" examples={codeExamples(firstCall, apiUrl)} />
          </>
        }
      >
        <p>
          Keyholder answers as Seam’s API does, for user identities and access systems. Code that is written against
          Seam’s SDK runs unchanged once its <Words>{'`endpoint`'}</Words> points here:
        </p>
        <p className="font-mono text-sm [overflow-wrap:anywhere]">{apiUrl}</p>
        <ol className="list-decimal space-y-1 pl-5">
          <li>
            <TextLink href="/settings/api-keys">Create an API key</TextLink> and put it into the environment of your
            program as <Words>{'`SEAM_API_KEY`'}</Words>.
          </li>
          <li>Install Seam’s SDK for your language.</li>
          <li>Create the first user identity.</li>
        </ol>
      </GuideSection>
      <GuideSection
        id="authentication"
        aside={<CodeBlock label="Header of every request">Authorization: Bearer seam_…</CodeBlock>}
      >
        <p>
          Every request carries an API key. A key opens one workspace and everything in it, so keep it on your server.
          When one may have leaked, revoke it in <TextLink href="/settings/api-keys">Settings</TextLink>: it is refused
          from that moment.
        </p>
      </GuideSection>
      <GuideSection id="errors" aside={<CodeBlock label="409">{JSON.stringify(errorExample, null, 2)}</CodeBlock>}>
        <p>
          <Words>
            {
              'A refusal has a status, and a body in which `type` is for your program and `message` for people. Every response has a `seam-request-id` header: name it when you ask about a request.'
            }
          </Words>
        </p>
        <table aria-label="Errors of every endpoint" className="w-full text-left text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">Status and type</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody className="border-line border-t">
            {commonErrors.map(({ status, type, means }) => (
              <tr key={status} className="border-line border-b align-top max-sm:block max-sm:py-2">
                <th scope="row" className="py-2 pr-3 font-normal max-sm:block max-sm:p-0 sm:w-52">
                  <span className="tabular">{status}</span>{' '}
                  <code className="font-mono text-xs [overflow-wrap:anywhere]">{type}</code>
                </th>
                <td className="py-2 max-sm:block max-sm:p-0">
                  <Words>{means}</Words>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </GuideSection>
      <GuideSection
        id="pagination"
        aside={<CodeExamples label="All user identities" examples={paginationExamples(apiUrl)} />}
      >
        <p>
          <Words>
            {
              'Lists that come in pages take `limit` and `page_cursor`, and answer with `pagination`: `has_next_page`, `next_page_cursor` and `next_page_url`. Send the cursor back with the same parameters to get the next page. Nothing comes twice and nothing is missed while others add to the list.'
            }
          </Words>
        </p>
      </GuideSection>
      <GuideSection
        id="idempotency"
        aside={<CodeExamples label="Safe to repeat" examples={idempotencyExamples(apiUrl)} />}
      >
        <p>
          <Words>
            {
              'When an answer does not arrive, you cannot know whether the request did. Send an `Idempotency-Key` of your own making with a request that writes, and the same one when you repeat it: within 24 hours it happens once, and the repetition gets the first answer. The same key with another request is refused.'
            }
          </Words>
        </p>
      </GuideSection>
      <GuideSection
        id="rate-limits"
        aside={<CodeBlock label="429">{'HTTP/1.1 429 Too Many Requests\nRetry-After: 12'}</CodeBlock>}
      >
        <p>
          <Words>
            {`${limit} Beyond it, requests are refused with 429 until the seconds in \`Retry-After\` have passed. So they are with 503 while the database cannot be used: what was under way may have been done, so repeat it with the same \`Idempotency-Key\`.`}
          </Words>
        </p>
      </GuideSection>
      <GuideSection
        id="receiving-webhooks"
        aside={<CodeExamples label="Verify a message" examples={verificationExamples} />}
      >
        <p>
          A <TextLink href="/settings/webhooks">webhook</TextLink> is an address of yours that gets a POST for every
          event. Answer with any 2xx within a few seconds; anything else is tried again, less and less often, for more
          than a day. Events about one person or ACS user arrive in order. The slower your answers, the fewer messages
          come at once. After a day without a 2xx, the webhook is switched off and its events wait for 30 days.
        </p>
        <p>
          <Words>
            {
              'Messages are signed as Standard Webhooks has it: verify `webhook-signature` with the webhook’s signing secret before you believe one, and drop a `webhook-id` that you have had.'
            }
          </Words>
        </p>
      </GuideSection>
    </>
  )
}

type GuideSectionProps = { id: (typeof guideSections)[number]['id']; aside: ReactNode; children: ReactNode }

function GuideSection({ id, aside, children }: GuideSectionProps) {
  return (
    <section
      id={id}
      data-reference-part
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-28 gap-x-8 gap-y-4 border-line border-t py-7 first:border-t-0 first:pt-0 min-[1280px]:grid-cols-2 min-[900px]:scroll-mt-16"
    >
      <div className="flex min-w-0 max-w-prose flex-col gap-3">
        <h2 id={`${id}-title`} className="font-semibold text-lg">
          {guideSections.find((section) => section.id === id)?.name}
        </h2>
        {children}
      </div>
      <div className="flex min-w-0 flex-col gap-3">{aside}</div>
    </section>
  )
}
