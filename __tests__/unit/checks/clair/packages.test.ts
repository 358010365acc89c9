import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import { aLayer, anImage, LAYER } from '../../../support/builders.js'
import {
  debian,
  evidenceOf,
  findingsOf,
  OS_RELEASE,
  type ReportedPackage,
  reportOf,
  statusOf,
  vulnerabilitiesIn,
} from './builders.js'
import { APT, APT_ROWS } from './one-package.js'

describe("Clair compares the binary's version, the fix belongs to the source", () => {
  const bsdutils = { name: 'bsdutils', version: '1:2.36.1-8', source: 'util-linux (2.36.1-8)' }

  test('when only the binary has an epoch, then what Clair missed is found and explained', () => {
    const rows = { 'util-linux': { 'CVE-2026-2': { fixed_version: '2.36.1-8+deb11u2' } } }
    expect(findingsOf([bsdutils], rows)).toMatchObject([
      {
        package: 'util-linux',
        version: '2.36.1-8',
        agreement: 'missed-by-clair',
        layer: LAYER,
        binaries: [{ name: 'bsdutils', version: '1:2.36.1-8' }],
        explanation:
          'Clair compared the version of the binary package bsdutils 1:2.36.1-8; the source package util-linux is at version 2.36.1-8, below the fixed version 2.36.1-8+deb11u2',
      },
    ])
  })

  test('when another binary of the source has no epoch, then Clair finds it too and it is confirmed once', () => {
    const rows = { 'util-linux': { 'CVE-2026-2': { fixed_version: '2.36.1-8+deb11u2' } } }
    const packages = [bsdutils, { name: 'mount', version: '2.36.1-8', source: 'util-linux' }]
    expect(findingsOf(packages, rows)).toMatchObject([
      { agreement: 'confirmed', binaries: [{ name: 'bsdutils' }, { name: 'mount' }] },
    ])
  })

  test('when only the source has an epoch, then what Clair should not have said is refuted and explained', () => {
    const library = { name: 'libfoo1', version: '1.2', source: 'foo (1:1.2)' }
    const rows = { foo: { 'CVE-2026-3': { fixed_version: '1:1.1', urgency: 'low' } } }
    expect(findingsOf([library], rows)).toMatchObject([
      {
        version: '1:1.2',
        fixedVersion: '1:1.1',
        agreement: 'refuted',
        severity: 'low',
        facts: { clairFixedIn: '1:1.1' },
        explanation:
          'Clair compared the version of the binary package libfoo1 1.2; the source package foo is at version 1:1.2, not below the fixed version 1:1.1',
      },
    ])
  })

  test('when binaries come from two builds of a source, then the lowest vulnerable version counts', () => {
    const packages = [
      { name: 'liba', version: '3', source: 'foo (3)' },
      { name: 'libb', version: '2', source: 'foo (2)' },
      { name: 'libc', version: '1', source: 'foo (1)' },
    ]
    const rows = { foo: { 'CVE-2026-3': { fixed_version: '3' } } }
    expect(findingsOf(packages, rows)).toMatchObject([
      { version: '1', binaries: [{ name: 'libb' }, { name: 'libc' }] },
    ])
  })

  test.each(['install ok half-configured', 'install ok unpacked', 'install reinstreq installed'])(
    'when a package is %s, then Clair skips it, nothing is unanswered, and the tracker counts',
    (status) => {
      const [finding] = findingsOf(
        [
          { ...APT, status },
          { name: 'bash', version: '5' },
        ],
        APT_ROWS,
      )
      expect(finding).toMatchObject({ agreement: 'missed-by-clair', layer: null })
      expect(finding?.explanation).toBe(
        `Clair skips apt, because its dpkg status is "${status}"; the source package apt is at version 2.6.1, below the fixed version 2.6.2`,
      )
    },
  )

  test('when a package is on hold, then it is confirmed; when only its configuration is left, then it is none', () => {
    expect(findingsOf([{ ...APT, status: 'hold ok installed' }], APT_ROWS)).toHaveLength(1)
    const removed = [
      { ...APT, status: 'deinstall ok config-files' },
      { name: 'bash', version: '5' },
    ]
    expect(findingsOf(removed, APT_ROWS)).toEqual([])
  })
})

