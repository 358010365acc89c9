#!/usr/bin/env node
// Judges images that are larger than usual, once each: 10 GB, 200,000 files, 100 layers, 5,000 packages, 50,000
// findings. Prints what each takes; it promises nothing but an answer.
// Run: node script/bench-sizes.mjs [CASE…]; needs 25 GB of disk for the first
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './lib/measure.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { SEAWORTHY_BASE_BOOKWORM: base } = process.env
const { SEAWORTHY_CLAIR_IMAGE: clair, SEAWORTHY_POSTGRES_IMAGE: postgres } = process.env
const folder = mkdtempSync(join(tmpdir(), 'sw-sizes-'))
const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 })

/** A layer's tar with these files, which are then removed. */
function layerOf(name, files) {
  const content = join(folder, name)
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(join(content, path, '..'), { recursive: true })
    writeFileSync(join(content, path), body)
  }
  run('tar', '-C', content, '--owner=0', '--group=0', '-cf', `${content}.tar`, '.')
  rmSync(content, { recursive: true })
  return `${name}.tar`
}

function baseLayer() {
  const made = run('docker', 'create', base, 'true').trim()
  run('docker', 'export', '-o', join(folder, 'base.tar'), made)
  run('docker', 'rm', made)
  return 'base.tar'
}

function randomLayers(count, bytes) {
  return Array.from({ length: count }, (_, at) => {
    const content = join(folder, `data-${at}`)
    mkdirSync(content)
    run('sh', '-c', `head -c ${bytes} /dev/urandom > ${content}/data`)
    run('tar', '-C', content, '-cf', `${content}.tar`, '.')
    rmSync(content, { recursive: true })
    return `data-${at}.tar`
  })
}

function manyFiles(count) {
  const names = Array.from({ length: count }, (_, at) => [`srv/${at % 500}/${at}.txt`, `file ${at}\n`])
  return layerOf('files', Object.fromEntries(names))
}

/** Packages of Debian as this machine's apt knows them, as installed. */
function packagesOf(count) {
  const all = run('apt-cache', 'dumpavail').split('\n\n')
  const wanted = ['Package', 'Source', 'Version', 'Architecture', 'Maintainer']
  const stanzas = all.slice(0, count).map((stanza) => {
    const fields = stanza.split('\n').filter((line) => wanted.includes(line.split(':')[0]))
    return [...fields, 'Status: install ok installed', 'Description: a package', ''].join('\n')
  })
  const names = stanzas.map((one) => /^Source: ([^\s(]+)/m.exec(one)?.[1] ?? /^Package: (.+)$/m.exec(one)[1])
  return { status: `${stanzas.join('\n')}\n`, sources: [...new Set(names)] }
}

/** The sample tracker, with so many open CVEs more for these packages. */
function trackerWith(sources, count) {
  const tracker = JSON.parse(readFileSync(join(root, '__tests__/support/feeds/tracker.json'), 'utf8'))
  for (let at = 0; at < count; at++) {
    const source = sources[at % sources.length]
    tracker[source] ??= {}
    tracker[source][`CVE-2025-${100_000 + at}`] = {
      description: 'a made-up one',
      scope: 'local',
      releases: {
        bookworm: { status: 'open', repositories: { bookworm: '1' }, urgency: 'not yet assigned' },
      },
    }
  }
  writeFileSync(join(folder, 'tracker.json'), JSON.stringify(tracker))
  return join(folder, 'tracker.json')
}

/** A docker-archive of these layers (docker save's format), which are then removed. */
function archiveOf(layers) {
  const digests = layers.map((name) => `sha256:${run('sha256sum', join(folder, name)).split(' ')[0]}`)
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['true'], User: 'nobody' },
    rootfs: { type: 'layers', diff_ids: digests },
    history: layers.map((name) => ({ created_by: `COPY ${name} / # buildkit` })),
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const manifest = [{ Config: 'config.json', RepoTags: ['sizes:1'], Layers: layers }]
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  run('tar', '-C', folder, '-cf', join(folder, 'image.tar'), ...layers, 'config.json', 'manifest.json')
  for (const name of layers) {
    rmSync(join(folder, name))
  }
  return join(folder, 'image.tar')
}

async function judge(title, layers, tracker = join(root, '__tests__/support/feeds/tracker.json')) {
  const image = archiveOf(layers)
  const policies = join(folder, 'policies')
  mkdirSync(policies, { recursive: true })
  writeFileSync(join(policies, 'gate.yml'), 'version: 1\nmax-data-age: 87600\n')
  const data = ['--tracker', tracker, '--policies', policies, '--cache-dir', join(folder, 'cache')]
  const services = ['--clair-image', clair, '--postgres-image', postgres]
  const noFeeds = ['--cvss', 'none', '--epss', 'none', '--kev', 'none', '--osv', 'none']
  const report = ['--report-dir', join(folder, 'report')]
  const before = loadavg()[0]
  const ran = await measure('env', [
    ...[`TMPDIR=${folder}`, process.execPath, join(root, 'dist/cli.js'), 'scan', image],
    ...[...data, ...services, ...noFeeds, ...report],
  ])
  const { images, unanswered } = JSON.parse(readFileSync(join(folder, 'report/report.json'), 'utf8'))
  const findings = images.reduce((sum, one) => sum + one.findings.length, 0)
  const problems = unanswered.map(({ check, problem }) => `${check}: ${problem.code}`)
  console.log(
    `${title.padEnd(18)} ${ran.seconds.toFixed(1).padStart(7)} s ${ran.cpu.toFixed(1).padStart(7)} s CPU ${ran.memory.toFixed(0).padStart(6)} MB, ${findings} findings, exit ${ran.code} ${problems.join(', ')} (load ${before.toFixed(1)})`,
  )
  rmSync(image)
}

const CASES = {
  base: () => judge('base', [baseLayer()]),
  bytes: () => judge('10 GB', [baseLayer(), ...randomLayers(8, 1_250_000_000)]),
  files: () => judge('200,000 files', [baseLayer(), manyFiles(200_000)]),
  layers() {
    const small = Array.from({ length: 99 }, (_, at) => layerOf(`small-${at}`, { [`srv/${at}`]: `${at}` }))
    return judge('100 layers', [baseLayer(), ...small])
  },
  packages() {
    const { status } = packagesOf(5000)
    return judge('5,000 packages', [baseLayer(), layerOf('packages', { 'var/lib/dpkg/status': status })])
  },
  findings() {
    const { status, sources } = packagesOf(5000)
    const layers = [baseLayer(), layerOf('packages', { 'var/lib/dpkg/status': status })]
    return judge('50,000 findings', layers, trackerWith(sources, 50_000))
  },
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(CASES)
try {
  for (const name of chosen) {
    await CASES[name]()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
