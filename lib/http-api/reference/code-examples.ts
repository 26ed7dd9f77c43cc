/** The languages of the examples, in the order in which they are offered. */
export const languages = [
  { id: 'curl', name: 'cURL' },
  { id: 'javascript', name: 'JavaScript' },
  { id: 'python', name: 'Python' },
] as const

export type LanguageId = (typeof languages)[number]['id']

type Call = {
  path: string
  parameters: Record<string, unknown>
  responseKey: string | null
  /** Whether Seam's SDKs have no method for it, so that it's sent through their HTTP client. */
  isKeyholderOwn?: boolean
}

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

function javascriptExample(call: Call, endpoint: string): string {
  return [
    "import { Seam } from 'seam'",
    '',
    'const seam = new Seam({',
    '  apiKey: process.env.SEAM_API_KEY,',
    `  endpoint: '${endpoint}',`,
    '})',
    '',
    javascriptCall(call),
  ].join('\n')
}

function javascriptCall({ path, parameters, responseKey, isKeyholderOwn }: Call): string {
  const given = toJavascript(parameters)
  if (isKeyholderOwn) {
    const request = `await seam.client.post('${path}', ${given})`
    if (!responseKey) return request
    return `const { data } = ${request}\nconst ${toCamelCase(responseKey)} = data.${responseKey}`
  }
  const method = path.slice(1).split('/').map(toCamelCase).join('.')
  return `${responseKey ? `const ${toCamelCase(responseKey)} = ` : ''}await seam.${method}(${given})`
}

function pythonExample(call: Call, endpoint: string): string {
  return [
    'import os',
    'from seam import Seam',
    '',
    'seam = Seam(',
    '    api_key=os.environ["SEAM_API_KEY"],',
    `    endpoint="${endpoint}",`,
    ')',
    '',
    pythonCall(call),
  ].join('\n')
}

function pythonCall({ path, parameters, responseKey, isKeyholderOwn }: Call): string {
  const answer = responseKey ? `${responseKey} = ` : ''
  if (isKeyholderOwn) {
    const entries = Object.entries(parameters).map(([name, value]) => `        "${name}": ${toPython(value)},`)
    const body = ['seam.client.post(', `    "${path}",`, '    json={', ...entries, '    },', ')'].join('\n')
    return `${answer}${body}${responseKey ? `["${responseKey}"]` : ''}`
  }
  const entries = Object.entries(parameters).map(([name, value]) => `    ${name}=${toPython(value)},`)
  const method = path.slice(1).replaceAll('/', '.')
  return entries.length > 0 ? [`${answer}seam.${method}(`, ...entries, ')'].join('\n') : `${answer}seam.${method}()`
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
