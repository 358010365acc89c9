import { describe, expect, test } from '@jest/globals'
import { isSafeName } from '../../../../src/debian/apt/command.js'
import { judge } from '../../../../src/judge/judge.js'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import type { BenchResultState } from '../../../../src/model/finding/bench.js'
import { obstacle } from '../../../../src/model/finding/obstacle.js'
import type { Rebuild } from '../../../../src/model/finding/update.js'
import { policyLine } from '../../../../src/model/place.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import {
  aBinary,
  aCheckResult,
  aJudgedInput,
  aLine,
  anImageVerdict,
  aPlace,
  aPolicy,
  aProblem,
  aRuledFinding,
  TODAY,
} from '../../../support/builders.js'

const ALL = ['CVE-2026-10001', 'CVE-2026-10002', 'CVE-2026-10003']
const things = (...findings: RuledFinding[]) => imageTasks(anImageVerdict({ findings }))

describe('things to do', () => {
  test('when many findings have a fix then one command updates all their binaries', () => {
    const findings = [
      aRuledFinding({ severity: 'critical', kev: true }),
      aRuledFinding({ id: 'CVE-2026-10002' }),
      aRuledFinding({ id: 'CVE-2026-10002', package: 'perl', binaries: [aBinary({ name: 'perl-base' })] }),
      aRuledFinding({ id: 'CVE-2026-10003', severity: 'unknown' }),
    ]
    expect(things(...findings)).toMatchObject([
      {
        kind: 'update',
        title: 'Update 3 packages',
        why: 'fixes 3 CVEs: 1 critical, 1 high, 1 not rated (CVE-2026-10001 in KEV)',
        command: 'apt-get update && apt-get install -y --only-upgrade apt libapt-pkg6.0 perl-base',
        dockerfile:
          'RUN apt-get update \\\n && apt-get install -y --only-upgrade \\\n      apt libapt-pkg6.0 perl-base \\\n && rm -rf /var/lib/apt/lists/*',
        where: null,
        checks: ['clair'],
        packages: [
          { name: 'apt', version: '2.6.1', fixedVersion: null, cves: ALL },
          { name: 'libapt-pkg6.0', version: '2.6.1', fixedVersion: null, cves: ALL },
          { name: 'perl-base', version: '2.6.1', fixedVersion: null, cves: ['CVE-2026-10002'] },
        ],
        findings,
      },
    ])
  })

  test('when only packages of other names have the fixes, then replacing is one task for each source, and no command updates it', () => {
    const botan = aRuledFinding({ package: 'botan3', binaries: [aBinary({ name: 'libbotan-3-7' })] })
    const findings = ['CVE-2026-10001', 'CVE-2026-10002'].map((id): RuledFinding => {
      return { ...botan, id, cves: [id], installable: true, archiveOffers: '3.12.0' } as RuledFinding
    })
    expect(things(...findings, aRuledFinding({ id: 'CVE-2026-10003' }))).toMatchObject([
      { kind: 'update', title: 'Update 2 packages', command: expect.not.stringContaining('libbotan') },
      {
        kind: 'decide',
        title: 'Replace libbotan-3-7, which no update fixes, or remove it',
        why: '2 vulnerabilities: the archive has the fix only in packages of other names',
        findings,
      },
    ])
  })

  test('when Docker Bench could not look for one reason then that is one thing to do, not its advice', () => {
    const because = 'not examined: The history is not known.'
    const bench = (id: string, state: BenchResultState, why = because) =>
      aRuledFinding({
        check: 'docker-bench',
        id,
        package: null,
        because: why,
        severity: 'unknown',
        state,
        why,
        ours: { title: `check ${id}`, advice: `Mend ${id}.` },
      })
    const notExamined = (id: string) => bench(id, 'not-evaluated')
    const done = things(
      notExamined('4.10'),
      bench('4.1', 'evaluated', 'WARN'),
      notExamined('4.7'),
      bench('4.8', 'not-evaluated', 'not examined: x'),
      notExamined('4.9'),
    )
    expect(done.map(({ title, why, findings }) => [title, why, findings.length])).toEqual([
      ['Mend 4.1', 'docker-bench 4.1: WARN.', 1],
      [
        'Make sure that 4.10, 4.9 and 4.7 can be examined, or list them under not_applicable',
        'docker-bench 4.10, 4.9, 4.7: not examined: The history is not known.',
        3,
      ],
      [
        'Make sure that 4.8 can be examined, or list it under not_applicable',
        'docker-bench 4.8: not examined: x.',
        1,
      ],
    ])
  })

  test('when all are of one severity then it is reported once', () => {
    const [one] = things(aRuledFinding())
    const [two] = things(aRuledFinding(), aRuledFinding({ id: 'CVE-2026-10002' }))
    expect([one?.why, two?.why]).toEqual(['fixes 1 CVE, high', 'fixes 2 CVEs, all high'])
  })

  test('when the base tag has moved on then the update says to rebuild first, and nothing more is promised', () => {
    const moved = aRuledFinding({
      check: 'security-updates',
      id: 'base-moved-on',
      ruling: 'noted',
      blocks: false,
      package: null,
      version: null,
      fixedVersion: null,
      installable: null,
      binaries: [],
    })
    const [update, ...others] = things(aRuledFinding(), moved)
    expect(update?.why).toBe(
      'fixes 1 CVE, high; rebuild with --pull first: the base tag has moved on, and the rebuild alone may install these updates',
    )
    expect(others).toEqual([])
  })

  test('when the packages of the new base were read then the update says how many a rebuild brings', () => {
    const moved = aRuledFinding({
      check: 'security-updates',
      id: 'base-moved-on',
      ruling: 'noted',
      blocks: false,
      package: null,
      version: null,
      fixedVersion: null,
      installable: null,
      binaries: [],
    })
    const security = (name: string, rebuild: Rebuild) =>
      aRuledFinding({
        check: 'security-updates',
        id: 'security-update',
        package: name,
        binaries: [aBinary({ name })],
        rebuild,
      })
    const [update] = things(
      security('apt', { what: 'brings', version: '2.6.2' }),
      security('curl', { what: 'not-of-base' }),
      moved,
    )
    expect(update?.why).toMatch(
      /the base tag has moved on, and the rebuild alone installs 1 of the 2 security updates$/,
    )
  })

  test.each([
    [
      'unofficial-base',
      { allowing: 'unproven' },
      "Build on one of Docker's official images, or allow this base in gate.yml (allowed-bases) and let the gate read it from its registry",
    ],
    [
      'base-not-known',
      {},
      'Prove what the image is built on: build it with the labels org.opencontainers.image.base.name and .digest',
    ],
    [
      'base-not-known',
      { stranger: 'harbor.example.org/hub/debian:trixie-slim' },
      'Let the gate ask harbor.example.org for the base, if you trust it (a label alone is not a sufficient reason): log in to it, or list harbor.example.org/hub/debian:trixie-slim in allowed-bases',
    ],
    ['base-label-contradicted', {}, 'Correct the label that names the base'],
  ])('when %s blocks then that is a thing of its own to do', (id, details, title) => {
    const finding = aRuledFinding({
      check: 'security-updates',
      id,
      package: null,
      version: null,
      fixedVersion: null,
      installable: null,
      binaries: [],
      details,
    })
    expect(things(finding)).toMatchObject([{ kind: 'decide', title }])
  })

  test('when content of several folders could not be read, then each kind is one task, with paths and reasons', () => {
    const unread = (id: 'not-examined-unreadable' | 'not-examined-cut', folder: string, cause: string) => {
      const details = { count: '2', paths: [`${folder}/a`, `${folder}/b`], folder, cause, spared: null }
      return judge([aJudgedInput([obstacle(id, 'why', details)])], aPolicy(), TODAY).images[0]?.findings ?? []
    }
    const done = things(
      ...unread('not-examined-unreadable', 'opt/x', 'no zip archive'),
      ...unread('not-examined-unreadable', 'srv/y', 'a sparse file'),
      ...unread('not-examined-cut', 'srv/z', 'more than 9'),
    )
    expect(done.map(({ title, why, findings }) => [title, why, findings.length])).toEqual([
      [
        "Replace or remove the files that the gate can't read, or examine them by other means and accept each path in a whitelist entry with the id not-examined-unreadable",
        '4 paths in opt/x, srv/y (no zip archive, a sparse file)',
        2,
      ],
      [
        'Remove what the image does not need until it is within the limit, or examine the rest by other means and accept each path in a whitelist entry with the id not-examined-cut',
        'why; unread is act',
        1,
      ],
    ])
  })

  test('when nothing blocks then there is nothing to do', () => {
    expect(things(aRuledFinding({ ruling: 'noted', blocks: false }))).toEqual([])
  })

  test('when a name could do something in a shell or in apt-get then it stays out of the command', () => {
    const binaries = ['apt', '$(id)', 'x;reboot', '-oDir=x', 'perl-', 'a b'].map((name) => aBinary({ name }))
    const [update] = things(aRuledFinding({ binaries }))
    expect(update?.command).toBe('apt-get update && apt-get install -y --only-upgrade apt')
    expect(update?.title).toBe('Update 6 packages')
    expect(update?.why).toBe('fixes 1 CVE, high; 5 left out of the command (invalid package name)')
  })

  test('when no name can be trusted then there is no command', () => {
    expect(things(aRuledFinding({ binaries: [aBinary({ name: '`id`' })] }))[0]?.command).toBeNull()
    expect(things(aRuledFinding({ binaries: [] }))[0]).toMatchObject({
      title: 'Update 1 package',
      command: null,
    })
  })

  test('when blocking findings are no update then each is its own thing, by risk', () => {
    const unfixed = { fixedVersion: null, installable: null, policy: aPlace() }
    const listed = things(
      aRuledFinding({ id: 'CVE-2026-1001', because: 'no fix in Debian bookworm', ...unfixed }),
      aRuledFinding({
        id: 'CVE-2026-1002',
        because: 'in KEV',
        kev: true,
        ...unfixed,
        debian: { kind: 'no-dsa', words: 'Minor' },
      }),
      aRuledFinding({
        id: 'CVE-2026-1003',
        because: 'no fix',
        severity: 'critical',
        ...unfixed,
        debian: { kind: 'no-dsa', words: 'Minor' },
      }),
      aRuledFinding({ check: 'docker-bench', id: '4.1', package: null, fixedVersion: null }),
      aRuledFinding(),
    )
    expect(listed.map(({ title, why, where }) => [title, why, where])).toEqual([
      [
        'Remove or replace apt: CVE-2026-1002 has no fix',
        'in KEV; Debian: no-dsa "Minor"',
        policyLine(aPlace()),
      ],
      [
        'No fix exists: remove apt, accept CVE-2026-1003 with max-severity: critical, or add a VEX statement',
        'no fix; Debian: no-dsa "Minor"',
        policyLine(aPlace()),
      ],
      ['Update 2 packages', 'fixes 1 CVE, high', null],
      ['Remove or replace apt: CVE-2026-1001 has no fix', 'no fix in Debian bookworm', policyLine(aPlace())],
      [
        'Resolve the finding for Docker Bench check 4.1',
        'docker-bench 4.1: fix 2.6.2 can be installed; high is at or above fail-on high.',
        null,
      ],
    ])
  })

  test('when findings are laid to lines then the update is where most of them are, the rest where each is', () => {
    const all = [
      aRuledFinding({ id: 'CVE-2026-1001', line: aLine({ line: 1 }) }),
      aRuledFinding({ id: 'CVE-2026-1002', line: aLine({ line: 4 }) }),
      aRuledFinding({ id: 'CVE-2026-1003', line: aLine({ line: 4 }), policy: aPlace() }),
      aRuledFinding({ id: 'CVE-2026-4', fixedVersion: null, line: aLine({ line: 7 }), policy: aPlace() }),
    ]
    const [update, other] = things(...all)
    expect([update?.kind, update?.where?.line, other?.kind, other?.where?.line]).toEqual([
      'update',
      4,
      'decide',
      7,
    ])
    expect(update?.why).toMatch(/; also at Dockerfile:1$/)
  })

  test('when the package is essential, then nobody is asked to remove it', () => {
    const minor = { kind: 'no-dsa', words: 'Minor' } as const
    const titleOf = (part: Parameters<typeof aRuledFinding>[0]) =>
      things(aRuledFinding({ id: 'CVE-2026-1001', package: 'tar', essential: ['tar'], ...part }))[0]?.title
    expect(titleOf({ fixedVersion: null, installable: null })).toBe(
      'Accept CVE-2026-1001 with max-severity: high until there is a fix, or wait: tar cannot be removed (Essential)',
    )
    expect(
      titleOf({ fixedVersion: null, installable: null, debian: minor, severity: 'high', kev: false }),
    ).toBe(
      'Accept CVE-2026-1001 with max-severity: high until there is a fix, or wait: tar cannot be removed (Essential)',
    )
    expect(titleOf({ fixedVersion: '1.35', installable: false })).toBe(
      'Accept CVE-2026-1001 with max-severity: high until 1.35 can be installed, or wait: tar cannot be removed (Essential)',
    )
  })

  test('when a fix cannot be installed then there is nothing to update', () => {
    expect(things(aRuledFinding({ installable: false }))[0]?.kind).toBe('decide')
  })

  test('when the image is not Debian then it has one thing to do, and no lines for a Dockerfile', () => {
    for (const code of ['not-debian', 'no-os-release', 'no-files'] as const) {
      const problem = aProblem({ code, what: 'the image is Alpine Linux v3.20', todo: 'use Debian' })
      const checks = (['security-updates', 'clair'] as const).map((check) =>
        aCheckResult({ check, state: 'unanswered', problem }),
      )
      const findings = [aRuledFinding({ check: 'docker-bench', id: '4.1', package: null })]
      expect(imageTasks(anImageVerdict({ checks, findings })).map(({ title }) => title)).toEqual([
        'Get an answer from security-updates, clair: use Debian',
      ])
    }
  })

  test('when no server can be reached then that is one thing, whichever checks need it', () => {
    const silent = (host: string) =>
      aProblem({ code: 'http-unreachable', what: `no ${host}`, unreachable: [host] })
    const unanswered = { state: 'unanswered' } as const
    const checks = [
      aCheckResult({ ...unanswered, check: 'security-updates', problem: silent('deb.debian.org') }),
      aCheckResult({
        ...unanswered,
        problem: { ...silent('nvd.nist.gov'), unreachable: ['nvd.nist.gov', 'www.cisa.gov'] },
      }),
      aCheckResult({ ...unanswered, check: 'docker-bench', problem: aProblem() }),
    ]
    expect(
      imageTasks(anImageVerdict({ checks, findings: [] })).map(({ title, why }) => [title, why]),
    ).toEqual([
      [
        expect.stringMatching(/^Get an answer from security-updates, clair: check the network and the proxy/),
        'security-updates, clair: 3 servers could not be reached: deb.debian.org, nvd.nist.gov, www.cisa.gov (network)',
      ],
      ['Get an answer from docker-bench: try --clair-timeout 180', expect.anything()],
    ])
  })

  test('when checks have no answer for one reason then that is one thing, and comes first', () => {
    const unanswered = { state: 'unanswered', problem: aProblem() } as const
    const image = anImageVerdict({
      checks: [
        aCheckResult(unanswered),
        aCheckResult({ ...unanswered, check: 'docker-bench' }),
        aCheckResult({ ...unanswered, check: 'security-updates', problem: aProblem({ what: 'no index' }) }),
      ],
    })
    expect(imageTasks(image).map(({ kind, title, why }) => [kind, title, why])).toEqual([
      [
        'answer',
        'Get an answer from clair, docker-bench: try --clair-timeout 180',
        'clair, docker-bench: Clair did not load the security tracker within 60 s (container seaworthy-clair-3f2a)',
      ],
      [
        'answer',
        'Get an answer from security-updates: try --clair-timeout 180',
        'security-updates: no index (container seaworthy-clair-3f2a)',
      ],
      ['update', 'Update 2 packages', 'fixes 1 CVE, high'],
    ])
  })
})

