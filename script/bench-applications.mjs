#!/usr/bin/env node
// What reading and judging application packages costs: runs, alternately, a gate that does it and one that does not
// read them at all, on two images: one with nothing but Debian packages, one with 2,000 npm packages and 200 jars. It
// may cost at most 0.5 s and 1.5 s more, and our process may take 200 MB and 250 MB. Prints everything, and exits
// with 1 if a limit is exceeded.
// Both gates are built from src here. The one without still keeps dpkg's lists until the layers are read.
// Run: node script/bench-applications.mjs [ROUNDS]
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { cpuOf, measure, memoryOf, secondsOf } from './lib/measure.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const base = process.env.SEAWORTHY_BASE_BOOKWORM ?? 'seaworthy-dev/debian:bookworm'
const clair = process.env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
const postgres = process.env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'
const rounds = Number(process.argv[2] ?? 5)
const ECOSYSTEMS = ['PyPI', 'Maven', 'RubyGems', 'Go', 'npm', 'Packagist', 'crates.io']
/** Python, Ruby, Node.js, PHP, Java and Go from Debian. */
const OF_DEBIAN =
  'python3-requests python3-django python3-jinja2 python3-cryptography ruby-rack ruby-nokogiri rake npm node-lodash ' +
  'liblog4j2-java libguava-java libspring-web-java libjackson2-databind-java runc php-twig php-symfony-http-kernel'

const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
/** Images that are removed at the end. */
const imageTags = []

/** dist/cli.js as src makes it, once as it is and once with nothing that reads applications. */
async function bundle(name, plugins) {
  const outdir = join(folder, name)
  await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/start/cli.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
    plugins,
  })
  return join(outdir, 'cli.mjs')
}

const NOTHING = {
  'scan.ts':
    'export const createApplicationScan = () => ({ entry: () => null, program: () => null, content() {}, forget() {}, wanted: () => ({ extents: [], links: new Map() }), finish: () => ({ files: new Map(), extents: new Map(), symlinks: new Map(), cut: null, cutAt: null }) })',
  'owners.ts': 'export const withOwners = (layers) => layers',
}
const replaced = new Set()
const withoutApplications = {
  name: 'without-applications',
  setup({ onLoad }) {
    onLoad({ filter: /io\/archive\/layer\/application\/(?:scan|owners)\.ts$/ }, ({ path }) => {
      const name = basename(path)
      replaced.add(name)
      return { contents: NOTHING[name], loader: 'js' }
    })
  },
}

function image(name, context, lines) {
  const tag = `seaworthy-bench/applications-${name}-${process.pid}:1`
  mkdirSync(context, { recursive: true })
  writeFileSync(join(context, 'Dockerfile'), [`FROM ${base}`, ...lines, ''].join('\n'))
  execFileSync('docker', ['build', '-q', '-t', tag, context], { stdio: ['ignore', 'ignore', 'inherit'] })
  imageTags.push(tag)
  rmSync(context, { recursive: true })
  return tag
}

function write(path, body) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, body)
}

/** 2,000 packages of npm with twenty files each, and 200 jars of 800 classes and 1.6 MB. */
function fillLarge(context, zipOf) {
  const text = 'module.exports = function answer () { return 42 }\n'.repeat(60)
  for (let at = 0; at < 2000; at++) {
    const home = join(context, 'app/node_modules', at < 3 ? ['lodash', 'express', 'qs'][at] : `package-${at}`)
    const about = {
      name: home.split('/').at(-1),
      version: '4.17.1',
      license: 'MIT',
      files: Array(40).fill('lib'),
    }
    write(join(home, 'package.json'), JSON.stringify(about, null, 2))
    for (let file = 0; file < 20; file++) {
      write(join(home, `lib/file-${file}.js`), text)
    }
  }
  const classes = Array.from({ length: 800 }, (_, at) => ({
    name: `com/example/Class${at}.class`,
    text: randomBytes(1000).toString('hex'),
  }))
  for (let at = 0; at < 200; at++) {
    const pom = {
      name: `META-INF/maven/com.example/library-${at}/pom.properties`,
      text: `groupId=com.example\nartifactId=library-${at}\nversion=1.${at}\n`,
    }
    const manifest = { name: 'META-INF/MANIFEST.MF', text: 'Manifest-Version: 1.0\r\n\r\n' }
    write(join(context, `lib/library-${at}-1.${at}.jar`), zipOf([manifest, pom, ...classes]))
  }
}

