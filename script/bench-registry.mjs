#!/usr/bin/env node
// Judges an image of 1 GB in eight layers that only a registry has, behind a proxy with 400 Mbit/s and 20 ms, next to
// pulling it into the engine first, and to an inventory by syft, in turn. Promised: at most 0.6 times the time of the
// pull and the scan after it, 200 MB of memory, and 1.1 times the compressed size on disk. Prints everything, and
// exits with 1 if a promise is broken.
// Run: node script/bench-registry.mjs [ROUNDS]; the engine should have "max-concurrent-downloads": 4
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '../__tests__/support/free-port.ts'
import { measure, median, memoryOf, secondsOf } from './lib/measure.mjs'
import { sampleScan } from './lib/sample-gate.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { SEAWORTHY_BASE_BOOKWORM: base, SEAWORTHY_REGISTRY: registry, SEAWORTHY_SYFT: syft } = process.env
const rounds = Number(process.argv[2] ?? 3)
const [MEGABITS, ROUND_TRIP_MS] = [400, 20]
const LAYERS = 8
/** Of the files that a layer copies. */
const LAYER_BYTES = 120e6

const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
const ends = []
const docker = (...args) =>
  execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      yield* filesIn(path)
    } else if (entry.isFile()) {
      yield path
    }
  }
}

/** Files of this machine, about as compressible as programs and libraries are, as the layers' contexts. */
function contexts(context) {
  let [layer, bytes] = [1, 0]
  for (const name of filesIn('/usr')) {
    const { size } = statSync(name)
    if (size > LAYER_BYTES / 2) {
      continue
    }
    const to = join(context, `layer-${layer}`, name)
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(name, to)
    bytes += size
    if (bytes > LAYER_BYTES) {
      ;[layer, bytes] = [layer + 1, 0]
    }
    if (layer === LAYERS) {
      return
    }
  }
  throw new Error('this machine has too few files under /usr')
}

