import { describe, expect, test } from '@jest/globals'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import type { ApplicationFinding } from '../../../../src/model/finding/application.js'
import type { ImageVerdict, RuledFinding } from '../../../../src/model/verdict.js'
import {
  aBinary,
  aLine,
  anImageVerdict,
  aRuledApplication,
  aRuledFinding,
  type RuledPart,
} from '../../../support/builders.js'

const things = (...findings: RuledFinding[]) => imageTasks(anImageVerdict({ findings }))
const updateOf = (name: string, part: RuledPart = {}) =>
  aRuledFinding({
    check: 'security-updates',
    id: 'security-update',
    package: name,
    fixedVersion: '2.0',
    severity: 'unknown',
    cves: null,
    binaries: [aBinary({ name })],
    ...part,
  })
const whyOf = (...findings: RuledFinding[]) => things(...findings)[0]?.why
const noted = (id: string, details: object = {}) =>
  aRuledFinding({
    ...{ check: 'security-updates', id, package: null, version: null, fixedVersion: null },
    ...{ installable: null, binaries: [], ruling: 'noted', blocks: false, details },
  })

describe('the update of packages', () => {
  test('when there are ordinary updates too, then both kinds are counted', () => {
    const ordinary = (name: string) => updateOf(name, { id: 'ordinary-update' })
    expect(whyOf(updateOf('apt'))).toBe('1 Debian security update')
    expect(whyOf(updateOf('apt'), updateOf('tar'))).toBe('2 Debian security updates')
    expect(whyOf(ordinary('apt'), updateOf('tar'))).toBe('1 Debian security update; 1 Debian ordinary update')
    expect(whyOf(ordinary('apt'), ordinary('tar'))).toBe('2 Debian ordinary updates')
  })

  test('when packages were left behind in another release, then they are counted apart', () => {
    const left = (name: string) =>
      aRuledFinding({
        ...{ check: 'security-updates', id: 'other-release', package: name, binaries: [aBinary({ name })] },
        details: { newer: [`${name} 7.1`] },
      })
    expect(whyOf(left('unrar'))).toBe('1 source package from another release')
    expect(whyOf(left('unrar'), left('rar'), updateOf('apt'))).toBe(
      '1 Debian security update; 2 source packages from another release',
    )
  })

  test('when lines of several instructions are affected, then up to five others are named', () => {
    const at = (count: number) =>
      whyOf(
        ...Array.from({ length: count }, (_, index) =>
          updateOf(`p${index}`, { line: aLine({ line: index + 1 }) }),
        ),
      )
    expect(at(1)).toBe('1 Debian security update')
    expect(at(3)).toBe('3 Debian security updates; also at Dockerfile:2, Dockerfile:3')
    expect(at(7)).toMatch(/; also at Dockerfile:2, Dockerfile:3, Dockerfile:4, Dockerfile:5, Dockerfile:6$/)
  })

  test('when the base has moved on, then only security updates whose base was read are counted', () => {
    const moved = noted('base-moved-on')
    const brought = (name: string, what: 'brings' | 'leaves', part: RuledPart = {}) =>
      updateOf(name, { rebuild: { what, version: '2.0' }, ...part })
    const why = (...all: RuledFinding[]) => whyOf(...all, moved)?.split('; rebuild')[1]
    const FIRST = ' with --pull first: the base tag has moved on, and the rebuild alone'
    expect(why(updateOf('apt'))).toBe(`${FIRST} may install these updates`)
    expect(why(brought('apt', 'brings'), brought('tar', 'leaves'), updateOf('jq'))).toBe(
      `${FIRST} installs 1 of the 2 security updates`,
    )
    const ordinary = brought('jq', 'brings', { id: 'ordinary-update' })
    expect(why(brought('apt', 'brings'), ordinary)).toBe(`${FIRST} installs 1 of the 1 security updates`)
    // Without that finding nothing is said, nor if a rebuild is a task of its own.
    expect(whyOf(brought('apt', 'brings'))).toBe('1 Debian security update')
    const apt = updateOf('apt')
    const rebuild = { needed: true, why: '', settles: [updateOf('tar')] }
    const image = anImageVerdict({ findings: [apt, moved], rebuild })
    expect(imageTasks(image).map(({ why: one }) => one)).toEqual(['1 Debian security update'])
  })

  test('when the security suite or its preferences are missing, then that is reported with the command', () => {
    const lacking = noted('no-security-source', { codename: 'bookworm' })
    expect(whyOf(updateOf('apt'), lacking)).toBe(
      "1 Debian security update; the image's apt sources lack bookworm-security, so the command adds it",
    )
    const odd = noted('no-security-source', { codename: 'book worm' })
    expect(whyOf(updateOf('apt'), odd)).toBe('1 Debian security update')
    expect(whyOf(updateOf('apt'), noted('hidden-security-updates'))).toBe(
      "1 Debian security update; apt's preferences in the image hide security updates: remove them first, or the command installs none of these updates",
    )
    const noCommand = updateOf('x', { binaries: [aBinary({ name: '`id`' })] })
    expect(things(noCommand, lacking)[0]).toMatchObject({
      command: null,
      why: '1 Debian security update; 1 left out of the command (invalid package name)',
    })
  })

  test('when packages are on hold, then those that are updated are named', () => {
    const hold = { heldBack: { by: 'hold', text: 'it is on hold' } } as const
    const other = updateOf('tar', { ...hold, ruling: 'noted', blocks: false })
    expect(whyOf(updateOf('apt', hold), updateOf('jq', hold), other)).toBe(
      '2 Debian security updates; on hold in the image: apt, jq',
    )
    const [action] = things(updateOf('apt'), other)
    expect(action?.command).not.toContain('--allow-change-held-packages')
  })

  test('when several packages may be a vendor’s, then up to five are named, each once', () => {
    const names = ['rabbitmq-server', 'haproxy']
    const versions = ['3.9.10-1', '2.4.22-1~bpo11+1']
    const of = (at: number) =>
      updateOf(names[at] ?? '', {
        binaries: [aBinary({ name: names[at] ?? '', version: versions[at] ?? '' })],
      })
    expect(whyOf(of(0), of(0), of(1))).toBe(
      '3 Debian security updates; if rabbitmq-server is from RabbitMQ, update it there instead; if haproxy is from haproxy.debian.net, update it there instead',
    )
  })

  test('when a package is of another architecture, then apt takes it with that one, and others are not confused', () => {
    const foreign = updateOf('libc6', {
      binaries: [aBinary({ name: 'libc6', architecture: 'i386', version: '1.0' })],
      fixedVersion: '3.0',
    })
    const own = updateOf('libc6', { binaries: [aBinary({ name: 'libc6', version: '1.1' })] })
    expect(things(foreign, own)[0]).toMatchObject({
      title: 'Update 2 packages',
      command: 'apt-get update && apt-get install -y --only-upgrade libc6 libc6:i386',
      packages: [
        { name: 'libc6', version: '1.1', fixedVersion: '2.0', cves: null },
        { name: 'libc6:i386', version: '1.0', fixedVersion: '3.0', cves: null },
      ],
    })
  })

  test('when findings name no binary packages, then the packages are counted, each once', () => {
    const bare = (name: string, id: string) => aRuledFinding({ package: name, id, binaries: [] })
    expect(things(bare('a', 'CVE-1'), bare('a', 'CVE-2'), bare('b', 'CVE-1'))[0]).toMatchObject({
      title: 'Update 2 packages',
      why: 'fixes 2 CVEs, all high; 2 left out of the command (invalid package name)',
    })
  })
})

