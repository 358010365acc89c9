#!/usr/bin/env node
// Judges images that are larger than usual, once each: 10 GB, 200,000 files, 100 layers, 5,000 packages, 50,000
// findings. Prints what each takes; it promises nothing but an answer.
// Run: node script/bench-sizes.mjs [CASE…]; needs 25 GB of disk for the first
import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { measure } from './lib/measure.mjs'
import { SAMPLE_TRACKER, sampleScan } from './lib/sample-gate.mjs'

const { SEAWORTHY_BASE_BOOKWORM: base } = process.env
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

/** What an archive says about a package, and dpkg does not keep. */
const OF_ARCHIVE = /^(?:Filename|Size|MD5sum|SHA1|SHA256|Description-md5|Tag): .*\n?/gm

/** So many packages that need only each other and the installed ones, so that apt has nothing to mend. */
function closedSet(offered, installed, count) {
  const names = new Set(installed)
  const chosen = []
  for (let before = -1; before < chosen.length && chosen.length < count; ) {
    before = chosen.length
    for (const [name, stanza] of offered) {
      const needs = /^(?:Pre-)?Depends: (.+)$/gm
      const groups = [...stanza.matchAll(needs)].flatMap(([, list]) => list.split(', '))
      const isMet = groups.every((group) =>
        group.split(' | ').some((one) => names.has(one.split(/[ :(]/)[0])),
      )
      if (chosen.length < count && !names.has(name) && isMet && !/^(?:Conflicts|Breaks): /m.test(stanza)) {
        names.add(name)
        chosen.push([name, stanza])
      }
    }
  }
  return chosen
}

/** A layer that installs packages as this machine's apt knows them, with dpkg's lists, and a file of each. */
function packagesOf(count) {
  const installed = run('tar', '-xOf', join(folder, 'base.tar'), 'var/lib/dpkg/status')
  const nameOf = (stanza) => /^Package: (.+)$/m.exec(stanza)?.[1]
  const known = new Set(installed.split('\n\n').map(nameOf))
  const all = run('apt-cache', 'dumpavail').split('\n\n')
  const offered = [...new Map(all.map((stanza) => [nameOf(stanza), stanza]))].filter(([name]) => name)
  const added = closedSet(offered, known, count).map(([name, stanza]) => {
    return { name, stanza: stanza.replace(OF_ARCHIVE, '').trimEnd() }
  })
  const stanzas = added.map(({ stanza }) =>
    stanza.replace(/^(Package: .+)$/m, '$1\nStatus: install ok installed'),
  )
  const files = added.flatMap(({ name, stanza }) => {
    const text = `${name} is free\n`
    const doc = `usr/share/doc/${name}/copyright`
    const suffix = /^Multi-Arch: same$/m.test(stanza) ? ':amd64' : ''
    return [
      [doc, text],
      [
        `var/lib/dpkg/info/${name}${suffix}.list`,
        `/.\n/usr\n/usr/share\n/usr/share/doc\n/${dirname(doc)}\n/${doc}\n`,
      ],
      [`var/lib/dpkg/info/${name}${suffix}.md5sums`, `${hash('md5', text)}  ${doc}\n`],
    ]
  })
  const status = `${installed.trimEnd()}\n\n${stanzas.join('\n\n')}\n\n`
  const layer = layerOf('packages', Object.fromEntries([...files, ['var/lib/dpkg/status', status]]))
  const sources = added.map(({ name, stanza }) => /^Source: ([^\s(]+)/m.exec(stanza)?.[1] ?? name)
  return { layer, sources: [...new Set(sources)] }
}

/** The sample tracker, with so many open CVEs more for these packages. */
function trackerWith(sources, count) {
  const tracker = JSON.parse(readFileSync(SAMPLE_TRACKER, 'utf8'))
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

async function judge(title, layers, tracker = SAMPLE_TRACKER) {
  const image = archiveOf(layers)
  const before = loadavg()[0]
  const more = ['--osv', 'none', '--cache-dir', join(folder, 'cache')]
  const scan = [...sampleScan(folder, [image], tracker), ...more]
  const ran = await measure('env', [`TMPDIR=${folder}`, process.execPath, ...scan])
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
    return judge('5,000 packages', [baseLayer(), packagesOf(5000).layer])
  },
  findings() {
    const base = baseLayer()
    const { layer, sources } = packagesOf(5000)
    return judge('50,000 findings', [base, layer], trackerWith(sources, 50_000))
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
