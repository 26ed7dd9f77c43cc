import { clsx } from 'clsx'
import { type LanguageId, languages } from '@/lib/http-api/reference/code-examples'
import { CopyCode } from './copy-code'

type CodeBlockProps = { label: string; children: string }

const frameClass = 'min-w-0 overflow-hidden rounded-lg border border-line bg-surface'
const headClass =
  'flex min-h-9 items-center justify-between gap-2 border-line border-b py-0.5 pr-1 pl-3 text-muted text-xs'
const codeClass =
  'overflow-x-auto whitespace-pre p-3 font-mono text-xs leading-5 outline-offset-[-2px] max-h-96 overflow-y-auto'

/** Code with a button that copies it. */
export function CodeBlock({ label, children }: CodeBlockProps) {
  return (
    <div data-code className={frameClass}>
      <div className={headClass}>
        {label}
        <CopyCode />
      </div>
      <Code>{children}</Code>
    </div>
  )
}

/** The same in every language, of which the page shows the chosen one. */
export function CodeExamples({ label, examples }: { label: string; examples: Record<LanguageId, string> }) {
  return (
    <div data-code className={frameClass}>
      <div className={headClass}>
        <span className="min-w-0 truncate">
          {label}
          {languages.map(({ id, name }) => (
            <span key={id} className={shownFor(id)}>
              {` · ${name}`}
            </span>
          ))}
        </span>
        <CopyCode />
      </div>
      {languages.map(({ id }) => (
        <div key={id} className={shownFor(id)}>
          <Code>{examples[id]}</Code>
        </div>
      ))}
    </div>
  )
}

function Code({ children }: { children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0} className={codeClass}>
      {children}
    </pre>
  )
}

/** Which language is shown, the page's own radio buttons say: it works without JavaScript. */
function shownFor(language: LanguageId): string {
  return clsx(
    language === 'curl' &&
      'group-has-[#language-javascript:checked]/reference:hidden group-has-[#language-python:checked]/reference:hidden',
    language === 'javascript' && 'hidden group-has-[#language-javascript:checked]/reference:inline',
    language === 'python' && 'hidden group-has-[#language-python:checked]/reference:inline',
  )
}
