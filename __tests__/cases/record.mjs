// Records the evidence of golden cases with a real Clair: node __tests__/cases/record.mjs [STORY…]
// Needs a Docker engine, the images that script/setup has made (.cache/env) and an up-to-date dist. Then run
// `npm run golden` and read what has changed. Policies are written by hand and stay.
//
// Packages and versions are those of Debian. Rows of the tracker are those of __tests__/support/feeds unless a
// story has rows of its own: CVE-2026-200xx are made up, the others are Debian's as of DSA-5477 and DSA-5650.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { aMetric, CISA_ADP, CNA, epssText, kevText, nvdText, V40 } from '../support/feed-texts.ts'
import { makeZip } from '../support/zip.ts'

const HERE = import.meta.dirname
const ROOT = join(HERE, '../..')
const { env } = process
const CLAIR = env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
const POSTGRES = env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'
const BULLSEYE = env.SEAWORTHY_BASE_BULLSEYE ?? 'seaworthy-dev/debian:bullseye'
const BOOKWORM = env.SEAWORTHY_BASE_BOOKWORM ?? 'seaworthy-dev/debian:bookworm'
const TRIXIE = env.SEAWORTHY_BASE_TRIXIE ?? 'seaworthy-dev/debian:trixie'
/** The archive is Debian's as it was on the day of the recording. */
const BOTH = 'security-updates,clair'
const ALL = 'security-updates,clair,docker-bench'
const APP = 'registry.example/acme/app:1.4.0'
const WORKER = 'registry.example/acme/worker:1.4.0'
/** Debian's package docker-registry, as `script/setup registry` brings it, on a port that the evidence names. */
const REGISTRY_PROGRAM = env.SEAWORTHY_REGISTRY ?? '/usr/bin/docker-registry'
const REGISTRY = '127.0.0.1:5999'
const BASE = `${REGISTRY}/acme/base:12`
/** Where feeds are served that a story exports. */
const FEEDS = '127.0.0.1:5998'
const CLI = join(ROOT, 'dist/cli.js')
/** What an image is built on that has more than a list of packages. */
const ROOT_IMAGE = 'registry.example/acme/root:1'
const BROKEN_CLAIR = 'registry.example/broken-clair:1'

/** name, version, what stands in the field Source if any, and a Maintainer that is not Debian. */
const OLD_APT = [
  ['apt', '2.6.1'],
  ['libapt-pkg6.0', '2.6.1', 'apt'],
]
const APT = OLD_APT.map(([name, _, ...source]) => [name, '2.6.2', ...source])
const COREUTILS = [['coreutils', '9.1-1']]
const ZLIB = [['zlib1g', '1:1.2.13.dfsg-1', 'zlib']]
const NEW_PERL = ['perl-base', '5.36.0-7+deb12u4', 'perl']
const OLD_BASE = [['libpcre2-8-0', '10.42-1', 'pcre2'], ['perl-base', '5.36.0-7+deb12u3', 'perl'], ...ZLIB]
/** Of expat only CVE-2024-28757 (unimportant) is asked for: the other rows are left out. */
const EXPAT = [['libexpat1', '2.5.0-1+deb12u2', 'expat']]