describe('the update of a system inside the image', () => {
  const nested = (packageDb: string, ...names: readonly string[]) =>
    things(
      ...names.map((name) => aRuledFinding({ package: name, binaries: [aBinary({ name })], packageDb })),
    )[0]
  const WHY =
    "fixes 1 CVE, high; the image's apt-get does not update these packages; update them with the nested system's own apt-get or where that system is built, or remove it from the image"

  test('when its root is known, then the command runs in it', () => {
    expect(nested('srv/root/var/lib/dpkg/status', 'apt')).toMatchObject({
      kind: 'update',
      title: 'Update 1 package in the nested system whose package database is srv/root/var/lib/dpkg/status',
      why: WHY,
      command: 'chroot /srv/root apt-get update && chroot /srv/root apt-get install -y --only-upgrade apt',
      ...{ dockerfile: null, where: null, checks: ['clair'], packages: [] },
    })
  })

  test.each([
    ['srv/root/lib/status', 'apt'],
    ['srv/my root/var/lib/dpkg/status', 'apt'],
    ['srv/../var/lib/dpkg/status', 'apt'],
    ['srv/root/var/lib/dpkg/status', '`id`'],
  ])('when its database is %s, with %s, then there is no command', (database, name) => {
    expect(nested(database, name)?.command).toBeNull()
    expect(nested(database, 'apt', name)?.command === null).toBe(true)
  })
})

