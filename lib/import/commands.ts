import { and, eq, lt, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { insertAll } from '@/db/insert-all'
import { importClaims, importRows, imports } from '@/db/schema/imports'
import { holdAccessSystem } from '../access-systems/hold'
import { invalidInput, notFound, Refusal } from '../errors'
import type { Actor } from '../events/actor'
import { cancelJob, queueJob } from '../jobs/commands'
import { parseInput, uuid } from '../parse-input'
import { inTransaction, type Transaction } from '../transaction'
import { findDateOrder } from './date-order'
import { readFile } from './file'
import { type ImportState, isUnderWay, mostBytes, rowsWithOutcome } from './import'
import { applySchema, checkMapping, mappingSchema, receiptSchema } from './input'
import { type Import, isImport } from './rows'

const rowsAtOnce = 1000

/**
 * Takes in a file of people, or of the ACS users of an access system: its rows are kept as they are, and
 * nothing is done with them yet.
 *
 * @param file `name` as the admin knows it.
 * @param about what its rows are, as `receiptSchema` has it.
 * @throws Refusal `invalid_input` for what cannot be read, `acs_system_not_found`
 */
export async function receiveFile(
  actor: Actor,
  file: { name: string; bytes: Buffer },
  about: unknown,
): Promise<{ importId: string }> {
  const { workspaceId } = actor
  const given = parseInput(receiptSchema, about)
  const acsSystemId = given.kind === 'acs_users' ? given.acs_system_id : null
  if (file.bytes.length > mostBytes) throw fileTooLarge()
  const { encoding, delimiter, headers, batches } = await readFile(file.bytes, rowsAtOnce)
  refuseOtherNames(file.name)
  const importId = uuidv7()
  await inTransaction(async (transaction) => {
    // What was being received when a server was killed is not wanted any more.
    await transaction
      .delete(imports)
      .where(
        and(
          eq(imports.workspaceId, workspaceId),
          eq(imports.state, 'reading'),
          lt(imports.createdAt, sql`now() - interval '1 hour'`),
        ),
      )
    if (acsSystemId) await holdAccessSystem(transaction, workspaceId, acsSystemId)
    await transaction.insert(imports).values({
      ...{ kind: given.kind, acsSystemId },
      ...{ workspaceId, importId, encoding, delimiter, headers },
      fileName: nameOf(file.name),
      authorId: actor.id,
      authorName: actor.name,
    })
  })
  try {
    let rowCount = 0
    for await (const batch of batches) {
      rowCount += batch.length
      await inTransaction((transaction) =>
        insertAll(
          transaction,
          importRows,
          batch.map((row) => ({ ...row, workspaceId, importId })),
        ),
      )
    }
    if (rowCount === 0) throw invalidInput('The file has no rows below its header.', 'file')
    await inTransaction((transaction) =>
      transaction.update(imports).set({ state: 'mapping', rowCount }).where(isImport(workspaceId, importId)),
    )
  } catch (error) {
    await inTransaction((transaction) => transaction.delete(imports).where(isImport(workspaceId, importId)))
    throw error
  }
  return { importId }
}

const unprintable = /[\p{Cc}\p{Cs}]/gu

const nameOf = (name: string) => name.replace(unprintable, '').trim().slice(0, 200) || 'Unnamed file'

/** Refuses a file that says by its name that it is something else, though it could be read. */
function refuseOtherNames(name: string): void {
  if (/\.(csv|tsv|txt)$/i.test(nameOf(name))) return
  throw invalidInput('Choose a file whose name ends in .csv, .tsv or .txt.', 'file')
}

/** Why a file is refused before it is read. */
export function fileTooLarge(): Refusal {
  return new Refusal({
    kind: 'too_large',
    type: 'file_too_large',
    message: `The file is larger than ${mostBytes / 1024 / 1024} MB. Split it, and import the parts one after another.`,
  })
}

/**
 * Says which columns hold what, and orders the dry run.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`
 */
export async function checkImport(actor: Actor, input: unknown): Promise<void> {
  const { import_id: importId, mapping, date_order: chosenOrder } = parseInput(mappingSchema, input)
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    const found = await holdImport(transaction, workspaceId, importId, ['mapping', 'checked'])
    checkMapping(found.kind, found.headers.length, mapping)
    const foundOrder = await findDateOrder(transaction, found, mapping)
    // A choice stands where there are dates at all.
    const dateOrder = foundOrder && (chosenOrder ?? foundOrder)
    await transaction
      .delete(importClaims)
      .where(and(eq(importClaims.workspaceId, workspaceId), eq(importClaims.importId, importId)))
    await transaction
      .update(imports)
      .set({ state: 'checking', mapping, dateOrder, plans: {} })
      .where(isImport(workspaceId, importId))
    await queueJob(transaction, actor, { kind: 'import.check', subjectId: importId, total: found.rowCount })
  })
}

