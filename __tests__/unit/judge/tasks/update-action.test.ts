import { describe, expect, test } from '@jest/globals'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import type { AptSource } from '../../../../src/model/packages/apt-source.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { aBinary, anImageVerdict, aRuledFinding, type RuledPart } from '../../../support/builders.js'

const update = (name: string, fixedVersion: string, part: RuledPart = {}) =>
  aRuledFinding({
    check: 'security-updates',
    id: 'security-update',
    package: name,
    fixedVersion,
    severity: 'unknown',
    binaries: [aBinary({ name })],
    ...part,
  })
const commandFor = (...findings: RuledFinding[]) => imageTasks(anImageVerdict({ findings }))[0]?.command

describe('the update of both checks', () => {
  test('when both ask for a package, then it is one task, and no version is pinned: the version stands with the package', () => {
    const cve = aRuledFinding({ package: 'perl', binaries: [aBinary({ name: 'perl-base' })] })
    const [action, ...more] = imageTasks(
      anImageVerdict({ findings: [cve, update('perl-base', '5.36.0-7+deb12u4')] }),
    )
    expect(more).toEqual([])
    expect(action?.title).toBe('Update 1 package')
    expect(action?.command).toMatch(/--only-upgrade perl-base$/)
    expect(action?.dockerfile).toMatch(/--only-upgrade \\\n +perl-base \\\n/)
    expect(action?.packages).toMatchObject([{ name: 'perl-base', fixedVersion: '5.36.0-7+deb12u4' }])
    expect(action?.checks).toEqual(['clair', 'security-updates'])
  })

  test('when a version looks like Debian’s and may be a vendor’s, then both ways are named', () => {
    const why = (name: string, version: string) =>
      imageTasks(
        anImageVerdict({ findings: [update(name, '9', { binaries: [aBinary({ name, version })] })] }),
      )[0]?.why
    expect(why('rabbitmq-server', '3.9.10-1')).toContain(
      '; if rabbitmq-server is from RabbitMQ, update it there instead',
    )
    expect(why('haproxy', '2.4.22-1~bpo11+1')).toContain('; if haproxy is from haproxy.debian.net, update')
    for (const version of ['2.6.12-1+deb12u1', '2.6.12-1.1', '2.6.12-1+b1', '2.6.12+dfsg-1']) {
      expect(why('haproxy', version)).not.toContain('haproxy.debian.net')
    }
    expect(why('nginx', '1.22.1-9')).not.toContain('nginx.org')
  })

  test('when many packages may be of vendors, then five of them are named', () => {
    const names = Array.from({ length: 6 }, (_, at) => `erlang-${at}`)
    const version = '3.9.10-1'
    const findings = names.map((name) => update(name, '9', { binaries: [aBinary({ name, version })] }))
    const [action] = imageTasks(anImageVerdict({ findings }))
    expect(
      [...(action?.why ?? '').matchAll(/; if (\S+) is from RabbitMQ,/g)].map(([, name]) => name),
    ).toEqual(names.slice(0, 5))
  })

  test('when the image lacks the security suite, then the command brings it', () => {
    const missing = update('x', '1', {
      id: 'no-security-source',
      package: null,
      fixedVersion: null,
      binaries: [],
      details: { codename: 'bookworm' },
      blocks: false,
    })
    expect(commandFor(update('apt', '2.6.2'), missing)).toMatch(/^echo 'deb .* bookworm-security main' >/)
  })

  test('when a package is from a component that the image lacks, then the command adds its source, and removes it', () => {
    const line = 'deb [signed-by=/k.gpg] http://a.example/debian bookworm contrib'
    const aptSource: AptSource = {
      ...{ uri: 'http://a.example/debian', suite: 'bookworm', component: 'contrib' },
      signedBy: '/k.gpg',
      style: 'one-line',
    }
    const of = update('nvidia-modprobe', '2', { aptSource })
    const other = update('unrar', '2', {
      aptSource: { ...aptSource, component: 'non-free' },
      blocks: false,
    })
    const [action] = imageTasks(anImageVerdict({ findings: [of, update('apt', '2.6.2'), other] }))
    const file = '/etc/apt/sources.list.d/zz-seaworthy.list'
    expect(action?.command).toBe(
      `printf '%s\\n' '${line}' >${file} && apt-get update && apt-get install -y --only-upgrade apt nvidia-modprobe && rm -f ${file}`,
    )
    expect(action?.dockerfile).toContain(`\\\n && rm -f ${file} \\\n && rm -rf /var/lib/apt/lists/*`)
    expect(action?.why).toContain(
      "; the image's apt sources lack bookworm contrib, so the command adds this source, and removes it afterwards",
    )
  })

  test('when a package is on hold, then apt is allowed to change it, and the reader is reported', () => {
    const onHold = update('perl-base', '5.36', { heldBack: { by: 'hold', text: 'it is on hold' } })
    const [action] = imageTasks(anImageVerdict({ findings: [onHold, update('apt', '2.6.2')] }))
    expect(action?.command).toMatch(/install -y --allow-change-held-packages --only-upgrade apt perl-base$/)
    expect(action?.why).toContain('; on hold in the image: perl-base')
    expect(commandFor(update('apt', '2.6.2'))).toMatch(/install -y --only-upgrade apt$/)
  })

  test('when the image has no apt, then there is no command of apt, and what else can be done is reported', () => {
    const [action] = imageTasks(anImageVerdict({ findings: [update('libssl3', '3.0.2', { hasApt: false })] }))
    expect(action).toMatchObject({ title: 'Update 1 package', command: null, dockerfile: null })
    expect(action?.why).toContain('; the image has no apt: rebuild it on a newer base')
  })

  test('when two architectures are offered different versions, then the package is listed with neither', () => {
    const findings = [update('libc6', '2.36-9'), update('libc6', '2.36-8')]
    expect(imageTasks(anImageVerdict({ findings }))[0]?.packages).toMatchObject([{ fixedVersion: null }])
  })

  test('when a version has odd characters, then it is not in the command', () => {
    expect(commandFor(update('apt', '2.6;reboot'))).toMatch(/ apt$/)
  })
})

