import { and, eq, inArray, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { insertAll } from '@/db/insert-all'
import { importRows, imports } from '@/db/schema/imports'
import { workspaces } from '@/db/schema/workspaces'
import { lockAccessSystem } from '@/lib/access/system-rows/lock-access-system'
import { cancelJob, queueJob } from '@/lib/background/jobs/commands'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { takePlace } from '@/lib/platform/limits/places'
import { invalidInput, notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { findDateOrder } from './date-order'
import { type Chunks, type FileBeingRead, readFile } from './file'
import { type ImportState, isUnderWay, mostBytes, rowsWithOutcome, statesUnderWay } from './import'
import { applySchema, checkMapping, mappingSchema, receiptSchema } from './input'
import { orderRemoval, orderRemovalOfLeftovers } from './removal'
import { type Import, isImport } from './rows'

/** How many imports of a workspace can be under way at once. */
const mostUnderWay = 3

/**
 * Takes in a file of people, or of the ACS users of an access system. Its rows are kept as they come, and
 * nothing is done with them yet. What can't be read is refused as soon as that is seen.
 *
 * @param file `name` as the admin knows it.
 * @param about what its rows are, as `receiptSchema` has it.
 * @throws Refusal `invalid_input` for what cannot be read, `file_too_large`, `too_many_at_once`, `acs_system_not_found`
 */
export async function receiveFile(
  actor: Actor,
  file: { name: string; chunks: Chunks },
  about: unknown,
): Promise<{ importId: string }> {
  const given = parseInput(receiptSchema, about)
  const leave = takePlace('upload', actor.workspaceId)
  const chunks = limited(file.chunks)
  try {
    const read = await readFile(chunks)
    refuseOtherNames(file.name)
    const importId = await beginReceiving(actor, file.name, given, read)
    try {
      await keepRows(actor.workspaceId, importId, read)
    } catch (error) {
      await inTransaction((transaction) => orderRemoval(transaction, actor, importId))
      throw error
    }
    return { importId }
  } finally {
    leave()
    // Whoever sends it is told that no more is wanted.
    await chunks.return(undefined)
  }
}

async function beginReceiving(
  actor: Actor,
  name: string,
  given: z.output<typeof receiptSchema>,
  { delimiter, headers, encoding }: FileBeingRead,
): Promise<string> {
  const { workspaceId } = actor
  const acsSystemId = given.kind === 'acs_users' ? given.acs_system_id : null
  const importId = uuidv7()
  await inTransaction(async (transaction) => {
    await orderRemovalOfLeftovers(transaction, actor)
    if (acsSystemId) await lockAccessSystem(transaction, workspaceId, acsSystemId)
    await transaction.insert(imports).values({
      ...{ kind: given.kind, acsSystemId, workspaceId, importId, delimiter, headers },
      ...{ encoding: encoding(), fileName: nameOf(name), authorId: actor.id, authorName: actor.name },
    })
  })
  return importId
}

async function keepRows(workspaceId: string, importId: string, { batches, encoding }: FileBeingRead): Promise<void> {
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
    transaction
      .update(imports)
      .set({ state: 'mapping', rowCount, encoding: encoding() })
      .where(isImport(workspaceId, importId)),
  )
}

/** The chunks of a file, no larger than can be handled at once, as long as they are not too many. */
async function* limited(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const size = 64 * 1024
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > mostBytes) throw fileTooLarge()
    for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size)
  }
}

const unprintable = /[\p{Cc}\p{Cs}]/gu

const nameOf = (name: string) => name.replace(unprintable, '').trim().slice(0, 200) || 'Unnamed file'

/** Refuses a file that says by its name that it is something else, though it could be read. */
function refuseOtherNames(name: string): void {
  if (/\.(csv|tsv|txt)$/i.test(nameOf(name))) return
  throw invalidInput('Choose a file whose name ends in .csv, .tsv or .txt.', 'file')
}

function fileTooLarge(): Refusal {
  return new Refusal({
    kind: 'too_large',
    type: 'file_too_large',
    message: `The file is larger than ${mostBytes / 1024 / 1024} MB. Split it, and import the parts one after another.`,
  })
}

/**
 * Says which columns hold what, and orders the dry run.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`, `too_many_imports`
 */
export async function checkImport(actor: Actor, input: unknown): Promise<void> {
  const { import_id: importId, mapping, date_order: chosenOrder } = parseInput(mappingSchema, input)
  const { workspaceId } = actor
  const lock = (transaction: Transaction) => lockImport(transaction, workspaceId, importId, ['mapping', 'checked'])
  const found = await inTransaction(lock)
  checkMapping(found.kind, found.headers.length, mapping)
  // It looks at every row, which never change: nothing needs a lock meanwhile.
  const foundOrder = await findDateOrder(found, mapping)
  // A choice stands where there are dates at all.
  const dateOrder = foundOrder && (chosenOrder ?? foundOrder)
  await inTransaction(async (transaction) => {
    await refuseTooMany(transaction, workspaceId)
    await lock(transaction)
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
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`, `too_many_imports`
 */
export async function applyImport(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(applySchema, input)
  await inTransaction(async (transaction) => {
    await refuseTooMany(transaction, actor.workspaceId)
    const found = await lockImport(transaction, actor.workspaceId, given.import_id, ['checked'])
    await queueApplying(transaction, actor, found, {
      conflictChoice: given.conflict_choice,
      appliesRemovals: given.applies_removals,
    })
  })
}

/**
 * Goes on with an import that was stopped: rows that are done are not done again.
 *
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`, `too_many_imports`
 */
export async function resumeImport(actor: Actor, importId: string): Promise<void> {
  const id = parseInput(uuid('import_id'), importId)
  await inTransaction(async (transaction) => {
    await refuseTooMany(transaction, actor.workspaceId)
    const found = await lockImport(transaction, actor.workspaceId, id, ['canceled'])
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
 * @throws Refusal `invalid_input`, `import_not_found`, `import_state_conflict`, `import_did_nothing`, `too_many_imports`
 */
export async function undoImport(actor: Actor, importId: string): Promise<void> {
  const id = parseInput(uuid('import_id'), importId)
  await inTransaction(async (transaction) => {
    await refuseTooMany(transaction, actor.workspaceId)
    const found = await lockImport(transaction, actor.workspaceId, id, ['applied', 'canceled'])
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
    // The job first, as its steps do: they lock the job before the import.
    const isStopped = await cancelJob(transaction, actor.workspaceId, id)
    const found = await lockImport(transaction, actor.workspaceId, id)
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
    await lockImport(transaction, actor.workspaceId, id, ['mapping', 'checked'])
    await orderRemoval(transaction, actor, id)
  })
}

/** Refuses a further import while a workspace has as many under way as it may. */
async function refuseTooMany(transaction: Transaction, workspaceId: string): Promise<void> {
  // Held, so that two who begin one at once are counted one after the other.
  await transaction
    .select({ workspaceId: workspaces.workspaceId })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId))
    .for('no key update')
  const areUnderWay = and(eq(imports.workspaceId, workspaceId), inArray(imports.state, [...statesUnderWay]))
  if ((await transaction.$count(imports, areUnderWay)) < mostUnderWay) return
  throw new Refusal({
    kind: 'too_many',
    type: 'too_many_imports',
    message: `${mostUnderWay} imports of this workspace are under way already. Wait until one of them is done, or stop one.`,
  })
}

/** Reads an import and locks it until the transaction ends, if it is in one of these states. */
async function lockImport(
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
