import { accessibilityViolations } from './support/accessibility'
import { addPerson, createPerson, systemRow, systems, uniqueWord } from './support/people'
import { expect, open, type Page, test, toast, untilInteractive } from './support/test'

const newName = () => `${uniqueWord()} ${uniqueWord()}`

async function openMove(page: Page, name: string, kind: 'Move out…' | 'Move in…') {
  await page.getByRole('button', { name: `Move ${name}` }).click()
  await page.getByRole('menuitem', { name: kind }).click()
}

/** A person with an ACS user in two access systems. */
async function createResident(page: Page): Promise<{ id: string; name: string }> {
  const name = newName()
  const id = await createPerson(page, { name }, systems.brivo, systems.latch)
  return { id, name }
}

test('moves somebody out after seeing what it does in each access system', async ({ page }) => {
  const { name } = await createResident(page)
  await openMove(page, name, 'Move out…')
  const dialog = page.getByRole('dialog', { name: `Move ${name} out` })
  const preview = dialog.getByRole('region', { name: 'What will happen' })
  await expect(preview).toContainText(`${systems.brivo}Access ends now.`)
  await dialog.getByRole('radio', { name: /^Suspend/ }).check()
  await expect(preview).toContainText(`${systems.latch}Suspended at once.`)
  await dialog.getByRole('radio', { name: /^End the access schedule/ }).check()
  expect(await accessibilityViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Move out now' }).click()
  await expect(toast(page, `Moved ${name} out.`)).toBeVisible()
  await expect(page.getByText(/^Moved out on /)).toBeVisible()
  for (const system of [systems.brivo, systems.latch]) {
    await expect(systemRow(page, system).getByText('Access ended')).toBeVisible()
  }

  await toast(page, `Moved ${name} out.`).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, `Undone for ${name}.`)).toBeVisible()
  await expect(page.getByText(/^Moved out on /)).toBeHidden()
  await expect(systemRow(page, systems.brivo).getByText('Active')).toBeVisible()
})

test('plans a move-out, sees it on the list, and cancels it', async ({ page }) => {
  const { id, name } = await createResident(page)
  await openMove(page, name, 'Move out…')
  const dialog = page.getByRole('dialog', { name: `Move ${name} out` })
  await dialog.getByRole('radio', { name: 'At a chosen time' }).check()
  await expect(dialog.getByRole('radio', { name: /^Suspend/ })).toBeDisabled()
  await dialog.getByLabel('Day and time', { exact: true }).fill('2020-01-01T12:00')
  await expect(dialog.getByText('Choose a time in the future, or move out now.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Plan move-out' })).toBeDisabled()
  await dialog.getByLabel('Day and time', { exact: true }).fill('2099-06-30T18:00')
  await dialog.getByRole('button', { name: 'Plan move-out' }).click()
  await expect(toast(page, `Planned the move-out of ${name}.`)).toBeVisible()
  await expect(page.getByText('Moves out on Jun 30, 2099, 6:00 PM.')).toBeVisible()
  await expect(systemRow(page, systems.latch)).toContainText('Until Jun 30, 2099, 6:00 PM')

  await open(page, `/identities?moving=planned&q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Moves out Jun 30, 2099')
  await open(page, `/identities/${id}`)
  await page.getByRole('button', { name: 'Cancel move-out' }).click()
  await expect(toast(page, `${name} stays`)).toBeVisible()
  await expect(page.getByText(/^Moves out on/)).toBeHidden()
  await expect(systemRow(page, systems.latch)).not.toContainText('Until')
})

test('moves somebody in: one schedule in all access systems', async ({ page }) => {
  const { name } = await createResident(page)
  await openMove(page, name, 'Move in…')
  const dialog = page.getByRole('dialog', { name: `Move ${name} in` })
  await dialog.getByLabel('From', { exact: true }).fill('2098-01-01T09:00')
  await dialog.getByLabel('Until', { exact: true }).fill('2097-01-01T09:00')
  await expect(dialog.getByText('The end must be after the move-in.')).toBeVisible()
  await dialog.getByLabel('Until', { exact: true }).fill('2099-01-01T09:00')
  await dialog.getByRole('button', { name: 'Move in' }).click()
  await expect(toast(page, `Moved ${name} in.`)).toBeVisible()
  for (const system of [systems.brivo, systems.latch]) {
    await expect(systemRow(page, system)).toContainText('From Jan 1, 2098, 9:00 AM until Jan 1, 2099, 9:00 AM')
  }
})

test('moves several people out at once from the list, by keys, and takes all of it back', async ({ page }) => {
  const family = uniqueWord()
  for (const given of ['Ada', 'Ben']) await addPerson(page, { name: `${given} ${family}` }, systems.brivo)
  await addPerson(page, { name: `Cleo ${family}` })
  await open(page, `/identities?q=${family}&sort=name`)
  for (const name of ['Ada', 'Ben', 'Cleo']) {
    await page.keyboard.press('j')
    await expect(page.getByRole('link', { name: `${name} ${family}` })).toBeFocused()
    await page.keyboard.press('x')
  }
  const bar = page.getByRole('region', { name: 'Selection' })
  await expect(bar).toContainText('3 selected')
  await bar.getByRole('button', { name: 'Move out…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move 3 people out' })
  await expect(dialog).toContainText('2 schedules end now')
  await expect(dialog).toContainText('1 person without any ACS user will be left as they are.')
  await dialog.getByRole('button', { name: 'Move out now' }).click()
  await expect(dialog.getByText(`Cleo ${family}: “Cleo ${family}” has no ACS user in any access system`)).toBeVisible()
  await expect(toast(page, 'Moved 2 people out.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByRole('row').filter({ hasText: `Ada ${family}` })).toContainText('Moved out')

  await toast(page, 'Moved 2 people out.').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page, 'Undone for 2 people.')).toBeVisible()
  await page.reload()
  await untilInteractive(page)
  await expect(page.getByRole('row').filter({ hasText: `Ada ${family}` })).not.toContainText('Moved out')
})