/** An image as many are: a token, a setuid file of its own, ADD, an update that installs nothing, root. */
const CARELESS = `FROM ${BOOKWORM}
ENV API_TOKEN=ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
RUN apt-get update || true
ADD note /usr/share/doc/note
RUN install -m 4755 /bin/true /usr/local/bin/su-exec
EXPOSE 22
CMD ["sleep", "60"]
`
const CAREFUL = `FROM ${TRIXIE}
RUN useradd --uid 10001 --no-create-home app
USER 10001
HEALTHCHECK CMD ["true"]
CMD ["sleep", "60"]
`
/** A label that is wrong about the release. */
const MISLABELLED = `FROM ${env.SEAWORTHY_SMALL_TRIXIE ?? 'seaworthy-dev/debian-small:trixie'}
LABEL org.opencontainers.image.base.name=debian:bookworm-slim
USER 10001
HEALTHCHECK CMD ["true"]
CMD ["sleep", "60"]
`
/** The service that is chosen runs something else than the image. */
const OTHER_SERVICE = `services:
  app:
    image: ${APP}
    privileged: true
  db:
    image: postgres:17
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges]
    mem_limit: 64m
    cpu_shares: 512
    pids_limit: 64
    restart: on-failure:5
    ports: ["127.0.0.1:8080:8080"]
    healthcheck: {test: "true"}
`
const RISKY = [
  ...['--privileged', '--pid host', '--network host', '--cap-add SYS_ADMIN', '--restart always'],
  ...['-v /var/run/docker.sock:/var/run/docker.sock', '-v /etc:/etc', '-p 80:8080'],
].join(' ')
const HARDENED = [
  ...[
    '--read-only',
    '--cap-drop ALL',
    '--security-opt no-new-privileges',
    '--memory 64m',
    '--cpu-shares 512',
  ],
  ...['--pids-limit 64', '--restart on-failure:5', '-p 127.0.0.1:8080:8080', '--health-cmd true'],
].join(' ')
/** All that is read of a program here is how it begins. */
const elf = (text) => `\x7fELF${text}`
/** Programs on each side of the account: of Debian, of an npm package, of Node.js, of nobody, and copied. */
const PROGRAMS = {
  'usr/bin/true': elf('true'),
  'var/lib/dpkg/info/coreutils.list': '/usr/bin/true\n',
  'var/lib/dpkg/info/coreutils.md5sums': `${createHash('md5').update(elf('true')).digest('hex')}  usr/bin/true\n`,
  'usr/local/bin/node': elf('node'),
  'usr/local/include/node/node_version.h': ['MAJOR 22', 'MINOR 3', 'PATCH 0']
    .map((one) => `#define NODE_${one.replace(' ', '_VERSION ')}\n`)
    .join(''),
  'srv/node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.21"}',
  'srv/node_modules/lodash/native.node': elf('native'),
}
const MIXED = `FROM scratch AS tools
COPY tool /tool
FROM ${ROOT_IMAGE}
COPY app start.sh /opt/app/
COPY --from=tools /tool /usr/local/bin/tool
CMD ["/opt/app/start.sh"]
`
/** What the repository of the image has: its Dockerfile, and a file that it adds. */
const builtFrom = (dockerfile) => ({ Dockerfile: dockerfile, note: 'a note\n' })

const row = (status, fixed_version, urgency, more = {}) => ({
  releases: { bookworm: { status, ...(fixed_version && { fixed_version }), urgency, ...more } },
})
/** A row for bookworm, and one for the release that the package is from: status, fixed version, urgency. */
const both = (bookworm, release, other) => {
  const { releases } = row(...other)
  return { releases: { ...row(...bookworm).releases, [release]: releases.bookworm } }
}
const resolved = (fixed, urgency = 'not yet assigned') => row('resolved', fixed, urgency)

/** CVSS of the NVD for CVEs of the sample tracker. */
const SAMPLE_NVD = readFileSync(join(ROOT, '__tests__/support/feeds/nvd.json'), 'utf8')

