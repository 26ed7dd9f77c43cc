import type { LanguageId } from './code-examples'

type Examples = Record<LanguageId, string>

/** What there is to install before the first call. */
export const installExamples: Examples = {
  curl: '# curl is all it takes. Keep the key out of your shell’s history:\nread -rs SEAM_API_KEY && export SEAM_API_KEY',
  javascript: 'npm install seam',
  python: 'pip install seam',
}

/** How all pages of a list are read. */
export function paginationExamples(endpoint: string): Examples {
  return {
    curl: `curl ${endpoint}/user_identities/list \\
  --header "Authorization: Bearer $SEAM_API_KEY" \\
  --header "Content-Type: application/json" \\
  --data '{ "limit": 100, "page_cursor": "<next_page_cursor of the page before>" }'`,
    javascript: `const pages = seam.createPaginator(
  seam.userIdentities.list({ limit: 100 }),
)

for await (const userIdentity of pages.flatten()) {
  console.log(userIdentity.display_name)
}`,
    python: `paginator = seam.create_paginator(
    seam.user_identities.list,
    {"limit": 100},
)

for user_identity in paginator.flatten():
    print(user_identity.display_name)`,
  }
}

/** How a request is made safe to repeat. */
export function idempotencyExamples(endpoint: string): Examples {
  return {
    curl: `curl ${endpoint}/user_identities/create \\
  --header "Authorization: Bearer $SEAM_API_KEY" \\
  --header "Idempotency-Key: 3f0c1f5e-move-in-4711" \\
  --header "Content-Type: application/json" \\
  --data '{ "user_identity_key": "resident_4711" }'`,
    javascript: `await fetch('${endpoint}/user_identities/create', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${process.env.SEAM_API_KEY}\`,
    'Idempotency-Key': '3f0c1f5e-move-in-4711',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ user_identity_key: 'resident_4711' }),
})`,
    python: `requests.post(
    "${endpoint}/user_identities/create",
    headers={
        "Authorization": f"Bearer {os.environ['SEAM_API_KEY']}",
        "Idempotency-Key": "3f0c1f5e-move-in-4711",
    },
    json={"user_identity_key": "resident_4711"},
)`,
  }
}

/** How a receiver makes sure that a webhook's message comes from here. */
export const verificationExamples: Examples = {
  curl: `# What webhook-signature must contain, after “v1,”. BODY is the raw body.
KEY=$(printf %s "\${WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \\n')
printf %s "$WEBHOOK_ID.$WEBHOOK_TIMESTAMP.$BODY" |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64`,
  javascript: `import { SeamWebhook } from 'seam'

const webhook = new SeamWebhook(process.env.WEBHOOK_SECRET)

// Throws when the signature is not ours. The body must be the raw text.
const event = webhook.verify(rawBody, request.headers)`,
  python: `import os
from seam import SeamWebhook

webhook = SeamWebhook(os.environ["WEBHOOK_SECRET"])

# Raises when the signature is not ours. The body must be the raw text.
event = webhook.verify(raw_body, request.headers)`,
}

/** What a refusal looks like. */
export const errorExample = {
  error: {
    type: 'email_address_conflict',
    message: 'Jane Doe already has this email address.',
    data: { field: 'email_address', user_identity_id: '0192f0c1-2345-7abc-8def-0000000001a1' },
  },
  ok: false,
}

/** The errors that every endpoint may answer with, by status. */
export const commonErrors: { status: number; type: string; means: string }[] = [
  {
    status: 400,
    type: 'invalid_input',
    means: 'The request is not valid. `validation_errors` says what is wrong with each parameter.',
  },
  { status: 401, type: 'unauthorized', means: 'The API key is missing, unknown or revoked.' },
  { status: 404, type: '…_not_found', means: 'This workspace has nothing of this id.' },
  {
    status: 405,
    type: 'method_not_allowed',
    means: 'The endpoint takes other methods: the `Allow` header names them.',
  },
  {
    status: 409,
    type: '…_conflict',
    means: 'Somebody has this value already, or the two cannot be attached. `data` says who.',
  },
  { status: 413, type: 'payload_too_large', means: 'The body is too large.' },
  {
    status: 429,
    type: 'rate_limit_exceeded',
    means: 'Too many requests. `Retry-After` says in how many seconds to come again.',
  },
]
