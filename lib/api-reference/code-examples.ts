/** The languages of the examples, in the order in which they are offered. */
export const languages = [
  { id: 'curl', name: 'cURL' },
  { id: 'javascript', name: 'JavaScript' },
  { id: 'python', name: 'Python' },
] as const

export type LanguageId = (typeof languages)[number]['id']

type Call = { path: string; parameters: Record<string, unknown>; responseKey: string | null }

/**
 * One call in every language, ready to paste: through Seam's SDKs where there is one.
 *
 * @param endpoint the API's address, such as `https://keyholder.example.com/api`.
 */
export function codeExamples(call: Call, endpoint: string): Record<LanguageId, string> {
  return {
    curl: curlExample(call, endpoint),
    javascript: javascriptExample(call, endpoint),
    python: pythonExample(call, endpoint),
  }
}

function curlExample({ path, parameters }: Call, endpoint: string): string {
  const body = JSON.stringify(parameters, null, 2)
  return [
    `curl ${endpoint}${path} \\`,
    '  --header "Authorization: Bearer $SEAM_API_KEY" \\',
    '  --header "Content-Type: application/json" \\',
    `  --data '${body.replaceAll("'", "'\\''").replaceAll('\n', '\n  ')}'`,
  ].join('\n')
}

function javascriptExample({ path, parameters, responseKey }: Call, endpoint: string): string {
  const method = path.slice(1).split('/').map(toCamelCase).join('.')
  const answer = responseKey ? `const ${toCamelCase(responseKey)} = ` : ''
  return [
    "import { Seam } from 'seam'",
    '',
    'const seam = new Seam({',
    '  apiKey: process.env.SEAM_API_KEY,',
    `  endpoint: '${endpoint}',`,
    '})',
    '',
    `${answer}await seam.${method}(${toJavascript(parameters)})`,
  ].join('\n')
}

function pythonExample({ path, parameters, responseKey }: Call, endpoint: string): string {
  const entries = Object.entries(parameters).map(([name, value]) => `    ${name}=${toPython(value)},`)
  const answer = responseKey ? `${responseKey} = ` : ''
  const method = path.slice(1).replaceAll('/', '.')
  return [
    'import os',
    'from seam import Seam',
    '',
    'seam = Seam(',
    '    api_key=os.environ["SEAM_API_KEY"],',
    `    endpoint="${endpoint}",`,
    ')',
    '',
    ...(entries.length > 0 ? [`${answer}seam.${method}(`, ...entries, ')'] : [`${answer}seam.${method}()`]),
  ].join('\n')
}

const toCamelCase = (name: string) => name.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())

function toJavascript(parameters: Record<string, unknown>): string {
  const entries = Object.entries(parameters).map(([name, value]) => `  ${name}: ${javascriptValue(value)},`)
  return entries.length > 0 ? ['{', ...entries, '}'].join('\n') : ''
}

function javascriptValue(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(javascriptValue).join(', ')}]`
  return JSON.stringify(value)
}

function toPython(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`
  // Strings and numbers are written the same in JSON.
  return JSON.stringify(value)
}
