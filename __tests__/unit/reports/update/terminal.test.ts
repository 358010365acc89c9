import { describe, expect, test } from '@jest/globals'
import { renderUpdate } from '../../../../src/reports/update/terminal.js'
import type { UpdateOutcome } from '../../../../src/update/plan/outcome.js'
import { holdAdvice } from '../../../../src/update/plan/plan.js'
import { aRuledApplication, aRuledFinding } from '../../../support/builders.js'

const ok = { ok: true, ended: 'exit 0', seconds: 1.2, attempt: 1, output: '' }
const perl = {
  name: 'perl',
  architecture: 'amd64',
  from: '5.36-1',
  to: '5.36-2',
  fixes: ['CVE-2026-1'],
}
const outcome: UpdateOutcome = {
  outcome: 'partly-updated',
  image: 'app:1',
  platform: 'linux/amd64',
  id: 'sha256:1',
  before: 'fail',
  after: 'pass',
  packages: [perl],
  leftOut: [{ package: { ...perl, name: 'zlib1g' }, by: 'test', message: 'exit 1\nE: no\u001b[2J' }],
  along: [{ name: 'libnew', from: null, to: '1' }],
  others: [],
  test: 'command',
  testBefore: ok,
  testAfter: { ...ok, attempt: 2 },
  patched: { id: 'sha256:2', name: 'app:1-patched', pushed: null, grewBytes: 3 * 2 ** 20 },
  worse: [],
  needless: [],
  dockerfile: null,
}

describe('renderUpdate', () => {
  test('when all that has an update is on hold, then that is reported, with what to do', () => {
    const leftOut = [{ package: perl, by: 'hold', message: holdAdvice(['perl']) } as const]
    const nothing = { packages: [], along: [], after: null, patched: null, testBefore: null, testAfter: null }
    expect(renderUpdate({ ...outcome, ...nothing, outcome: 'breaks', leftOut })).toBe(
      [
        'Not updated: every package that has an update is on hold in the image',
        'left out: perl=5.36-2: the package is on hold',
        '    perl is on hold in the image; to allow the update, run apt-mark unhold perl',
        '',
      ].join('\n'),
    )
  })

  test('when the test may not test the image, then the line about it says so', () => {
    const testBefore = outcome.testBefore && { ...outcome.testBefore, isImageUnused: true as const }
    expect(renderUpdate({ ...outcome, testBefore }).split('\n')).toContain(
      'command before: passes (exit 0, 1.2 s, but it may not test this image)',
    )
  })

  test('when packages were brought up and one was left out, then both are reported, and how the test went', () => {
    expect(renderUpdate(outcome).split('\n')).toEqual([
      'Partly updated, and the image still works: 1 package',
      '  perl 5.36-1 → 5.36-2  CVE-2026-1',
      'also installed by apt: libnew=1',
      'left out: zlib1g=5.36-2: the test fails with this update',
      '    E: no\\u{1b}[2J',
      'command before: passes (exit 0, 1.2 s)',
      'command after: passes (exit 0, 1.2 s, but only on attempt 2, so it fails sometimes)',
      'verdict: fail before, pass after',
      'patched image: app:1-patched (3.0 MiB larger)',
      '',
    ])
  })

  test('when several are left out by the same words, then these are said once', () => {
    const leftOut = ['a', 'b'].map((name) => ({
      package: { ...perl, name },
      by: 'build' as const,
      message: 'E: no',
    }))
    const text = renderUpdate({ ...outcome, leftOut: [...leftOut, ...outcome.leftOut] })
    expect(text).toContain(
      [
        'left out: a=5.36-2: the image cannot be built with this update',
        'left out: b=5.36-2: the image cannot be built with this update',
        '    E: no',
        'left out: zlib1g=5.36-2: the test fails with this update',
      ].join('\n'),
    )
  })

  test.each([
    ['pass', "Rebuild the image without changes; it passes on today's base: 1 package"],
    ['fail', "Rebuild the image without changes; today's base has the updates: 1 package"],
  ] as const)(
    'when a rebuild alone is enough and the verdict is %s then, then that is not said wrongly',
    (after, line) => {
      const text = renderUpdate({ ...outcome, outcome: 'rebuild', leftOut: [], after })
      expect(text.split('\n')[0]).toBe(line)
    },
  )

  test('when the test was broken before, then its last words are reported', () => {
    const testBefore = { ...ok, ok: false, ended: 'exit 3', output: 'a\nb' }
    const broken = {
      ...outcome,
      outcome: 'broken-before' as const,
      packages: [],
      leftOut: [],
      along: [],
      testBefore,
    }
    const text = renderUpdate({ ...broken, testAfter: null, after: null, patched: null })
    const silent = { ...broken, testBefore: { ...testBefore, output: '' } }
    expect(renderUpdate({ ...silent, testAfter: null, after: null, patched: null })).not.toMatch(/\n *\n/)
    expect(text).toBe(
      'Not updated: the test fails on the unchanged image\ncommand before: fails (exit 3, 1.2 s)\n    a\n    b\nto do: make the test pass on the unchanged image, or pass another --test\n',
    )
  })
})

test('when packages of the application are left, then what a person changes is named, each once', () => {
  const others = [aRuledFinding(), aRuledApplication(), aRuledApplication({ id: 'CVE-2021-1' })]
  expect(renderUpdate({ ...outcome, others })).toContain(
    [
      '3 findings that no update resolves: CVE-2026-10001 in apt, CVE-2021-23337 in npm/lodash, CVE-2021-1 in npm/lodash',
      '  Change package.json: use npm/lodash 4.17.21 or later',
      '',
    ].join('\n'),
  )
})

test('when programs and vendors’ packages are left, then each has what a person does, with the vendor’s command', () => {
  const nginx = aRuledApplication({
    package: 'program/nginx',
    kind: 'bitnami',
    version: '1.27.3',
    fixedVersion: '1.30.4',
    settles: '1.30.4',
    vendor: { title: 'nginx.org', packages: ['nginx'] },
  })
  const unfixed = aRuledApplication({ ...nginx, fixedVersion: null, settles: null })
  const { vendor: _, ...node } = { ...nginx, package: 'program/node', fixedVersion: '18.20.8', settles: null }
  const ended = aRuledFinding({
    id: 'program-end-of-life',
    package: 'program/node',
    details: { title: 'Node.js', branch: '18', state: 'past', newest: '26' },
  })
  const vendors = aRuledFinding({
    check: 'security-updates',
    id: 'no-security-support',
    package: 'mongodb-org',
    details: { origin: 'third-party', vendor: 'repo.mongodb.org' },
  })
  const acme = aRuledFinding({
    check: 'security-updates',
    id: 'no-security-support',
    package: 'acme',
    details: { origin: 'third-party' },
  })
  expect(
    renderUpdate({ ...outcome, others: [nginx, node, unfixed, ended, vendors, acme] })
      .split('\n')
      .filter((line) => /^ {2}[A-Z]/.test(line)),
  ).toEqual([
    "  Update nginx from nginx.org: use program/nginx 1.30.4 or later: apt-get update && apt-get install -y --only-upgrade 'nginx=*~*[a-z]'",
    "  Change the Dockerfile's line that installs it: use program/node 18.20.8 or later",
    '  No fix exists: remove program/nginx, accept CVE-2021-23337 with max-severity: high, or add a VEX statement',
    '  Move to a maintained branch of Node.js: the newest is 26',
    '  Update these packages from repo.mongodb.org, and accept them in a whitelist entry with the id no-security-support',
  ])
})
