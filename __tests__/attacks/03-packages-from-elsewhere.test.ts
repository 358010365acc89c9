import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { removeImages } from '../live/images.js'
import { versionIn } from '../live/mirror.js'
import { BASES, docker, newFolder, type Ran, reportOf, seaworthy, TRACKER } from '../live/support.js'
import { detailOf } from '../support/facts.js'
import { policyFile } from '../support/policies.js'

/**
 * Attack 3: a package that no index of the image's release reaches passed with a note, and was judged by the rows of a
 * release that it is not from. Each image is trixie with one package more, put there by dpkg; the archive is Debian's
 * as the mirrors have it, the tracker has rows that tell the releases apart.
 */

/** In trixie nothing of these is to be fixed; where the packages are from, it is. CVE-2026-203xx are made up. */
const ROWS = {
  'python-django': {
    'CVE-2026-20301': {
      releases: {
        trixie: { status: 'resolved', fixed_version: '3:1.0-1', urgency: 'not yet assigned' },
        sid: { status: 'open', urgency: 'high' },
      },
    },
  },
  icu: {
    'CVE-2026-20302': {
      releases: {
        trixie: { status: 'resolved', fixed_version: '0', urgency: 'not yet assigned' },
        bookworm: { status: 'open', urgency: 'high' },
      },
    },
  },
}

interface Deb {
  readonly name: string
  readonly version: string
  readonly source?: string
  readonly maintainer?: string
}

let tracker: string
const made: string[] = []
beforeAll(() => {
  tracker = join(newFolder(), 'tracker.json')
  const sample = JSON.parse(readFileSync(TRACKER, 'utf8')) as Record<string, object>
  writeFileSync(tracker, JSON.stringify({ ...sample, ...ROWS }))
})
afterAll(() => {
  removeImages()
  for (const tag of made) {
    docker('rmi', '-f', tag)
  }
})

/** What blocks, but for the security updates that the base of this machine lacks today. */
function acts({ id, ruling }: { readonly id: string; readonly ruling: string }): boolean {
  return ruling === 'act' && id !== 'security-update'
}

/** A .deb with nothing in it, as equivs makes them. */
function debOf(folder: string, { name, version, source, maintainer }: Deb): string {
  const root = join(folder, 'deb')
  mkdirSync(join(root, 'DEBIAN'), { recursive: true })
  const fields = [
    `Package: ${name}`,
    ...(source === undefined ? [] : [`Source: ${source}`]),
    `Version: ${version}`,
    'Architecture: all',
    `Maintainer: ${maintainer ?? 'Debian <packages@example.org>'}`,
    'Description: a test',
  ]
  writeFileSync(join(root, 'DEBIAN/control'), `${fields.join('\n')}\n`)
  const path = join(folder, 'one.deb')
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', '-Znone', root, path], { stdio: 'ignore' })
  return path
}

/** trixie with these, each by `dpkg -i`; with none, trixie as it is. */
function imageWith(kind: string, deb: Deb): string {
  const folder = newFolder()
  debOf(folder, deb)
  writeFileSync(
    join(folder, 'Dockerfile'),
    `FROM ${BASES.trixie}\nCOPY one.deb /tmp/one.deb\nRUN dpkg -i /tmp/one.deb && rm /tmp/one.deb\n`,
  )
  const tag = `seaworthy-test/elsewhere-${kind}-${process.pid}:1`
  const env = { ...process.env, DOCKER_BUILDKIT: '0' }
  execFileSync('docker', ['build', '-q', '-t', tag, folder], { env, stdio: 'ignore' })
  made.push(tag)
  return tag
}

/** @param checks Clair, too, where its rows are the subject */
const scan = (images: readonly string[], checks: string, ...more: readonly string[]): Promise<Ran> =>
  seaworthy(['scan', ...images, '--checks', checks, '--tracker', tracker, ...more])
const ORIGINS = 'security-updates'