describe('a rebuild', () => {
  test('when it settles findings, then what it is built on is named, if that is known', () => {
    const apt = updateOf('apt', { line: aLine({ line: 7 }) })
    const rebuildOn = (base: ImageVerdict['base']) => {
      const rebuild = { needed: true, why: '', settles: [apt] }
      return imageTasks(anImageVerdict({ findings: [apt], rebuild, base }))[0]
    }
    expect(rebuildOn(null)).toMatchObject({
      ...{ kind: 'rebuild', title: "Rebuild the image on today's base", command: null, dockerfile: null },
      why: 'docker build --pull --no-cache, without other changes, updates 1 package: 1 Debian security update',
      ...{ checks: ['security-updates'], where: { file: 'Dockerfile', line: 7 } },
    })
  })
})

describe('packages of an application', () => {
  const npm = (name: string, part: Partial<ApplicationFinding> = {}) =>
    aRuledApplication({ package: `npm/${name}`, purl: `pkg:npm/${name}@1`, ...part })
  const [one] = [npm('a')]

  test('when one file names several packages, then all changes are listed', () => {
    expect(things(one ?? npm('a'), npm('b', { id: 'CVE-2021-2', ids: ['CVE-2021-2'] }))[0]).toMatchObject({
      title: 'Change package.json: 2 packages',
      why: 'npm/a 4.17.4 → 4.17.21, npm/b 4.17.4 → 4.17.21; fixes 2 CVEs, all high; packages that depend on them may have to change too, and Debian updates do not include this fix',
    })
  })

  test('when one package has one fix, then that version is named, and why it is higher than the fix', () => {
    expect(things(npm('a', { settles: null }))[0]).toMatchObject({
      title: 'Change package.json: npm/a 4.17.4 → 4.17.21',
      why: 'fixes 1 CVE, high; packages that depend on it may have to change too, and Debian updates do not include this fix',
    })
    expect(things(npm('a', { settles: '5.0.0' }))[0]?.why).toMatch(
      /^fixes 1 CVE, high \(5\.0\.0 is the lowest version without known vulnerabilities\); /,
    )
    expect(things(npm('a', { settles: '5.0.0' }), npm('b'))[0]?.why).toContain(
      ' (these are the lowest versions without known vulnerabilities); ',
    )
    expect(things(npm('a', { settles: '5.0.0' }), npm('b', { settles: null }))[0]?.why).not.toContain(
      'lowest',
    )
  })

  test('when a version is not known, then none is named', () => {
    expect(things(npm('a', { version: null }))[0]?.title).toBe('Change package.json: npm/a → 4.17.21')
  })

  test('when a fix is missing, or it is malware, then each package or weakness is a task', () => {
    const unfixed = (id: string) => npm('a', { id, ids: [id], fixedVersion: null, installable: null })
    expect(things(unfixed('CVE-2021-1'), unfixed('CVE-2021-2'))).toHaveLength(2)
    const malware = (id: string) => npm('a', { id, ids: [id], malware: true })
    expect(things(malware('MAL-2021-1'), malware('MAL-2021-2'))).toHaveLength(1)
  })
})

describe('decisions', () => {
  const of = (id: string, name: string | null, details: object = {}) =>
    aRuledFinding({
      ...{ check: 'security-updates', id, package: name, fixedVersion: null, installable: null, details },
    })

  test('when several packages have no support, then they are named in one task', () => {
    const [task, ...more] = things(
      of('no-security-support', 'a', { origin: 'third-party' }),
      of('no-security-support', 'b', { origin: 'third-party' }),
    )
    expect(more).toEqual([])
    expect(task?.why).toBe('2 packages: a, b')
  })

  test('when the release has ended, then that, an older release and lost files are one task', () => {
    const lost = aRuledFinding({ package: 'tar', installable: false, archiveOffers: '2.6.2' })
    const [task, ...more] = things(
      of('end-of-life', null),
      of('not-current-stable', null, { support: 'end-of-life' }),
      lost,
    )
    expect(more).toEqual([])
    expect(task?.why).toMatch(/; no update can be installed for tar$/)
    expect(task?.findings.map(({ id }) => id)).toEqual(['end-of-life', 'not-current-stable', lost.id])
    expect(task?.checks).toEqual(['security-updates', 'clair'])
    // Files that are lost move the image alone, and an older release is a task of its own.
    const [first, second] = things(lost, of('not-current-stable', null, { support: 'lts' }))
    expect(first?.findings.map(({ id }) => id)).toEqual(['not-current-stable'])
    expect(second).toMatchObject({ kind: 'decide', why: 'no update can be installed for tar' })
  })
})