const STORIES = {
  'base-bookworm-main-only': { images: { [BOOKWORM]: null }, feeds: { cvss: SAMPLE_NVD } },
  'two-checks-one-update': { images: { [BOOKWORM]: null }, checks: BOTH },
  'base-bullseye': { images: { [BULLSEYE]: null }, checks: BOTH, feeds: { cvss: SAMPLE_NVD } },
  'base-trixie': { images: { [TRIXIE]: null }, checks: BOTH, feeds: { cvss: SAMPLE_NVD } },
  'fix-announced': {
    images: {
      [APP]: [
        ['perl-base', '5.36.0-7+deb12u3', 'perl'],
        ['tar', '1.34+dfsg-1.2+deb12u1'],
        ['coreutils', '9.1-1'],
      ],
    },
    // The archive has perl 5.36.0-7+deb12u4, and of tar and coreutils nothing newer.
    rows: () => ({
      perl: {
        'CVE-2026-20021': resolved('5.36.0-7+deb12u4', 'high'),
        'CVE-2026-20022': resolved('5.36.0-7+deb12u5', 'high'),
      },
      tar: { 'CVE-2026-20023': resolved('1.34+dfsg-1.2+deb12u2', 'high') },
      coreutils: { 'CVE-2026-20024': row('resolved', '9.1-1+deb12u1', 'low', { nodsa: 'Minor issue' }) },
    }),
    checks: BOTH,
  },
  'all-whitelisted': { images: { [APP]: [...OLD_APT, ...EXPAT] }, rows: onlyUnimportantExpat },
  'expired-entry': { images: { [APP]: [...OLD_APT, ...EXPAT] }, rows: onlyUnimportantExpat },
  'unused-entry': { images: { [APP]: APT } },
  'clair-did-not-answer': { images: { [APP]: OLD_APT }, clair: BROKEN_CLAIR },
  'two-images-worst-counts': { images: { [APP]: APT, [WORKER]: OLD_APT } },
  'binary-epoch-missed-and-refuted': {
    images: {
      [APP]: [
        ['bsdutils', '1:2.38.1-5+b1', 'util-linux (2.38.1-5)'],
        ['libldb2', '2:2.6.2+samba4.17.12+dfsg-0+deb12u1', 'samba (2:4.17.12+dfsg-0+deb12u1)'],
        ['samba-libs', '2:4.17.12+dfsg-0+deb12u1', 'samba'],
      ],
    },
    rows: () => ({ samba: { 'CVE-2023-34966': resolved('2:4.17.10+dfsg-0+deb12u1') } }),
  },
  'deferred-only': {
    images: { [APP]: [...APT, ...COREUTILS, ['passwd', '1:4.13+dfsg1-1+deb12u2', 'shadow']] },
  },
  'rated-severities': {
    images: { [APP]: [['libssl3', '3.0.20-1~deb12u2', 'openssl']] },
    rows: () => ({
      openssl: {
        'CVE-2026-20011': resolved('3.0.22-1~deb12u2', 'high'),
        'CVE-2026-20012': resolved('3.0.22-1~deb12u2', 'medium'),
        'CVE-2026-20013': resolved('3.0.22-1~deb12u2', 'low'),
        'CVE-2026-20014': resolved('3.0.22-1~deb12u2', 'medium'),
        'CVE-2026-20015': resolved('0', 'high'),
        'CVE-2026-20016': resolved('3.0.20-1~deb12u2', 'high'),
        'CVE-2026-20017': row('resolved', null, 'high'),
        'CVE-2026-20018': resolved('3.0.22-1~deb12u2', 'end-of-life'),
      },
    }),
  },
  'cvss-epss-kev': {
    images: { [APP]: [['libssl3', '3.0.20-1~deb12u2', 'openssl'], ...ZLIB] },
    rows: () => ({
      openssl: {
        'CVE-2026-20021': resolved('3.0.22-1~deb12u2', 'low'), // the NVD: critical
        'CVE-2026-20022': resolved('3.0.22-1~deb12u2', 'high'), // the CNA: low
        'CVE-2026-20023': resolved('3.0.22-1~deb12u2', 'low'), // EPSS above the threshold
        'CVE-2026-20024': resolved('3.0.22-1~deb12u2', 'unimportant'), // the NVD: critical
        'CVE-2026-20025': resolved('3.0.22-1~deb12u2'), // nobody
        'CVE-2026-20026': resolved('3.0.22-1~deb12u2', 'medium'), // CISA: medium
      },
      zlib: {
        'CVE-2026-20027': row('open', null, 'low', { nodsa: 'Minor issue' }), // in KEV
        'CVE-2026-20028': row('open', null, 'low', { nodsa: 'Minor issue' }),
      },
    }),
    feeds: {
      cvss: nvdText({
        'CVE-2026-20021': {
          cvssMetricV31: [aMetric()],
          cvssMetricV40: [aMetric({ source: CNA, vector: V40, score: 2 })],
        },
        'CVE-2026-20022': { cvssMetricV40: [aMetric({ source: CNA, vector: V40, score: 2 })] },
        'CVE-2026-20024': { cvssMetricV31: [aMetric()] },
        'CVE-2026-20026': { cvssMetricV31: [aMetric({ source: CISA_ADP, score: 5.5 })] },
      }),
      epss: epssText({
        'CVE-2026-20021': '0.02000,0.80000',
        'CVE-2026-20023': '0.31000,0.97000',
        'CVE-2026-20028': '0.90000,0.99000',
      }),
      kev: kevText({ 'CVE-2026-20027': '2026-11-20' }),
    },
  },
  // The days count from Debian's real changelogs to the day of the recording: after a new one, fit gate.yml and
  // __tests__/live/replay.test.ts to them.
  'act-within-audit': {
    images: {
      [APP]: [
        ...OLD_APT,
        ['libpcre2-8-0', '10.42-1', 'pcre2'],
        ['perl-base', '5.36.0-7+deb12u3', 'perl'],
        ...ZLIB,
      ],
    },
    rows: ({ perl }) => ({
      perl: Object.fromEntries(
        ['CVE-2026-8376', 'CVE-2026-48962', 'CVE-2026-57432'].map((id) => [id, perl[id]]),
      ),
    }),
    checks: BOTH,
    feeds: {
      cvss: nvdText({
        'CVE-2026-109518': { cvssMetricV31: [aMetric({ score: 7.5 })] }, // apt: due
        'CVE-2026-103111': { cvssMetricV31: [aMetric({ score: 7.8 })] }, // pcre2: was due
        'CVE-2026-8376': { cvssMetricV31: [aMetric()] }, // critical: at once
        'CVE-2026-48962': { cvssMetricV31: [aMetric({ score: 7.3 })] }, // in KEV: at once
        'CVE-2026-57432': { cvssMetricV31: [aMetric({ score: 5.5 })] },
      }),
      epss: epssText({ 'CVE-2026-48962': '0.42000,0.97000', 'CVE-2026-109518': '0.00200,0.40000' }),
      kev: kevText({ 'CVE-2026-48962': '2026-11-20' }),
    },
    flags: { 'act-within': 'high=30d,medium=45d' },
  },
  // Built on a base that a registry of this machine proves, and has pushed again since: perl-base is not as it was.
  'proven-base-and-own': {
    images: { [APP]: [...OLD_BASE, ...OLD_APT] },
    base: { was: OLD_BASE, is: OLD_BASE.map((one) => (one[0] === 'perl-base' ? NEW_PERL : one)) },
    rows: ({ perl }) => ({
      perl: Object.fromEntries(['CVE-2026-8376', 'CVE-2026-57432'].map((id) => [id, perl[id]])),
    }),
    checks: BOTH,
    feeds: {
      cvss: nvdText({
        'CVE-2026-109518': { cvssMetricV31: [aMetric({ score: 7.5 })] }, // apt: own, high
        'CVE-2026-103111': { cvssMetricV31: [aMetric({ score: 7.8 })] }, // pcre2: of the base, high
        'CVE-2026-8376': { cvssMetricV31: [aMetric()] }, // perl: of the base, critical
        'CVE-2026-57432': { cvssMetricV31: [aMetric({ score: 5.5 })] },
      }),
    },
    flags: { 'allowed-bases': `${REGISTRY}/acme/*` },
  },
  'feeds-from-second-addresses': {
    images: { [APP]: ZLIB },
    feeds: { kev: kevText({ 'CVE-2023-45853': '2026-11-20' }) },
    exported: true,
    flags: { tracker: 'down/tracker.json', kev: 'down/kev.json', data: 'exported' },
  },
  // The versions are those of the archive on the day of the recording; forky and sid are renewed each few hours.
  'of-other-origin': {
    images: {
      [APP]: [
        ['tzdata', '2026f-0+deb12u1'],
        ['linux-libc-dev', '6.1.100-1', 'linux'], // superseded
        ['libicu76', '76.1-4', 'icu'], // of trixie
        ['golang-go', '2:1.23~2~bpo12+1', 'golang-defaults'], // of bookworm-backports
        ['python3-django', '3:5.2.18-2', 'python-django'], // of sid
        ['nginx', '1.29.3-1~bookworm', undefined, 'NGINX Packaging <nginx-packaging@example.com>'],
        ['acme-tools', '1.0', undefined, 'Acme <build@example.com>'], // accepted by its entry
        ['pdns-server', '4.7.3-2', 'pdns'], // support has ended
        ['binutils-common', '2.40-2', 'binutils'], // support is limited
      ],
    },
    rows: () => ({
      'python-django': {
        'CVE-2026-20031': both(['resolved', '3:3.2.19-1+deb12u1', 'low'], 'sid', ['open', null, 'high']),
        'CVE-2026-20032': both(['open', null, 'high'], 'sid', ['resolved', '3:5.2.1-1', 'high']),
      },
      icu: {
        'CVE-2026-20033': both(['resolved', '0', 'low'], 'trixie', ['resolved', '76.1-4+deb13u1', 'high']),
      },
      'golang-defaults': {
        'CVE-2026-20034': both(['open', null, 'low'], 'sid', ['resolved', '2:1.23~2', 'high']),
      },
    }),
    checks: BOTH,
  },
  'fail-on-negligible': { images: { [APP]: [...EXPAT, ...ZLIB] }, rows: onlyUnimportantExpat },
  'fail-on-unfixed': {
    images: { [APP]: [...ZLIB, ['tar', '1.34+dfsg-1.2+deb12u1'], ...COREUTILS] },
    rows: () => ({
      zlib: { 'CVE-2026-20001': row('open', null, 'high'), 'CVE-2026-20002': row('open', null, 'medium') },
      tar: {
        'CVE-2026-20003': row('open', null, 'high', { nodsa: 'Minor issue', nodsa_reason: 'postponed' }),
        'CVE-2026-20004': row('undetermined', null, 'high'),
        'CVE-2026-20005': row('open', null, 'not yet assigned'),
      },
    }),
  },
}