/**
 * Orders what the dry run has planned to be done.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`
 */
export async function applyImport(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(applySchema, input)
  await inTransaction(async (transaction) => {
    const found = await holdImport(transaction, actor.workspaceId, given.import_id, ['checked'])
    await queueApplying(transaction, actor, found, {
      conflictChoice: given.conflict_choice,
      appliesRemovals: given.applies_removals,
    })
  })
}

/**
 * Goes on with an import that was stopped: rows that are done are not done again.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`
 */
export async function resumeImport(actor: Actor, importId: string): Promise<void> {
  const id = parseInput(uuid('import_id'), importId)
  await inTransaction(async (transaction) => {
    const found = await holdImport(transaction, actor.workspaceId, id, ['canceled'])
    await queueApplying(transaction, actor, found, {})
  })
}

async function queueApplying(
  transaction: Transaction,
  actor: Actor,
  { workspaceId, importId, rowCount, outcomes }: Import,
  choices: Partial<Pick<Import, 'conflictChoice' | 'appliesRemovals'>>,
): Promise<void> {
  await transaction
    .update(imports)
    .set({ ...choices, state: 'applying', finishedAt: null })
    .where(isImport(workspaceId, importId))
  await queueJob(transaction, actor, {
    ...{ kind: 'import.apply', subjectId: importId },
    ...{ total: rowCount, done: rowsWithOutcome(outcomes) },
  })
}

/**
 * Orders all that an import created, changed and removed to be taken back.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`, `import_did_nothing`
 */
export async function undoImport(actor: Actor, importId: string): Promise<void> {
  const id = parseInput(uuid('import_id'), importId)
  await inTransaction(async (transaction) => {
    const found = await holdImport(transaction, actor.workspaceId, id, ['applied', 'canceled'])
    const { created = 0, updated = 0, removed = 0 } = found.outcomes
    const total = created + updated + removed
    if (total === 0) {
      throw new Refusal({
        kind: 'conflict',
        type: 'import_did_nothing',
        message: 'This import created, changed and removed nothing, so there is nothing to undo.',
      })
    }
    await transaction.update(imports).set({ state: 'undoing' }).where(isImport(actor.workspaceId, id))
    await queueJob(transaction, actor, { kind: 'import.undo', subjectId: id, total })
  })
}

/**
 * Stops what is being done to an import; what is done already stays. Nothing happens where it is
 * finished already.
 *
 * @throws Refusal `invalid_input`, `import_not_found`
 */
export async function stopImport(actor: Actor, importId: string): Promise<void> {
  const id = parseInput(uuid('import_id'), importId)
  await inTransaction(async (transaction) => {
    // The job first, as its steps do: whoever holds an import holds its job before it.
    const isStopped = await cancelJob(transaction, actor.workspaceId, id)
    const found = await holdImport(transaction, actor.workspaceId, id)
    if (!isStopped || !isUnderWay(found.state)) return
    const isPartial = rowsWithOutcome(found.outcomes) < found.rowCount
    const state = found.state === 'checking' ? 'mapping' : isPartial ? 'canceled' : 'applied'
    await transaction
      .update(imports)
      .set({ state, finishedAt: state === 'mapping' ? null : sql`now()` })
      .where(isImport(actor.workspaceId, id))
  })
}

/**
 * Throws a file away of which nothing was imported.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`
 */
export async function discardImport(actor: Actor, importId: string): Promise<void> {
  const id = parseInput(uuid('import_id'), importId)
  await inTransaction(async (transaction) => {
    await holdImport(transaction, actor.workspaceId, id, ['mapping', 'checked'])
    await transaction.delete(imports).where(isImport(actor.workspaceId, id))
  })
}

/** Reads an import and holds it until the transaction ends, if it is in one of these states. */
async function holdImport(
  transaction: Transaction,
  workspaceId: string,
  importId: string,
  states?: ImportState[],
): Promise<Import> {
  const [found] = await transaction.select().from(imports).where(isImport(workspaceId, importId)).for('update')
  if (!found) throw notFound('import')
  if (states && !states.includes(found.state)) {
    throw new Refusal({
      kind: 'conflict',
      type: 'import_state_conflict',
      message: 'Somebody else has gone on with this import meanwhile. Look at how it stands now.',
    })
  }
  return found
}
