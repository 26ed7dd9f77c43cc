import { execFileSync } from 'node:child_process'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { codeExamples } from './code-examples'
import { verificationExamples } from './guide-examples'

const endpoint = 'https://keyholder.example.com/api'
const call = {
  path: '/acs/users/add_to_access_group',
  parameters: { full_name: "Jane O'Neil", acs_access_group_ids: ['1', '2'], is_override_key: true, ends_at: null },
  responseKey: 'acs_user',
}

test('cURL: what a shell passes on is the address, the key and the JSON', () => {
  const script = codeExamples(call, endpoint).curl.replace(/^curl/, `curl() { printf '%s\\n--\\n' "$@"; }; curl`)
  const output = execFileSync('sh', ['-c', script], { env: { ...process.env, SEAM_API_KEY: 'seam_1_x' } }).toString()
  const given = output.split('\n--\n')
  expect(given.slice(0, 5)).toEqual([
    `${endpoint}/acs/users/add_to_access_group`,
    '--header',
    'Authorization: Bearer seam_1_x',
    '--header',
    'Content-Type: application/json',
  ])
  expect(JSON.parse(given[6] ?? '')).toEqual(call.parameters)
})

test('JavaScript: the SDK’s own method, with its parameters', () => {
  expect(codeExamples(call, endpoint).javascript).toBe(`import { Seam } from 'seam'

const seam = new Seam({
  apiKey: process.env.SEAM_API_KEY,
  endpoint: 'https://keyholder.example.com/api',
})

const acsUser = await seam.acs.users.addToAccessGroup({
  full_name: 'Jane O\\'Neil',
  acs_access_group_ids: ['1', '2'],
  is_override_key: true,
  ends_at: null,
})`)
})

test('Python: the SDK’s own method, with its parameters', () => {
  expect(codeExamples(call, endpoint).python).toBe(`import os
from seam import Seam

seam = Seam(
    api_key=os.environ["SEAM_API_KEY"],
    endpoint="https://keyholder.example.com/api",
)

acs_user = seam.acs.users.add_to_access_group(
    full_name="Jane O'Neil",
    acs_access_group_ids=["1", "2"],
    is_override_key=True,
    ends_at=None,
)`)
})

test('what Seam’s SDKs have no method for goes through their HTTP client', () => {
  const own = {
    path: '/acs/entrances/create',
    parameters: { display_name: 'Gate', can_unlock_with_code: true },
    responseKey: 'acs_entrance',
    isKeyholderOwn: true,
  }
  expect(codeExamples(own, endpoint).javascript).toContain(`
const { data } = await seam.client.post('/acs/entrances/create', {
  display_name: 'Gate',
  can_unlock_with_code: true,
})
const acsEntrance = data.acs_entrance`)
  expect(codeExamples(own, endpoint).python).toContain(`
acs_entrance = seam.client.post(
    "/acs/entrances/create",
    json={
        "display_name": "Gate",
        "can_unlock_with_code": True,
    },
)["acs_entrance"]`)
  const deleting = { ...own, path: '/acs/entrances/delete', parameters: { acs_entrance_id: '1' }, responseKey: null }
  expect(codeExamples(deleting, endpoint).javascript).toMatch(
    /\n\nawait seam\.client\.post\('\/acs\/entrances\/delete', \{\n {2}acs_entrance_id: '1',\n\}\)$/,
  )
  expect(codeExamples(deleting, endpoint).python).toMatch(/\n\nseam\.client\.post\(\n[\s\S]*\n\)$/)
})

test('a call without parameters and without an answer is written without them', () => {
  const examples = codeExamples({ path: '/workspaces/reset_sandbox', parameters: {}, responseKey: null }, endpoint)
  expect(examples.javascript).toMatch(/\n\nawait seam\.workspaces\.resetSandbox\(\)$/)
  expect(examples.python).toMatch(/\n\nseam\.workspaces\.reset_sandbox\(\)$/)
})

test('the signature that the shell computes is the one that is sent', () => {
  const secret = `whsec_${Buffer.from('0123456789abcdefghijklmn').toString('base64')}`
  const at = new Date('2026-11-24T09:00:00Z')
  const body = '{"event_type":"user_identity.created"}'
  const output = execFileSync('sh', ['-c', verificationExamples.curl], {
    env: {
      ...process.env,
      WEBHOOK_SECRET: secret,
      WEBHOOK_ID: 'msg_1',
      WEBHOOK_TIMESTAMP: String(at.getTime() / 1000),
      BODY: body,
    },
  })
  expect(`v1,${output.toString().trim()}`).toBe(new Webhook(secret).sign('msg_1', at, body))
})
