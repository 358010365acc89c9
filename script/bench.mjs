#!/usr/bin/env node
// Measures a cold gate beside `docker save` of the same image, in one run: the promise is 2.5 s plus twice the
// save, and 200 MB for our process. Prints both and exits 1 where the promise is not kept.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const image = process.env.SEAWORTHY_BASE_BOOKWORM ?? 'seaworthy-dev/debian:bookworm'
const clair = process.env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
const postgres = process.env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'
const rounds = Number(process.argv[2] ?? 5)

/** Seconds of wall-clock time, and the highest resident memory in MB, of a command. */
function measure(command, args) {
  const started = performance.now()
  return new Promise((resolve) => {
    // GNU time's %M is in kB; it writes to stderr after what the command wrote there.
    const child = spawn('/usr/bin/time', ['-f', '%M', command, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('close', (code) => {
      const memory = Number(errors.trim().split('\n').at(-1)) / 1000
      resolve({ seconds: (performance.now() - started) / 1000, memory, code })
    })
  })
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
const gates = []
const saves = []
execFileSync('docker', ['image', 'inspect', image, clair, postgres], { stdio: 'ignore' })
for (let round = 0; round < rounds; round++) {
  saves.push(await measure('docker', ['save', '-o', join(folder, 'image.tar'), image]))
  const tracker = join(root, '__tests__/support/feeds/tracker.json')
  const options = [
    '--tracker',
    tracker,
    '--max-data-age',
    '87600',
    '--clair-image',
    clair,
    '--postgres-image',
    postgres,
  ]
  const noFeeds = ['--cvss', 'none', '--epss', 'none', '--kev', 'none']
  const args = [
    join(root, 'dist/cli.js'),
    'scan',
    image,
    ...options,
    ...noFeeds,
    '--report-dir',
    join(folder, 'report'),
  ]
  const gate = await measure(process.execPath, args)
  if (gate.code === 2) {
    throw new Error('the gate could not judge')
  }
  gates.push(gate)
}
rmSync(folder, { recursive: true })

const save = median(saves.map(({ seconds }) => seconds))
const gate = median(gates.map(({ seconds }) => seconds))
const memory = Math.max(...gates.map((it) => it.memory))
const limit = 2.5 + 2 * save
const line = (name, value) => console.log(`${name.padEnd(34)} ${value}`)
line('docker save (median)', `${save.toFixed(2)} s`)
line('cold gate (median), clean-up included', `${gate.toFixed(2)} s = ${(gate / save).toFixed(1)} x save`)
line('limit: 2.5 s + 2 x save', `${limit.toFixed(2)} s`)
line('highest memory of our process', `${memory.toFixed(0)} MB of 200`)
const kept = gate <= limit && memory <= 200
line('promise', kept ? 'kept' : 'NOT KEPT')
process.exit(kept ? 0 : 1)
