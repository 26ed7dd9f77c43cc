import { expect, open, test } from './support/test'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('reads what an endpoint takes and answers, and copies a call in their language', async ({ page, baseURL }) => {
  // Without BASE_URL the server calls itself by this name.
  const url = `http://localhost:${new URL(String(baseURL)).port}/api`
  await open(page, '/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API reference' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API reference' })).toBeVisible()
  await page.getByRole('navigation', { name: 'On this page' }).getByTitle('/user_identities/add_acs_user').click()
  const endpoint = page.locator('#user_identities-add_acs_user')
  await expect(endpoint).toBeInViewport()
  await expect(endpoint).toContainText('POST')
  await expect(endpoint).toContainText('PUT')
  const parameters = endpoint.getByRole('table', { name: 'Parameters of /user_identities/add_acs_user' })
  await expect(parameters.getByRole('row', { name: 'acs_user_id required' })).toContainText('string (uuid)')
  await expect(endpoint).toContainText('acs_user_already_linked')

  const code = endpoint.locator('pre:visible').first()
  await expect(code).toContainText(`curl ${url}/user_identities/add_acs_user`)
  await page.getByRole('radio', { name: 'Python' }).check({ force: true })
  await expect(code).toContainText(`endpoint="${url}"`)
  await expect(code).toContainText('seam.user_identities.add_acs_user(')
  // What one reads stays where it is, though all examples before it have another height.
  await expect(endpoint).toBeInViewport()
  await page.getByRole('radio', { name: 'JavaScript' }).check({ force: true })
  await expect(code).toContainText('await seam.userIdentities.addAcsUser({')
  await endpoint.getByRole('button', { name: 'Copy code' }).first().click()
  await expect(endpoint.getByRole('status').first()).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent())
})

test('sees what Seam’s API does not have, and how to call it all the same', async ({ page }) => {
  await open(page, '/api-reference')
  const own = page.locator('#acs-systems-create')
  await expect(own).toContainText('Keyholder’s own')
  await expect(own).toContainText('Seam’s API and SDKs don’t have it.')
  await page.getByRole('radio', { name: 'JavaScript' }).check({ force: true })
  await expect(own.locator('pre:visible').first()).toContainText("await seam.client.post('/acs/systems/create', {")
  await expect(page.locator('#acs-systems-get')).not.toContainText('Keyholder’s own')
})

test('gets from the quick start to the keys', async ({ page }) => {
  await open(page, '/api-reference')
  await page.getByRole('region', { name: 'Quick start' }).getByRole('link', { name: 'Create an API key' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible()
})

test('finds the OpenAPI document where the page says', async ({ page }) => {
  await open(page, '/api-reference')
  const address = await page.getByRole('link', { name: 'OpenAPI document' }).getAttribute('href')
  const answer = await page.request.get(address ?? '')
  expect(await answer.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: expect.stringMatching(/\/api$/) }] })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('reads the reference in the language of choice', async ({ page }) => {
    await page.goto('/api-reference#user_identities-get')
    const code = page.locator('#user_identities-get pre:visible').first()
    await expect(code).toContainText('curl ')
    await page.getByText('Python', { exact: true }).first().click()
    await expect(code).toContainText('seam.user_identities.get(')
  })
})