Object.assign(STORIES, {
  'three-checks-careless': {
    images: { [APP]: null },
    build: builtFrom(CARELESS),
    checks: ALL,
    flags: { 'run-options': RISKY, 'bench-engine': 'builtin', start: 'false' },
  },
  'three-checks-careful': {
    images: { [APP]: null },
    build: builtFrom(CAREFUL),
    checks: ALL,
    flags: { 'run-options': HARDENED, 'bench-engine': 'builtin', start: 'false' },
  },
  'names-of-others': {
    images: { [APP]: null },
    build: { ...builtFrom(MISLABELLED), 'compose.yml': OTHER_SERVICE },
    checks: 'security-updates,docker-bench',
    flags: {
      policies: join(HERE, 'names-of-others/policies'),
      'compose-file': 'compose.yml',
      'compose-service': 'db',
    },
  },
  'bench-without-run-options': {
    images: { [APP]: null },
    build: builtFrom(CARELESS),
    checks: 'docker-bench',
    flags: { 'bench-engine': 'builtin' },
  },
})

Object.assign(STORIES, {
  'account-of-programs': {
    images: { [APP]: null },
    root: () => ({ ...filesOf(COREUTILS), ...PROGRAMS }),
    build: {
      Dockerfile: MIXED,
      app: elf('app'),
      'start.sh': '#!/bin/sh\nexec /opt/app/app\n',
      tool: elf('tool'),
    },
    rows: () => ({ coreutils: {} }),
    osv: ['npm'],
    flags: { 'max-data-age': '87600' },
  },
})