/** The image's first layer is the base's files, so that the engine has none of its layers. */
function build(tag) {
  const context = join(folder, 'context')
  mkdirSync(context)
  const made = docker('create', base, 'true').trim()
  docker('export', '-o', join(context, 'base.tar'), made)
  docker('rm', made)
  contexts(context)
  writeFileSync(join(context, 'layer-1', 'of-this-run'), `${process.pid} ${Date.now()}`)
  const copies = Array.from({ length: LAYERS - 1 }, (_, at) => `COPY layer-${at + 1} /srv/${at + 1}`)
  const lines = ['FROM scratch', 'ADD base.tar /', ...copies, 'USER nobody', 'CMD ["true"]']
  writeFileSync(join(context, 'Dockerfile'), lines.join('\n'))
  execFileSync('docker', ['build', '-q', '-t', tag, context], {
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  rmSync(context, { recursive: true })
}

async function startRegistry() {
  const port = await freePort()
  const config = join(folder, 'registry.yml')
  const storage = join(folder, 'registry')
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${storage}}}\nhttp: {addr: 127.0.0.1:${port}}\n`,
  )
  const child = spawn(registry, ['serve', config], { stdio: 'ignore' })
  ends.push(() => child.kill())
  await new Promise((resolve) => setTimeout(resolve, 1000))
  return port
}

/** @returns the proxy's port, and what asks it for the bytes that it has passed so far */
async function startProxy(target) {
  const script = join(root, 'script/lib/slow-proxy.mjs')
  const child = spawn(process.execPath, [script, target, MEGABITS, ROUND_TRIP_MS].map(String))
  ends.push(() => child.kill())
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => Number((await lines.next()).value)
  const port = await next()
  const passed = () => {
    child.stdin.write('\n')
    return next()
  }
  return { port, passed }
}

const sizeOf = (path) => {
  try {
    return Number(
      execFileSync('du', ['-sb', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
        '\t',
      )[0],
    )
  } catch {
    return 0
  }
}

/** What a command takes, with the bytes that it downloads, and the most that it has on disk. */
async function run(proxy, command, args) {
  const own = mkdtempSync(join(folder, 'run-'))
  const before = await proxy.passed()
  let disk = 0
  const timer = setInterval(() => {
    disk = Math.max(disk, sizeOf(own))
  }, 250)
  const ran = await measure('env', [`TMPDIR=${own}`, command, ...args(own)])
  clearInterval(timer)
  if (ran.code > 1) {
    throw new Error(`${command} could not answer: ${ran.errors}`)
  }
  rmSync(own, { recursive: true, force: true })
  return { ...ran, disk, bytes: (await proxy.passed()) - before }
}

/** Indexes of Debian's archive are kept between runs. */
const gate = (own, image) => [
  ...sampleScan(own, [image]),
  ...['--osv', 'none', '--cache-dir', join(folder, 'cache')],
]

const mean = (runs, key) => median(runs.map((one) => one[key]))
const columns = (values) =>
  values.map((value, at) => String(value)[at === 0 ? 'padEnd' : 'padStart'](at === 0 ? 24 : 11)).join('')

try {
  const target = await startRegistry()
  const pushed = `127.0.0.1:${target}/bench:1`
  build(pushed)
  docker('push', pushed)
  docker('rmi', '-f', pushed)
  const proxy = await startProxy(target)
  const name = `127.0.0.1:${proxy.port}/bench:1`
  const compressed = sizeOf(join(folder, 'registry/docker/registry/v2/blobs'))
  const runs = {
    'registry:': [],
    pull: [],
    'scan after it': [],
    'docker save': [],
    'inventory alone': [],
    'syft registry:': [],
  }
  // Once beforehand, for the indexes.
  await run(proxy, process.execPath, (own) => gate(own, `registry:${name}`))
  for (let round = 0; round < rounds; round++) {
    runs['registry:'].push(await run(proxy, process.execPath, (own) => gate(own, `registry:${name}`)))
    runs.pull.push(await run(proxy, 'docker', () => ['pull', '-q', name]))
    runs['scan after it'].push(await run(proxy, process.execPath, (own) => gate(own, name)))
    runs['docker save'].push(
      await run(proxy, 'docker', (own) => ['save', '-o', join(own, 'image.tar'), name]),
    )
    docker('rmi', '-f', name)
    runs['inventory alone'].push(
      await run(proxy, process.execPath, (own) => [
        ...gate(own, `registry:${name}`),
        '--checks',
        'security-updates',
      ]),
    )
    runs['syft registry:'].push(
      await run(proxy, 'env', (own) => [
        ...['SYFT_REGISTRY_INSECURE_USE_HTTP=true', 'SYFT_CHECK_FOR_APP_UPDATE=false', 'SYFT_PARALLELISM=4'],
        ...[syft, `registry:${name}`, '-q', '-o', `syft-json=${join(own, 'syft.json')}`],
      ]),
    )
  }
  console.log(
    `${LAYERS} layers, ${(compressed / 1e6).toFixed(0)} MB compressed; ${MEGABITS} Mbit/s, ${ROUND_TRIP_MS} ms; ${rounds} rounds (medians)`,
  )
  console.log(columns(['', 'seconds', 'CPU s', 'MB memory', 'MB loaded', 'MB on disk', 'exit']))
  for (const [title, all] of Object.entries(runs)) {
    const megabytes = (key) => (mean(all, key) / 1e6).toFixed(0)
    console.log(
      columns([
        title,
        secondsOf(all).toFixed(1),
        mean(all, 'cpu').toFixed(1),
        memoryOf(all).toFixed(0),
        megabytes('bytes'),
        megabytes('disk'),
        all[0].code,
      ]),
    )
  }
  const whole = secondsOf(runs['registry:'])
  const twoSteps = secondsOf(runs.pull) + secondsOf(runs['scan after it'])
  const ratios = [
    ['time / pull and scan', whole / twoSteps, 0.6],
    [
      'scan in the engine / docker save',
      secondsOf(runs['scan after it']) / secondsOf(runs['docker save']),
      1.25,
    ],
    ['memory / 200 MB', memoryOf(runs['registry:']) / 200, 1],
    ['disk / compressed size', Math.max(...runs['registry:'].map(({ disk }) => disk)) / compressed, 1.1],
  ]
  for (const [title, ratio, limit] of ratios) {
    console.log(`${title.padEnd(34)} ${ratio.toFixed(2)} of ${limit}`)
  }
  console.log(`load average                       ${loadavg()[0].toFixed(2)}`)
  process.exitCode = ratios.every(([, ratio, limit]) => ratio <= limit) ? 0 : 1
} finally {
  for (const end of ends) {
    end()
  }
  rmSync(folder, { recursive: true, force: true })
}