describe('distroless images', () => {
  const part = (name: string, source?: string) =>
    statusOf([{ name, version: '3.0.1-1', ...(source ? { source } : {}) }]).replace(/Status: .*\n/, '')
  const files = {
    'var/lib/dpkg/status.d/libssl3': part('libssl3', 'openssl (3.0.1-1)'),
    'var/lib/dpkg/status.d/base': part('base'),
  }
  const rows = { openssl: { 'CVE-2026-4': { fixed_version: '3.0.2-1' } }, base: { 'CVE-2026-5': {} } }
  const reported = (name: string, source?: string): ReportedPackage => ({
    name,
    version: '3.0.1-1',
    database: `var/lib/dpkg/status.d/${name}`,
    ...(source ? { source: { name: source, version: '3.0.1-1' } } : {}),
  })

  test('when Clair reads the source as "openssl (3.0.1-1)", or none, then ours is found', () => {
    const report = reportOf([reported('libssl3', 'openssl (3.0.1-1)'), reported('base')], rows)
    const answer = interpret(evidenceOf(report, rows), debian(files))
    expect(answer).toMatchObject({
      state: 'answered',
      findings: [
        {
          id: 'CVE-2026-5',
          agreement: 'missed-by-clair',
          explanation: expect.stringContaining('Clair found no source package for base'),
        },
        {
          id: 'CVE-2026-4',
          agreement: 'missed-by-clair',
          layer: LAYER,
          explanation: expect.stringContaining('to the source package "openssl (3.0.1-1)"'),
        },
      ],
    })
  })

  test('when a later layer removed a package that Clair still reports, then it is neither confirmed nor refuted', () => {
    const gone: ReportedPackage = { ...reported('libssl3', 'openssl') }
    const layers = [
      aLayer({ files: { 'etc/os-release': OS_RELEASE, ...files } }),
      aLayer({ diffId: `sha256:${'d'.repeat(64)}`, removed: ['var/lib/dpkg/status.d/libssl3'] }),
    ]
    const report = reportOf([gone, reported('base', 'base')], rows)
    const answer = interpret(evidenceOf(report, rows), anImage({ layers }))
    const finding = vulnerabilitiesIn(answer).at(-1)
    expect(finding).toMatchObject({ package: 'openssl', agreement: null, version: '3.0.1-1' })
    expect(finding?.explanation).toBe('Clair found libssl3 3.0.1-1, which dpkg does not list as installed')
  })
})

describe('a package that Debian rebuilds to sign it', () => {
  const kernel = {
    name: 'linux-image-6.1.0-1-amd64',
    version: '6.1.4-1',
    source: 'linux-signed-amd64 (6.1.4+1)',
  }

  test('when the source it is signed from is vulnerable, then that is found, under the name of the tracker', () => {
    expect(findingsOf([kernel], { linux: { 'CVE-2026-1': { fixed_version: '6.1.4-2' } } })).toMatchObject([
      {
        package: 'linux',
        version: '6.1.4-1',
        fixedVersion: '6.1.4-2',
        agreement: 'missed-by-clair',
        binaries: [{ name: kernel.name, version: '6.1.4-1' }],
        signedSources: ['linux-signed-amd64'],
        explanation:
          'Clair attributed linux-image-6.1.0-1-amd64 to the source package "linux-signed-amd64"; the source package linux is at version 6.1.4-1, below the fixed version 6.1.4-2',
      },
    ])
  })

  test('when it has the fix, then there is none', () => {
    expect(findingsOf([kernel], { linux: { 'CVE-2026-1': { fixed_version: '6.1.4-1' } } })).toEqual([])
  })

  test('when the tracker has a row for the signed source itself, then that counts too', () => {
    const [finding, ...more] = findingsOf([kernel], {
      'linux-signed-amd64': { 'CVE-2026-2': { fixed_version: '6.1.4+2' } },
    })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ package: 'linux-signed-amd64', version: '6.1.4+1', signedSources: [] })
  })
})