describe('the CVEs of an update', () => {
  const perl = (cves: readonly string[] | null) =>
    update('perl-base', '5.36.0-7+deb12u4', { cves, binaries: [aBinary({ name: 'perl-base' })] })
  const fromClair = (id: string, severity: 'high' | 'low', blocks = true) =>
    aRuledFinding({ id, severity, blocks, package: 'perl', binaries: [aBinary({ name: 'perl-base' })] })
  const whyOf = (...findings: RuledFinding[]) => imageTasks(anImageVerdict({ findings }))[0]

  test('when both checks name one, then it is counted once, and the package has them all', () => {
    const action = whyOf(fromClair('CVE-2026-1', 'high'), perl(['CVE-2026-1', 'CVE-2026-2']))
    expect(action?.why).toBe('1 Debian security update; fixes 2 CVEs: 1 high, 1 not rated')
    expect(action?.packages).toEqual([
      {
        name: 'perl-base',
        version: '2.6.1',
        fixedVersion: '5.36.0-7+deb12u4',
        cves: ['CVE-2026-1', 'CVE-2026-2'],
      },
    ])
  })

  test('when a finding that does not block has one, then its severity is known', () => {
    const action = whyOf(perl(['CVE-2026-2']), fromClair('CVE-2026-2', 'low', false))
    expect(action?.why).toBe('1 Debian security update; fixes 1 CVE, low')
  })

  test('when they are not known, then nothing is said of them, and null is not none', () => {
    expect([whyOf(perl(null))?.why, whyOf(perl([]))?.why]).toEqual(Array(2).fill('1 Debian security update'))
    expect([whyOf(perl(null))?.packages[0]?.cves, whyOf(perl([]))?.packages[0]?.cves]).toEqual([null, []])
  })
})

describe('foreign architectures', () => {
  const libc = (architecture: string, version: string) =>
    update('libc6', version, { binaries: [aBinary({ name: 'libc6', architecture })] })

  test('when a package is of a foreign one, then apt is reported which', () => {
    expect(commandFor(libc('amd64', '2.36-9'), libc('i386', '2.36-8'))).toMatch(/ libc6 libc6:i386$/)
  })

  test('when only Clair found it, then the foreign package is named all the same', () => {
    const binaries = [
      aBinary({ name: 'libc6', architecture: 'i386' }),
      aBinary({ name: 'tzdata', architecture: 'all' }),
    ]
    expect(commandFor(aRuledFinding({ binaries }))).toMatch(/ libc6:i386 tzdata$/)
  })

  test('when an architecture has odd characters, then the package stays out', () => {
    expect(commandFor(libc('i386;x', '1'))).toBeNull()
  })

  test("when the image's own architecture is not known, then none is named", () => {
    const findings = [libc('amd64', '2.36-9')]
    const [action] = imageTasks(anImageVerdict({ architecture: null, findings }))
    expect(action?.command).toMatch(/ libc6$/)
  })
})

describe('packages of a system inside the image', () => {
  const nested = (packageDb: string) =>
    aRuledFinding({ package: 'perl', binaries: [aBinary({ name: 'perl-base' })], packageDb })

  test('when one has a fix, then it is a thing of its own, and not of the apt-get of the image', () => {
    const things = imageTasks(
      anImageVerdict({ findings: [aRuledFinding(), nested('srv/root/var/lib/dpkg/status')] }),
    )
    expect(things.map(({ title }) => title)).toEqual([
      'Update 2 packages',
      'Update 1 package in the nested system whose package database is srv/root/var/lib/dpkg/status',
    ])
    expect(things[0]?.command).not.toContain('perl-base')
    expect(things[1]?.command).toBe(
      'chroot /srv/root apt-get update && chroot /srv/root apt-get install -y --only-upgrade perl-base',
    )
    expect(things[1]?.why).toContain("image's apt-get does not update these packages")
  })

  test.each([
    'srv/app/status.d',
    'srv/status',
    'a b/var/lib/dpkg/status',
    'x;id/var/lib/dpkg/status',
    '../var/lib/dpkg/status',
  ])('when its database is at %s, then there is no command', (path) => {
    expect(commandFor(nested(path))).toBeNull()
  })
})
