import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { joinAll } from '../../../src/gate/joins.js'
import type { JudgedInput } from '../../../src/judge/answers.js'
import { judge } from '../../../src/judge/judge.js'
import type { CheckId } from '../../../src/model/checks.js'
import type { OtherPlatforms } from '../../../src/model/image/platforms.js'
import type { Verdict } from '../../../src/model/verdict.js'
import { DEFAULT_GATE, type GatePolicy } from '../../../src/policy/gate/thresholds.js'
import { headline } from '../../../src/reports/view/headline.js'
import { unexaminedOf } from '../../../src/reports/view/platforms.js'
import { aJudgedInput, anAnswer, anEvidence, anImage, aPolicy, TODAY } from '../../support/builders.js'
import { runs } from '../../support/runs.js'

const NO_OTHERS: OtherPlatforms = { notExamined: [], skipped: [], unknown: null }
const platform = (architecture: string) => ({ os: 'linux', architecture, variant: null })

function input(architecture: string, part: Partial<JudgedInput> = {}): JudgedInput {
  return aJudgedInput([], {
    image: anImage({ platform: platform(architecture) }),
    others: NO_OTHERS,
    ...part,
  })
}
const { minor } = DEFAULT_GATE.releases
const ALIKE = { major: minor, minor, patch: minor }
const lacking = { answers: [{ evidence: anEvidence(), answer: anAnswer() }] }

function judged(inputs: readonly JudgedInput[], gate: Partial<GatePolicy> = {}): Verdict {
  // Docker Bench and tests of a release are other tests' matter.
  const policy = aPolicy([], { benchEngine: 'builtin', releases: ALIKE, ...gate })
  return judge(joinAll(inputs, policy), policy, TODAY)
}
const rulingsOf = (verdict: Verdict) =>
  verdict.images.map((image) => `${image.platform?.architecture ?? '?'} ${image.verdict}`)

describe('when an index has platforms that nobody has looked at', () => {
  const others = { ...NO_OTHERS, notExamined: ['linux/arm64', 'linux/s390x'] }

  test('then they are reported, and only where something is to be released they are missing', () => {
    const verdict = judged([input('amd64', { others })])
    expect([verdict.verdict, rulingsOf(verdict)]).toEqual(['pass', ['amd64 pass']])
    expect(unexaminedOf(verdict)[0]).toContain('linux/arm64, linux/s390x not examined')
    const release = judged([input('amd64', { others })], { release: 'patch' })
    expect([release.verdict, rulingsOf(release)]).toEqual([
      'incomplete',
      ['amd64 pass', 'arm64 incomplete', 's390x incomplete'],
    ])
    expect(release.images[1]).toMatchObject({
      ...{ distribution: null, architecture: null, packageCount: null, packages: null, applications: null },
      ...{ digest: null, others: null, platform: { os: 'linux', architecture: 'arm64', variant: null } },
    })
    expect(release.images[1]?.checks[0]?.problem).toMatchObject({
      code: 'platform-not-examined',
      what: 'the image is being released, but its platform linux/arm64 was not examined',
      where: 'app:1.4.0',
    })
  })

  test('then each that is missing has a task that says what to do, and so has what nobody knows', () => {
    const release = { release: 'patch' } as const
    const unsure = { ...NO_OTHERS, unknown: 'the registry has none of the digests' }
    const output = [input('amd64', { others }), input('amd64', { others: unsure })].map((one) => {
      const problem = judged([one], release).images[1]?.checks[0]?.problem
      return [problem?.code, problem?.todo]
    })
    expect(output).toEqual([
      ['platform-not-examined', expect.stringContaining('platform')],
      ['platforms-unknown', expect.stringContaining('platform')],
    ])
  })

  test('then each is missing once, however many platforms were judged', () => {
    const release = judged([input('amd64', { others }), input('386', { others })], { release: 'minor' })
    expect(rulingsOf(release)).toEqual(['amd64 pass', '386 pass', 'arm64 incomplete', 's390x incomplete'])
  })

  test('then nobody knowing which there are is no answer either, unless a person has named what is judged', () => {
    const unsure = { others: { ...NO_OTHERS, unknown: 'no answer' } }
    expect(judged([input('amd64', unsure)]).verdict).toBe('pass')
    const release = judged([input('amd64', unsure)], { release: 'patch' })
    expect(release.verdict).toBe('incomplete')
    expect(release.images[1]?.checks[0]?.problem).toMatchObject({
      code: 'platforms-unknown',
      what: 'the image is being released, but its other platforms are not known: no answer',
      where: 'app:1.4.0',
    })
    const named = input('amd64', { ...unsure, platform: 'linux/amd64' })
    expect(judged([named], { release: 'patch' }).verdict).toBe('pass')
    expect(unexaminedOf(judged([named]))[0]).toContain(
      'may have other platforms, which could not be listed: no answer',
    )
  })
})