function onlyUnimportantExpat(tracker) {
  return { expat: { 'CVE-2024-28757': tracker.expat['CVE-2024-28757'] } }
}

const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`

function stanza([name, version, source, maintainer = 'Debian <debian@example.org>']) {
  const fields = [
    `Package: ${name}`,
    'Status: install ok installed',
    `Maintainer: ${maintainer}`,
    'Architecture: amd64',
    ...(source ? [`Source: ${source}`] : []),
    `Version: ${version}`,
    `Description: ${name}`,
  ]
  return `${fields.join('\n')}\n\n`
}

/** The files which say that these packages are installed. */
function filesOf(packages) {
  return {
    'etc/os-release': OS_RELEASE,
    'var/lib/dpkg/status': packages.map(stanza).join(''),
    // Clair takes a folder with `status` and `info/` for a dpkg database, and dpkg has a list for each package.
    ...Object.fromEntries(packages.map(([name]) => [`var/lib/dpkg/info/${name}.list`, ''])),
  }
}

function tarOf(files, folder) {
  const root = join(folder, 'root')
  rmSync(root, { recursive: true, force: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return execFileSync('tar', ['-C', root, '--owner=0', '--group=0', '--mtime=@0', '-c', '.'])
}

/** Imports an image that has nothing but the files which say what is installed. */
function importImage(name, packages, folder) {
  importFiles(name, filesOf(packages), folder)
}

function importFiles(name, files, folder) {
  execFileSync('docker', ['import', '-', name], { input: tarOf(files, folder) })
}

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim()

/** Puts an image on a base that the registry has, which is pushed again afterwards. */
function buildOnBase(name, packages, { was, is }, folder) {
  importImage(BASE, was, folder)
  docker('push', '--quiet', BASE)
  const digest = docker('inspect', '-f', '{{index .RepoDigests 0}}', BASE).split('@')[1]
  const id = docker('create', BASE, 'true')
  execFileSync('docker', ['cp', '-', `${id}:/`], { input: tarOf(filesOf(packages), folder) })
  const labels = { name: BASE, digest }
  const changes = Object.entries(labels).map(
    ([key, value]) => `LABEL org.opencontainers.image.base.${key}=${value}`,
  )
  docker('commit', ...changes.flatMap((change) => ['--change', change]), id, name)
  docker('rm', id)
  docker('rmi', '--no-prune', BASE)
  importImage(BASE, is, folder)
  docker('push', '--quiet', BASE)
  docker('rmi', BASE)
}

/** The sample of advisories about these ecosystems, as OSV has them; none about others. */
function writeAdvisories(ecosystems, folder) {
  for (const ecosystem of ecosystems) {
    mkdirSync(join(folder, 'osv', ecosystem), { recursive: true })
    const records = JSON.parse(readFileSync(join(ROOT, `__tests__/support/osv/${ecosystem}.json`), 'utf8'))
    const files = records.map((record, at) => ({ name: `${at}.json`, bytes: JSON.stringify(record) }))
    writeFileSync(join(folder, 'osv', ecosystem, 'all.zip'), makeZip(files))
  }
}

/** Starts the registry; `docker push` waits for it. */
function startRegistry(folder) {
  const config = join(folder, 'registry.yml')
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${folder}/registry\n`
  writeFileSync(config, `version: 0.1\nlog:\n  level: error\n${storage}http:\n  addr: ${REGISTRY}\n`)
  const server = spawn(REGISTRY_PROGRAM, ['serve', config], { stdio: 'ignore' })
  waitFor(`http://${REGISTRY}/v2/`)
  return server
}

