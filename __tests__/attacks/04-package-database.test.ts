import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { squash } from '../live/honest/images.js'
import { keptImage } from '../live/kept-image.js'
import { CLAIR_FLAGS } from '../live/shared-clair.js'
import { docker, newFolder, reportOf, SMALL, SMALL_TRIXIE, seaworthy, UPDATABLE } from '../live/support.js'
import { detailOf } from '../support/facts.js'
import { keys, policyFile } from '../support/policies.js'

/**
 * The author of an image changes what dpkg says is installed, and no file of a package: updates that are missing are
 * missing no more. Each is a line or two in a Dockerfile. The first four once passed; the others are what an author
 * does next.
 */

const STATUS = 'var/lib/dpkg/status'
const OS_RELEASE = 'usr/lib/os-release'
const UPDATES = 'security-updates'
const RELEASED = [keys({ 'require-release': 'supported' })]

const made: string[] = []
const textOf = (image: string, path: string): string =>
  docker('run', '--rm', '--network', 'none', image, 'cat', `/${path}`)

/** An image by its Dockerfile and the files next to it. */
function built(
  name: string,
  lines: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
): string {
  const folder = newFolder()
  for (const [path, text] of Object.entries({ ...files, Dockerfile: `${lines.join('\n')}\n` })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const tag = `seaworthy-test/attack-04-${name}-${process.pid}:1`
  execFileSync('docker', ['build', '-q', '-t', tag, folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  made.push(tag)
  return tag
}

function squashed(name: string, from: string): string {
  const tag = built(name, [`FROM ${from}`, 'RUN true'])
  squash(tag)
  return tag
}

const nameOf = (stanza: string): string => /^Package: (.*)$/m.exec(stanza)?.[1] ?? ''
const stanzasOf = (status: string): string[] => status.split(/\n\n/).filter((stanza) => stanza !== '')
const statusOf = (stanzas: readonly string[]): string => stanzas.map((stanza) => `${stanza}\n\n`).join('')

type Reported = Report['images'][number]

async function scan(
  images: readonly string[],
  checks = 'security-updates,clair',
  more: readonly string[] = [],
): Promise<readonly Reported[]> {
  const services = checks.includes('clair') ? CLAIR_FLAGS : []
  const ran = await seaworthy(['scan', ...images, '--checks', checks, ...RELEASED, ...services, ...more])
  const report = reportOf(ran)
  for (const [at, { verdict, findings, checks }] of report.images.entries()) {
    const acts = [...new Set(findings.filter(({ ruling }) => ruling === 'act').map(({ id }) => id))]
    const codes = checks.flatMap(({ problem }) => problem?.code ?? [])
    process.stdout.write(
      `  attack 4: ${images[at]}: ${verdict}; acts: ${acts.join(', ')}; unanswered: ${codes.join(', ')}\n`,
    )
  }
  return report.images
}

/** It alone would fail the image. */
const doubtOf = ({ findings }: Reported) =>
  findings.find(({ id, ruling, blocks }) => id === 'package-database-doubtful' && ruling === 'act' && blocks)

let status: string
/** Package → the version that brings its security update. */
let missing: ReadonlyMap<string, string>

/** Status with stanzas changed of the packages that lack an update. */
const changed = (change: (stanza: string) => string[]): string =>
  statusOf(stanzasOf(status).flatMap((stanza) => (missing.has(nameOf(stanza)) ? change(stanza) : [stanza])))

/** The new versions, also where others depend on exactly the old ones. */
function raised(): string {
  const versions = changed((stanza) => [
    stanza.replace(/^Version: .*$/m, `Version: ${missing.get(nameOf(stanza))}`),
  ])
  return [...missing].reduce(
    (text, [name, version]) => text.replaceAll(tiedTo(name), `$1${version})`),
    versions,
  )
}
const tiedTo = (name: string) =>
  new RegExp(`((?<![\\w.+-])${name.replaceAll('.', '\\.')} \\(= )[^)]+\\)`, 'g')
const removed = (): string =>
  changed((stanza) => [stanza.replace(/^Status: .*$/m, 'Status: deinstall ok config-files')])

const withStatus = (name: string, text: string, ...lines: readonly string[]): string =>
  built(name, [`FROM ${SMALL}`, `COPY status /${STATUS}`, ...lines], { status: text })

/** Changelogs of these packages as they are in an image that is not slim, beginning with the version that is installed. */
const withChangelogs = () => {
  const folders = stanzasOf(status).flatMap((stanza) => {
    const [, version = ''] = /^Version: (.*)$/m.exec(stanza) ?? []
    const [, source = nameOf(stanza), other] = /^Source: (\S+)(?: \((.*)\))?$/m.exec(stanza) ?? []
    const entry = `${source} (${(other ?? version).replace(/\+b\d+$/, '')}) bookworm; urgency=medium\n\n  * Changed.\n\n -- A <a@b.org>  Mon, 01 Jan 2024 00:00:00 +0000\n`
    return missing.has(nameOf(stanza))
      ? [[`doc/${nameOf(stanza)}/changelog.Debian.gz`, gzipSync(entry)] as const]
      : []
  })
  return built('documented', [`FROM ${SMALL}`, 'COPY doc /usr/share/doc'], Object.fromEntries(folders))
}

/** Takes away what dpkg keeps next to the status of these packages. */
const rmInfo = () =>
  `RUN cd /var/lib/dpkg/info && rm -f ${[...missing.keys()].flatMap((name) => [`${name}.*`, `${name}:*`]).join(' ')}`

beforeAll(async () => {
  status = textOf(SMALL, STATUS)
  const [honest] = await scan([SMALL], UPDATES)
  missing = new Map(
    (honest?.findings ?? [])
      .filter(({ id }) => id === 'security-update')
      .map((one) => [one.package ?? '', one.fixedVersion ?? '']),
  )
})
afterAll(async () => {
  for (const tag of made.splice(0).reverse()) {
    docker('rmi', '-f', tag)
  }
})

test('when nothing is doctored, then the base lacks updates, and its database is not doubted', () => {
  expect(missing.size).toBeGreaterThan(0)
})

describe('when one layer changes what dpkg says, and no package', () => {
  let reported: readonly Reported[]
  beforeAll(async () => {
    reported = await scan([
      withStatus(
        'out',
        changed(() => []),
      ),
      withStatus('raised', raised()),
      withStatus('removed', removed()),
    ])
  })

  test.each(
    ['stanzas taken out', 'versions raised', 'packages called removed'].map(
      (what, at) => [what, at] as const,
    ),
  )('then %s fail, with each package named', (_, at) => {
    const one = reported[at]
    expect(one?.verdict).toBe('fail')
    for (const name of missing.keys()) {
      expect(detailOf(one && doubtOf(one), 'packages')).toContain(name)
    }
  })

  test('then Clair, which has read the versions before, gives no answer', () => {
    const clair = reported[1]?.checks.find(({ check }) => check === 'clair')
    expect(clair?.problem?.code).toBe('clair-other-versions')
  })
})

test('when trixie is dressed as bookworm, in one layer, then what is left of it tells', async () => {
  const witnesses = ['base-files', 'libc6', 'apt']
  const others = stanzasOf(textOf(SMALL_TRIXIE, STATUS)).filter(
    (stanza) => !witnesses.includes(nameOf(stanza)),
  )
  const files = { status: statusOf(others), 'os-release': textOf(SMALL, OS_RELEASE) }
  const copies = [`COPY status /${STATUS}`, `COPY os-release /${OS_RELEASE}`]
  const dressed = built('dressed', [`FROM ${SMALL_TRIXIE}`, ...copies], files)
  const bare = built('bare', [`FROM ${dressed}`, 'RUN rm -rf /var/lib/dpkg/info'])
  squash(bare)
  squash(dressed)
  const [first, second] = await scan([dressed, bare], UPDATES)
  expect(first?.verdict).toBe('fail')
  for (const name of witnesses) {
    expect(detailOf(first && doubtOf(first), 'packages')).toContain(name)
  }
  expect(second?.verdict).toBe('fail')
  expect(detailOf(second && doubtOf(second), 'why')).toContain('newer than every version in the release')
})

describe('when the author takes more care', () => {
  test('then each layer that hides more still leaves the files as they were', async () => {
    const reported = await scan(
      [
        withStatus(
          'out-tidied',
          changed(() => []),
          rmInfo(),
        ),
        withStatus(
          'raised-touched',
          raised(),
          `RUN cd /var/lib/dpkg/info && for f in *.list; do cp $f /tmp/x && cat /tmp/x >$f; done`,
        ),
        built(
          'raised-no-info',
          [
            `FROM ${SMALL}`,
            `COPY status /tmp/status`,
            `RUN mv /tmp/status /${STATUS} && rm -rf /var/lib/dpkg/info`,
          ],
          { status: raised() },
        ),
        squashed('removed-squashed', withStatus('removed-again', removed())),
        squashed(
          'raised-squashed',
          built('raised-again', [`FROM ${withChangelogs()}`, `COPY status /${STATUS}`], { status: raised() }),
        ),
      ],
      UPDATES,
    )
    expect(reported.map(({ verdict }) => verdict)).toEqual(reported.map(() => 'fail'))
    expect(reported.map((one) => doubtOf(one) !== undefined)).toEqual(reported.map(() => true))
  })

  test('then the database of an image that has the updates does not fit one that lacks them', async () => {
    const source = 'deb http://deb.debian.org/debian-security bookworm-security main'
    const updated = keptImage('attack-04', [
      `FROM ${UPDATABLE}`,
      `RUN echo '${source}' >/etc/apt/sources.list.d/s.list && apt-get update && apt-get -y upgrade && rm /etc/apt/sources.list.d/s.list`,
    ])
    const overlaid = built('laid-over', [
      `FROM ${UPDATABLE}`,
      `COPY --from=${updated} /var/lib/dpkg /var/lib/dpkg`,
    ])
    const slim = built('laid-over-slim', [`FROM ${overlaid}`, 'RUN rm -rf /usr/share/doc'])
    squash(slim)
    const reported = await scan([updated, overlaid, slim], UPDATES)
    const [honest, layered, squashedOne] = reported
    expect(honest?.findings.map(({ id }) => id)).not.toContain('package-database-doubtful')
    expect([layered, squashedOne].map((one) => one?.verdict)).toEqual(['fail', 'fail'])
    expect(detailOf(layered && doubtOf(layered), 'packages')).toContain('perl-base')
    expect(detailOf(squashedOne && doubtOf(squashedOne), 'why')).toContain('MD5')
  })
})

describe('when somebody accepts it', () => {
  const entry = (...more: readonly string[]) =>
    [
      'version: 1',
      'entries:',
      '  - check: security-updates',
      '    reason: a test',
      '    owner: test',
      ...more.map((line) => `    ${line}`),
      '',
    ].join('\n')
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const whitelist = (text: string) => {
    const path = join(newFolder(), 'whitelist.yml')
    writeFileSync(path, text)
    // Nothing but the database is to be accepted.
    return [keys({ 'allowed-bases': 'any' }), policyFile('whitelist', path)]
  }

  test('then an entry with its id and this image does, and none for a package', async () => {
    const lines = [`FROM ${SMALL}`, `COPY status /${STATUS}`]
    const image = built('accepted', lines, { status: changed(() => []) })
    const named = ['id: package-database-doubtful', `images: ["${image}"]`, `expires: "${soon}"`]
    const [accepted] = await scan([image], UPDATES, whitelist(entry(...named)))
    expect(accepted?.verdict).toBe('pass')
    const [first = ''] = [...missing.keys()]
    const [other] = await scan([image], UPDATES, whitelist(entry(`package: ${first}`, `expires: "${soon}"`)))
    expect(other?.verdict).toBe('fail')
    const elsewhere = named.map((line) => line.replace(image, 'acme/other:*'))
    const [third] = await scan([image], UPDATES, whitelist(entry(...elsewhere)))
    expect(third?.verdict).toBe('fail')
  })

  test.each([
    ['no image', ['id: package-database-doubtful']],
    ['every image', ['id: package-database-doubtful', 'images: ["*"]']],
    ['images of any name', ['id: package-database-doubtful', 'images: ["acme/*:1"]']],
    ['no day', ['id: package-database-doubtful', 'images: ["acme/app:1"]']],
  ])('then an entry with %s is refused', async (what, lines) => {
    const day = what === 'no day' ? [] : [`expires: "${soon}"`]
    const ran = await seaworthy([
      'scan',
      SMALL,
      '--checks',
      'security-updates',
      ...whitelist(entry(...lines, ...day)),
    ])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain(what === 'no day' ? 'expires' : 'images')
  })
})