async function gate(cli, tag, flags) {
  const tracker = join(root, '__tests__/support/feeds/tracker.json')
  const services = ['--clair-image', clair, '--postgres-image', postgres, '--tracker', tracker]
  const feeds = ['--cvss', 'none', '--epss', 'none', '--kev', 'none']
  const places = ['--report-dir', join(folder, 'report'), '--cache-dir', join(folder, 'cache')]
  const args = ['scan', tag, '--checks', 'clair', ...services, ...feeds, ...places, ...flags]
  const ran = await measure(process.execPath, [cli, ...args])
  if (ran.code === 2) {
    throw new Error(`the gate could not judge: ${ran.errors}`)
  }
  return ran
}

const line = (name, value) => console.log(`${name.padEnd(46)} ${value}`)
let isKept = true

/** @param most limits: the additional seconds, and the memory in MB */
function lineOf(name, { without, own }, most) {
  const more = secondsOf(own) - secondsOf(without)
  const memory = memoryOf(own)
  line(
    `${name}: without (median)`,
    `${secondsOf(without).toFixed(2)} s, ${cpuOf(without).toFixed(2)} s of processor`,
  )
  line(`${name}: with (median)`, `${secondsOf(own).toFixed(2)} s, ${cpuOf(own).toFixed(2)} s of processor`)
  line(`${name}: more`, `${more.toFixed(2)} s of ${most.seconds}`)
  line(
    `${name}: highest memory`,
    `${memory.toFixed(0)} MB of ${most.memory}; without ${memoryOf(without).toFixed(0)} MB`,
  )
  isKept &&= more <= most.seconds && memory <= most.memory
}

try {
  const zipModule = join(folder, 'zip.mjs')
  await build({
    entryPoints: [join(root, 'src/io/archive/formats/zip-writer.ts')],
    outfile: zipModule,
    bundle: true,
    platform: 'node',
    format: 'esm',
  })
  const { zipOf } = await import(pathToFileURL(zipModule).href)
  for (const ecosystem of ECOSYSTEMS) {
    const records = JSON.parse(readFileSync(join(root, `__tests__/support/osv/${ecosystem}.json`), 'utf8'))
    const members = records.map((one, at) => {
      const modified = one.modified.startsWith('0001-') ? '2026-08-21T00:00:00Z' : one.modified
      return { name: `${at}.json`, text: JSON.stringify({ ...one, modified }) }
    })
    write(join(folder, 'osv', ecosystem, 'all.zip'), zipOf(members))
  }
  const [withAll, withNothing] = [await bundle('with', []), await bundle('without', [withoutApplications])]
  if (replaced.size < Object.keys(NOTHING).length) {
    throw new Error('a file that reads applications has another path now: both gates would be the same')
  }
  write(join(folder, 'own/gate.yml'), 'version: 1\nmax-data-age: 87600\n')
  write(join(folder, 'off/gate.yml'), 'version: 1\nmax-data-age: 87600\napplication: off\n')
  const flags = {
    own: ['--osv', join(folder, 'osv'), '--policies', join(folder, 'own')],
    without: ['--policies', join(folder, 'off')],
  }

  const install = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${OF_DEBIAN} && rm -rf /var/lib/apt/lists/*`
  const debian = image('debian', join(folder, 'debian'), [`RUN ${install}`])
  const counted = ['run', '--rm', '--network', 'none', debian, 'dpkg-query', '-f', '.', '-W']
  const count = execFileSync('docker', counted, { encoding: 'utf8' }).length
  const context = join(folder, 'large')
  fillLarge(context, zipOf)
  const large = image('large', context, ['COPY app /srv/app', 'COPY lib /opt/lib'])

  const runs = { debian: { own: [], without: [] }, large: { own: [], without: [] } }
  for (let round = 0; round < rounds; round++) {
    for (const [name, tag] of Object.entries({ debian, large })) {
      // Alternately, so that other load on the machine affects both.
      runs[name].without.push(await gate(withNothing, tag, flags.without))
      runs[name].own.push(await gate(withAll, tag, flags.own))
      const found = JSON.parse(readFileSync(join(folder, 'report/report.json'), 'utf8')).images[0]
        .applications
      line(`  ${name}, round ${round + 1}`, found.words ?? 'no application packages')
    }
  }
  lineOf(`${count} packages of Debian`, runs.debian, { seconds: 0.5, memory: 200 })
  lineOf('2,000 npm packages and 200 jars', runs.large, { seconds: 1.5, memory: 250 })
  line('load of the machine at the end', loadavg()[0].toFixed(1))
  line('promise', isKept ? 'kept' : 'NOT KEPT')
} finally {
  if (imageTags.length > 0) {
    execFileSync('docker', ['rmi', '-f', ...imageTags], { stdio: 'ignore' })
  }
  rmSync(folder, { recursive: true })
}
process.exit(isKept ? 0 : 1)