describe('when a package is not of the release of the image', () => {
  const OURS: Readonly<Record<string, Deb & { readonly maintainer: string }>> = {
    'third-party': {
      name: 'nginx',
      version: '1.29.0-1~trixie',
      maintainer: 'NGINX Packaging <x@example.com>',
    },
    local: { name: 'acme-tools', version: '1.0', maintainer: 'Acme' },
  }
  /** Word → image. All are judged in one run: each stands alone in it. */
  const images = new Map<string, string>()
  let ran: Ran
  beforeAll(async () => {
    const debs: Readonly<Record<string, Deb>> = {
      sid: {
        name: 'python3-django',
        version: await versionIn('sid', 'python3-django'),
        source: 'python-django',
      },
      backports: {
        name: 'golang-go',
        version: await versionIn('trixie-backports', 'golang-go'),
        source: 'golang-defaults',
      },
      bookworm: { name: 'libicu72', version: await versionIn('bookworm', 'libicu72'), source: 'icu' },
      ...OURS,
    }
    for (const [kind, deb] of Object.entries(debs)) {
      images.set(kind, imageWith(kind, deb))
    }
    ran = await scan([...images.values()], 'security-updates,clair')
  })

  function judged(kind: string, { images: all }: Report = reportOf(ran)): Report['images'][number] {
    const found = all.find(({ reference }) => reference === images.get(kind))
    if (found === undefined) {
      throw new Error(`the report has no image ${kind}`)
    }
    return found
  }
  const findings = (kind: string, about: string): string[] =>
    judged(kind)
      .findings.filter(({ package: name }) => name === about)
      .map((one) => `${one.id} ${one.ruling} ${detailOf(one, 'origin') || detailOf(one, 'release')}`.trim())
      .filter((line) => !/^CVE-(?!2026-203)/.test(line))
      .sort()

  test('then each image fails', () => {
    const report = reportOf(ran)
    expect([ran.code, report.verdict, report.unanswered]).toEqual([1, 'fail', []])
    expect(report.images.map(({ verdict }) => verdict)).toEqual(Array(images.size).fill('fail'))
  })

  test('then one of sid is judged by the row of sid, and nobody supports it', () => {
    expect(findings('sid', 'python-django')).toEqual([
      'CVE-2026-20301 unfixed sid',
      'no-security-support act sid',
    ])
    expect(ran.stdout).toContain('packages, 1 from other origins')
  })

  test('then one of backports is reported, and nobody supports it', () => {
    expect(findings('backports', 'golang-defaults')).toEqual(['no-security-support act backports'])
  })

  test('then one of another stable release is judged by the row of that one', () => {
    expect(findings('bookworm', 'icu')).toEqual(
      expect.arrayContaining(['CVE-2026-20302 unfixed bookworm', 'other-release noted bookworm']),
    )
    expect(judged('bookworm').foreignCount).toBe(1)
  })

  test('then a third party and a local build are named by what the image holds, and act until they are accepted', async () => {
    for (const [kind, deb] of Object.entries(OURS)) {
      const [finding] = judged(kind).findings.filter(({ package: name }) => name === deb.name)
      expect(finding).toMatchObject({ id: 'no-security-support', ruling: 'act' })
      expect(finding?.details).toMatchObject({
        from: deb.maintainer.replace(/ <.*/, ''),
        saysSo: 'Maintainer',
      })
      // `unknown` where the mirrors have no sid of today.
      expect(['third-party', 'unknown']).toContain(detailOf(finding, 'origin'))
    }

    const whitelist = join(newFolder(), 'whitelist.yml')
    const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)
    const entries = Object.values(OURS).map(
      ({ name }) =>
        `  - { check: security-updates, id: no-security-support, package: "${name.slice(0, 4)}*", reason: ours, owner: us, expires: "${until}" }\n`,
    )
    writeFileSync(whitelist, `version: 1\nentries:\n${entries.join('')}`)
    const ours = Object.keys(OURS).map((kind) => images.get(kind) ?? '')
    const accepted = reportOf(await scan(ours, ORIGINS, policyFile('whitelist', whitelist)))
    for (const [kind, deb] of Object.entries(OURS)) {
      const { findings } = judged(kind, accepted)
      expect(findings.find(({ package: name }) => name === deb.name)).toMatchObject({
        id: 'no-security-support',
        ruling: 'accepted',
      })
      expect(findings.filter(acts)).toEqual([])
    }
  })
})

test('when all packages are of the release, then no index but its own is read, and nothing of its origin acts', async () => {
  const evidence = join(newFolder(), 'evidence')
  const ran = await scan([BASES.trixie], ORIGINS, '--save-evidence', evidence)
  const [image] = reportOf(ran).images
  expect([image?.foreignCount, image?.findings.filter(acts)]).toEqual([0, []])
  const archive = readFileSync(join(evidence, 'image-0/security-updates/archive.json'), 'utf8')
  expect(JSON.parse(archive).elsewhere).toEqual({ asked: [], suites: [], unread: [] })
})
