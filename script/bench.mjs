#!/usr/bin/env node
// Measures a cold gate next to `docker save` of the same image, and a gate over twenty images on one base next to the
// gate over one of them, all in one run. The promise is 2.5 s plus twice the save, and 200 MB for our process; for
// the twenty images three times the time of the one, and 300 MB. Prints everything and exits with 1 if a promise is
// broken. Run: npm run bench [-- ROUNDS]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildMany, removeMany } from './lib/many-images.mjs'
import { measure, memoryOf, secondsOf } from './lib/measure.mjs'
import { SERVICE_IMAGES, sampleScan } from './lib/sample-gate.mjs'

const image = process.env.SEAWORTHY_BASE_BOOKWORM ?? 'seaworthy-dev/debian:bookworm'
const rounds = Number(process.argv[2] ?? 5)
const COUNT = 20

async function gate(folder, images) {
  const ran = await measure(process.execPath, sampleScan(folder, images))
  if (ran.code === 2) {
    throw new Error('the gate could not judge')
  }
  return ran
}

const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
const [gates, saves, ones, twenties] = [[], [], [], []]
execFileSync('docker', ['image', 'inspect', image, ...SERVICE_IMAGES], { stdio: 'ignore' })
const many = buildMany(`seaworthy-bench/many-${process.pid}`, COUNT, image)
try {
  for (let round = 0; round < rounds; round++) {
    saves.push(await measure('docker', ['save', '-o', join(folder, 'image.tar'), image]))
    gates.push(await gate(folder, [image]))
    // Alternately, so that other load on the machine affects both.
    ones.push(await gate(folder, many.slice(0, 1)))
    twenties.push(await gate(folder, many))
  }
} finally {
  removeMany(many)
  rmSync(folder, { recursive: true })
}

const [save, cold, one, twenty] = [saves, gates, ones, twenties].map(secondsOf)
const limit = 2.5 + 2 * save
const line = (name, value) => console.log(`${name.padEnd(34)} ${value}`)
line('docker save (median)', `${save.toFixed(2)} s`)
line('cold gate (median), clean-up included', `${cold.toFixed(2)} s = ${(cold / save).toFixed(1)} x save`)
line('limit: 2.5 s + 2 x save', `${limit.toFixed(2)} s`)
line('highest memory of our process', `${memoryOf(gates).toFixed(0)} MB of 200`)
line('one image on this base (median)', `${one.toFixed(2)} s`)
line(
  `${COUNT} images on it, one run (median)`,
  `${twenty.toFixed(2)} s = ${(twenty / one).toFixed(1)} x one, of 3 x`,
)
line(`highest memory with the ${COUNT}`, `${memoryOf(twenties).toFixed(0)} MB of 300`)
line('load of the machine at the end', loadavg()[0].toFixed(1))
const isKept = cold <= limit && memoryOf(gates) <= 200
const isKeptByMany = twenty <= 3 * one && memoryOf(twenties) <= 300
line('promise', isKept ? 'kept' : 'NOT KEPT')
line(`promise for ${COUNT} images`, isKeptByMany ? 'kept' : 'NOT KEPT')
process.exit(isKept && isKeptByMany ? 0 : 1)