test('when a name is one of Debian’s then it is safe', () => {
  for (const name of ['apt', 'libapt-pkg6.0', 'g++', 'libstdc++6', 'linux-image-6.1.0-18-amd64', 'bc']) {
    expect([name, isSafeName(name)]).toEqual([name, true])
  }
  for (const name of [
    '',
    'a',
    'Apt',
    'a\nb',
    'apt ',
    'apt=1',
    'apt:i386',
    'apt/sid',
    '.apt',
    '+x',
    'apt\n',
  ]) {
    expect([name, isSafeName(name)]).toEqual([name, false])
  }
})

test('when packages of two vendors have no support, then each vendor’s are a task, and nobody’s are another', () => {
  const of = (name: string, details: { vendor?: string } = {}) =>
    aRuledFinding({
      check: 'security-updates',
      id: 'no-security-support',
      package: name,
      fixedVersion: null,
      installable: null,
      details: { origin: 'third-party', ...details },
    })
  const mongo = { vendor: 'repo.mongodb.org' }
  const findings = [
    of('acme'),
    of('mongodb-org', mongo),
    of('mongodb-mongosh', mongo),
    of('vault', { vendor: 'HashiCorp' }),
  ]
  expect(
    imageTasks(anImageVerdict({ findings })).map(({ title, findings: own }) => [
      title.slice(0, 46),
      own.length,
    ]),
  ).toEqual([
    ["Use packages from Debian's release instead of ", 1],
    ['Update these packages from repo.mongodb.org, a', 2],
    ['Update these packages from HashiCorp, and acce', 1],
  ])
})