test('when two platforms are of two Debian releases, then the second has a finding that blocks', () => {
  const trixie = { codename: 'trixie', distribution: 'Debian 13 trixie' }
  const verdict = judged([input('amd64'), input('arm64', trixie)])
  expect(rulingsOf(verdict)).toEqual(['amd64 pass', 'arm64 fail'])
  expect(verdict.images[1]?.findings.map(({ id }) => id)).toEqual(['platforms-of-other-releases'])
  const [finding] = verdict.images[1]?.findings ?? []
  expect(finding).toMatchObject({
    why: 'linux/arm64 is Debian 13 trixie, but linux/amd64 is Debian 12 bookworm',
    details: { codename: 'trixie', others: 'bookworm' },
  })
  const other = judged([input('amd64'), input('arm64', { ...trixie, reference: 'other:1' })])
  expect(rulingsOf(other)).toEqual(['amd64 pass', 'arm64 pass'])
  // Of one whose release is not known, nothing can be said.
  const unknown = { codename: null, distribution: null }
  expect(rulingsOf(judged([input('amd64', unknown), input('arm64', trixie), input('386')]))).toEqual([
    'amd64 pass',
    'arm64 pass',
    '386 fail',
  ])
})

test('when platforms are of two releases, then the check of the release reports it, else another that has findings', () => {
  const trixie = { codename: 'trixie', distribution: 'Debian 13 trixie' }
  const answer = (check: CheckId) => ({ evidence: anEvidence({ check }), answer: anAnswer([], check) })
  const reporting = (...checks: readonly CheckId[]) => {
    const answers = checks.map(answer)
    const [, second] = joinAll([input('amd64'), input('arm64', { ...trixie, answers })], aPolicy())
    return second?.answers.flatMap((one) =>
      one.answer.state === 'answered' && one.answer.findings.length > 0 ? [one.evidence.check] : [],
    )
  }
  expect(reporting('clair', 'security-updates')).toEqual(['security-updates'])
  expect(reporting('docker-bench', 'clair')).toEqual(['clair'])
  expect(reporting('docker-bench')).toEqual([])
})

test('when a platform is worse, then the headline names it first, and as the one that counts among several images', () => {
  const both = [input('amd64'), input('arm64', lacking)]
  expect(headline(judged(both), (text) => text)).toMatch(
    /^app:1.4.0 on 2 platforms \(linux\/arm64 fail, linux\/amd64 pass\) may not be released: 1 task$/,
  )
  const three = judged([...both, input('amd64', { reference: 'other:1' })])
  expect(headline(three, (text) => text)).toContain('3 images (1 fail, 2 pass; app:1.4.0 (linux/arm64))')
})

