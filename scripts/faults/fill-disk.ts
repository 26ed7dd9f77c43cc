import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startPostgresServer } from '../processes/postgres-server'
import { createEmbeddedTarget, fillPostgresDatabase } from '../processes/target'
import { postgresOwner } from '../temporary-postgres.mjs'
import type { Load } from './load'
import { runWithLoad } from './run-with-load'
import { type Outcome, unavailable } from './scenario'
import { mountSmallDisk, NoSmallDisk, type SmallDisk } from './small-disk'

const fullMilliseconds = 4000

/** The disk of the tablespace is full for a while. */
export function fillPostgresDisk(): Promise<Outcome> {
  return withSmallDisk('postgres', 120, async (disk) => {
    const server = await startPostgresServer()
    try {
      const location = join(disk.folder, 'tablespace')
      mkdirSync(location)
      const owner = postgresOwner()
      if (owner) chownSync(location, owner.uid, owner.gid)
      await execute(server.url, `create tablespace small location '${location}'`)
      await execute(server.url, 'create database small tablespace small')
      const target = await fillPostgresDatabase(server.url.replace(/postgres$/, 'small'))
      return await runWithLoad(target, {
        fault: 'the tablespace’s disk is full',
        prefix: 'disk-postgres',
        allowed: [unavailable],
        during: (load) => whileFull(disk, load),
      })
    } finally {
      await server.remove()
    }
  })
}

/** The disk of the embedded database is full for a while. */
export function fillEmbeddedDisk(): Promise<Outcome> {
  return withSmallDisk('embedded', 250, async (disk) => {
    const target = await createEmbeddedTarget(disk.folder)
    return runWithLoad(target, {
      fault: 'the data folder’s disk is full',
      prefix: 'disk-embedded',
      allowed: [unavailable],
      during: (load) => whileFull(disk, load),
    })
  })
}

async function whileFull(disk: SmallDisk, load: Load) {
  await load.reach(300)
  disk.fill()
  await load.refuse(unavailable)
  await sleep(fullMilliseconds)
  disk.makeRoom()
  await load.reach(load.ledger.acknowledged + 300)
  return { notes: [`full for ${fullMilliseconds / 1000} s`] }
}

async function withSmallDisk(
  database: Outcome['database'],
  megabytes: number,
  run: (disk: SmallDisk) => Promise<Outcome>,
): Promise<Outcome> {
  let disk: SmallDisk
  try {
    disk = mountSmallDisk(megabytes)
  } catch (error) {
    if (!(error instanceof NoSmallDisk)) throw error
    const nothing = { acknowledged: 0, found: 0, problems: [] }
    return { fault: 'a full disk', database, ...nothing, notes: [`NOT TRIED: ${error.message}`] }
  }
  try {
    return await run(disk)
  } finally {
    disk.remove()
  }
}

async function execute(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