function waitFor(url) {
  const wait = 'for i in $(seq 100); do curl -sf "$1" && exit; sleep 0.1; done; exit 1'
  execFileSync('sh', ['-c', wait, 'sh', url], { stdio: 'ignore' })
}

/** Exports the tracker and the feeds of a story into the folder `exported`: only what a server gave can be exported. */
function exportFeeds(feeds, folder) {
  const serve =
    "require('http').createServer((q, r) => require('fs').createReadStream('.' + q.url).pipe(r)).listen(...process.argv.slice(1))"
  const [host, port] = FEEDS.split(':')
  const server = spawn(process.execPath, ['-e', serve, port, host], { cwd: folder, stdio: 'ignore' })
  const seaworthy = (...args) =>
    execFileSync(process.execPath, [CLI, 'feeds', ...args, '--cache-dir', 'cache'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  try {
    waitFor(`http://${FEEDS}/tracker.json`)
    const served = ['cvss', 'epss', 'kev'].map((name) => [
      `--${name}`,
      name in feeds ? `http://${FEEDS}/${name}` : 'none',
    ])
    seaworthy('fetch', '--tracker', `http://${FEEDS}/tracker.json`, ...served.flat(), '--data', 'none')
    seaworthy('export', 'exported')
  } finally {
    server.kill()
  }
}

/** An image in the place of Clair's that says one line and ends. */
function breakClair() {
  const command = 'CMD ["sh", "-c", "echo error: the configuration is not valid; exit 3"]'
  const id = execFileSync('docker', ['create', BOOKWORM, 'true'], { encoding: 'utf8' }).trim()
  execFileSync('docker', ['commit', '--change', command, id, BROKEN_CLAIR], { stdio: 'ignore' })
  execFileSync('docker', ['rm', id], { stdio: 'ignore' })
}

/** Writes the feeds of a story; what it has none of is not asked. */
function feedFlags(feeds, folder) {
  for (const [name, text] of Object.entries(feeds)) {
    writeFileSync(join(folder, name), text)
  }
  return Object.fromEntries(['cvss', 'epss', 'kev'].map((name) => [name, name in feeds ? name : 'none']))
}

/** Builds the image of a story, and leaves its Dockerfile in the folder, where the gate finds it. */
function buildImage(name, files, folder) {
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(folder, file), text)
  }
  const env = { ...process.env, DOCKER_BUILDKIT: '0' }
  execFileSync('docker', ['build', '-q', '--network', 'host', '-t', name, folder], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function record(
  story,
  {
    images,
    rows,
    build,
    root,
    osv,
    base,
    exported = false,
    clair = CLAIR,
    checks = 'clair',
    feeds = {},
    flags: more = {},
  },
) {
  const folder = mkdtempSync(join(tmpdir(), 'record-'))
  const imported = Object.entries(images).filter(([, packages]) => packages !== null)
  const registry = base === undefined ? null : startRegistry(folder)
  const built = build === undefined ? [] : Object.keys(images)
  const made = [
    ...built,
    ...imported.map(([name]) => name),
    ...(root === undefined ? [] : [ROOT_IMAGE]),
    ...(clair === BROKEN_CLAIR ? [clair] : []),
  ]
  try {
    if (clair === BROKEN_CLAIR) {
      breakClair()
    }
    for (const [name, packages] of imported) {
      if (base === undefined) {
        importImage(name, packages, folder)
      } else {
        buildOnBase(name, packages, base, folder)
      }
    }
    if (root !== undefined) {
      importFiles(ROOT_IMAGE, root(), folder)
    }
    if (osv !== undefined) {
      writeAdvisories(osv, folder)
    }
    for (const name of built) {
      buildImage(name, build, folder)
    }
    const tracker = JSON.parse(readFileSync(join(ROOT, '__tests__/support/feeds/tracker.json'), 'utf8'))
    writeFileSync(join(folder, 'tracker.json'), JSON.stringify({ ...tracker, ...rows?.(tracker) }))
    const evidence = join(HERE, story, 'evidence')
    rmSync(evidence, { recursive: true, force: true })
    const flags = {
      tracker: 'tracker.json',
      ...feedFlags(feeds, folder),
      'clair-image': clair,
      'postgres-image': POSTGRES,
      checks,
      ...(osv !== undefined && { osv: 'osv' }),
      ...more,
    }
    if (exported) {
      exportFeeds(feeds, folder)
    }
    const args = Object.entries({ ...flags, 'save-evidence': evidence, 'report-dir': 'report' })
    const command = [CLI, 'scan', ...Object.keys(images)]
    const all = [...command, ...args.flatMap(([name, value]) => [`--${name}`, value])]
    try {
      execFileSync(process.execPath, all, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
    } catch (error) {
      if (error.status !== 1 && error.status !== 2) {
        throw error
      }
    }
  } finally {
    for (const name of made) {
      execFileSync('docker', ['rmi', name], { stdio: 'ignore' })
    }
    registry?.kill()
    rmSync(folder, { recursive: true })
  }
}

const stories = process.argv.slice(2)
for (const [story, about] of Object.entries(STORIES)) {
  if (stories.length === 0 || stories.includes(story)) {
    record(story, about)
  }
}