describe('whatever is judged', () => {
  const inputs = fc.uniqueArray(fc.constantFrom('amd64', 'arm64', 's390x'), { minLength: 1 }).chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .record({
            isLacking: fc.boolean(),
            codename: fc.constantFrom('bookworm', 'trixie'),
            problem: fc.option(fc.constant({ code: 'no-space', what: 'w', where: 'w', todo: 't' } as const)),
            notExamined: fc.subarray(['linux/386', 'linux/riscv64']),
            unknown: fc.option(fc.constant('no answer')),
          })
          .map(({ isLacking, notExamined, unknown, codename, problem }) =>
            input(name, {
              ...(isLacking ? lacking : {}),
              codename,
              problem,
              ...(problem === null ? {} : { image: null }),
              others: { notExamined, skipped: [], unknown },
            }),
          ),
      ),
    ),
  )
  const gates = fc.constantFrom<Partial<GatePolicy>>({}, { release: 'patch' }, { release: 'major' })

  test('then more platforms never make the verdict milder', () => {
    fc.assert(
      fc.property(inputs, gates, (all, gate) => {
        const [first] = all
        const one = first === undefined ? 'pass' : judged([first], gate).verdict
        if (one !== 'pass') {
          expect(judged(all, gate).verdict).not.toBe('pass')
        }
      }),
    )
  })

  test('then what the index has next to it, and a release, never make it milder', () => {
    fc.assert(
      fc.property(inputs, (all) => {
        const alone = judged(all.map((one) => ({ ...one, others: null })))
        for (const more of [judged(all), judged(all, { release: 'patch' })]) {
          expect(more.images.slice(0, all.length).map(({ verdict }) => verdict)).toEqual(
            alone.images.map(({ verdict }) => verdict),
          )
          if (alone.verdict !== 'pass') {
            expect(more.verdict).not.toBe('pass')
          }
        }
      }),
    )
  })

  test('then the worst platform counts, whatever the order in which the index names them', () => {
    const orders = inputs.chain((all) =>
      fc.record({ all: fc.constant(all), other: fc.shuffledSubarray([...all], { minLength: all.length }) }),
    )
    const STATUSES = ['pass', 'incomplete', 'fail'] as const
    const worst = ({ images }: Verdict) =>
      STATUSES[Math.max(...images.map(({ verdict }) => STATUSES.indexOf(verdict)))]
    fc.assert(
      fc.property(orders, gates, ({ all, other }, gate) => {
        const [one, two] = [judged(all, gate), judged(other, gate)]
        expect([one.verdict, two.verdict]).toEqual([worst(one), worst(two)])
        expect(two.verdict === 'pass').toBe(one.verdict === 'pass')
        // A platform that could not be opened has no check that could tell of its other release.
        if (all.every(({ problem }) => problem === null)) {
          expect(two.verdict).toBe(one.verdict)
        }
      }),
      {
        ...runs(1000),
        // What only one of the platforms says of the others.
        examples: [0, 1].map((first) => {
          const others = [{ notExamined: ['linux/386'], skipped: [], unknown: 'no answer' }, NO_OTHERS]
          const all = ['amd64', 'arm64'].map((name, at) =>
            input(name, { others: others[(first + at) % 2] ?? null }),
          )
          return [{ all, other: all.toReversed() }, { release: 'patch' as const }] as [
            { all: typeof all; other: typeof all },
            Partial<GatePolicy>,
          ]
        }),
      },
    )
  })

  test('then naming all platforms, or more than the engine’s, never makes the default’s verdict milder', () => {
    const STATUSES = ['pass', 'incomplete', 'fail'] as const
    fc.assert(
      fc.property(inputs, gates, (all, gate) => {
        const rest = all.slice(1)
        const names = rest.map(({ image }, at) => `linux/${image?.platform.architecture ?? `other${at}`}`)
        // The engine's, with the others next to it that nobody looks at; then all of them.
        const bare = all.map((one) => ({ ...one, others: NO_OTHERS }))
        const byDefault = bare
          .slice(0, 1)
          .map((one) => ({ ...one, others: { ...NO_OTHERS, notExamined: names } }))
        const [alone, every] = [judged(byDefault, gate), judged(bare, gate)]
        if (gate.release == null) {
          expect(STATUSES.indexOf(every.verdict)).toBeGreaterThanOrEqual(STATUSES.indexOf(alone.verdict))
        } else if (names.length > 0) {
          // What is released is not passed by the engine's platform alone.
          expect(alone.verdict).not.toBe('pass')
        }
      }),
      runs(1000),
    )
  })
})
