import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aptStatesOf } from '../../src/checks/security-updates/apt-states.js'
import { readArchive } from '../../src/checks/security-updates/archive/document.js'
import { archiveCanaryProblem } from '../../src/checks/security-updates/canary.js'
import { matchHistory } from '../../src/dockerfile/match.js'
import { parseDockerfile } from '../../src/dockerfile/parse.js'
import { loadEvidence } from '../../src/gate/evidence/folder.js'
import { listingOf } from '../../src/inventory/listing.js'
import { judge } from '../../src/judge/judge.js'
import { globMatches } from '../../src/model/glob.js'
import { dictionaryCanary } from '../../src/policy/dictionary/canary.js'
import { DEFAULT_DICTIONARY } from '../../src/policy/dictionary/default.js'
import { addEntries, EMPTY_WHITELIST, removeEntries } from '../../src/policy/whitelist/edit.js'
import { loadWhitelist } from '../../src/policy/whitelist/includes.js'
import { readWhitelist } from '../../src/policy/whitelist/read.js'
import { readYaml } from '../../src/policy/yaml/read.js'
import { renderSarif } from '../../src/reports/sarif/sarif.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  anImageVerdict,
  aPolicy,
  aRuledFinding,
  aVerdict,
  aWhitelistEntry,
  TODAY,
} from '../support/builders.js'
import { anImage, line, strictly } from '../unit/checks/docker-bench/builtin/builders.js'
import { aPublishSetting } from '../unit/publish/publish-setting.js'

// What must be quick whatever it is given. Limits of wall-clock time hold on a machine that does nothing else,
// so they are here and not among the unit tests. That the results are right is tested there.

/** Milliseconds that work takes. */
async function timed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

describe('Dockerfiles', () => {
  const match = (text: string, createdBy: string) =>
    matchHistory(
      parseDockerfile(text),
      [{ createdBy, comment: null, created: null, emptyLayer: false }],
      null,
    )

  test('when a file has thousands of variables and stages, then it is done in time', async () => {
    const took = await timed(() => {
      match(`FROM a\nENV B=${'$A-a'.repeat(20_000)}\n`, `ENV B=${'-a'.repeat(100_000)}b`)
      match('FROM a AS a\nRUN x\n'.repeat(5000), '/bin/sh -c x')
      match(`FROM a\nRUN <<A <<B\n${'A\n'.repeat(10_000)}`, '/bin/sh -c x')
    })
    expect(took).toBeLessThan(5000)
  })
})

describe('a whitelist of 10,000 entries', () => {
  const LINES = 10_000
  const FINDINGS = 100
  const text = (id: (index: number) => string, more: (index: number) => string) =>
    `version: 1\nentries:\n${Array.from(
      { length: LINES },
      (_, index) =>
        `  - id: ${id(index)}\n    package: ${more(index)}\n    reason: the function that is concerned is never called in this service, see the review of May\n    owner: platform\n    added: 2026-11-01\n    expires: 2027-03-31\n`,
    ).join('')}`
  const id = (index: number) => `CVE-2026-${10_000 + index}`

  test.each<[string, (index: number) => string, (index: number) => string]>([
    ['all about one CVE and one package', () => id(1), (index) => `apt\n    images: ["other:${index}"]`],
    ['each about another CVE', id, () => 'apt'],
    ['all about one CVE', () => id(1), (index) => `pkg${index}`],
  ])('when they are %s, then reading and judging takes seconds at most', async (_, ids, packages) => {
    const took = await timed(() => {
      const span = { today: TODAY, maxSpan: 365 }
      const { entries } = loadWhitelist('w.yml', text(ids, packages), () => null, span)
      const findings = Array.from({ length: FINDINGS }, (_, index) =>
        aFinding({ id: ids(index), package: packages(index).split('\n')[0] ?? null, severity: 'low' }),
      )
      const answers = [{ evidence: anEvidence(), answer: anAnswer(findings) }]
      const verdict = judge([aJudgedInput([], { answers })], aPolicy(entries), TODAY)
      const isForIt = !packages(0).includes('images')
      expect(verdict.images[0]?.findings.every(({ ruling }) => ruling === 'accepted')).toBe(isForIt)
      const unused = verdict.policyNotices.filter(({ kind }) => kind === 'unused')
      expect(unused).toHaveLength(isForIt ? LINES - FINDINGS : 0)
    })
    expect(took).toBeLessThan(20_000)
  })

  test('when entries are added and taken out, then that takes seconds at most', async () => {
    const entry = (at: string) => {
      const { place: _, ...entry } = aWhitelistEntry({ added: '2026-11-24', id: at })
      return entry
    }
    const many = Array.from({ length: LINES }, (_, index) => entry(id(index)))
    const text = addEntries(EMPTY_WHITELIST, 'w.yml', many)
    const took = await timed(() => {
      const more = addEntries(text, 'w.yml', [entry('CVE-2031-0001'), entry('CVE-2031-0002')])
      expect(removeEntries(more, 'w.yml', new Set([LINES, LINES + 1]))).toBe(text)
      const all = new Set(Array.from({ length: LINES - 1 }, (_, index) => index + 1))
      expect(readWhitelist(removeEntries(more, 'w.yml', all), 'w.yml').entries).toHaveLength(3)
    })
    expect(took).toBeLessThan(10_000)
  })
})

test('when YAML is an alias bomb, then it is refused at once', async () => {
  const levels = Array.from({ length: 18 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`)
  const text = ['l0: &l0 lol', ...levels, ''].join('\n')
  expect(await timed(() => readYaml(text, 'p.yml'))).toBeLessThan(1000)
})

test('when pattern and text are made to be slow, then matching them is quick all the same', async () => {
  const took = await timed(() => {
    expect(globMatches(`${'a*'.repeat(5000)}b`, 'a'.repeat(100_000))).toBe(false)
    expect(globMatches(`*${'a*'.repeat(5000)}c*`, `${'a'.repeat(100_000)}b`)).toBe(false)
  })
  expect(took).toBeLessThan(1000)
})

test('when a list has 30,000 findings, then SARIF of it is there in seconds', async () => {
  const findings = Array.from({ length: 30_000 }, (_, at) => aRuledFinding({ id: `CVE-2026-${10_000 + at}` }))
  const verdict = aVerdict({ images: [anImageVerdict({ findings })] })
  const took = await timed(() => renderSarif(verdict, { name: 'seaworthy', version: '1.2.3' }))
  expect(took).toBeLessThan(10_000)
})

test('when there are 5,000 tasks, then the check run is published in time', async () => {
  const setting = await aPublishSetting()
  const findings = Array.from({ length: 5000 }, (_, index) =>
    // Without a fix each is a task of its own, and so an annotation.
    aRuledFinding({
      package: `p${index}`,
      fixedVersion: null,
      installable: null,
      policy: { file: 'Dockerfile', line: (index % 9) + 1 },
    }),
  )
  const verdict = aVerdict({ images: [anImageVerdict({ findings })] })
  const took = await timed(() => setting.publish(verdict, { comment: 'never' }))
  expect(setting.stub.checkRuns[0]?.annotations).toHaveLength(5000)
  await setting.close()
  expect(took).toBeLessThan(10_000)
})

describe('the built-in rules', () => {
  test.each([
    'a.',
    'mysql ',
    'machine a login b ',
    '<<A\n',
    'x<<A ;',
    `sudo ${'-'.repeat(150)}<<A\nA\n`,
    'useradd -p',
    'eyJ-',
    'SG.',
    '-----BEGIN A ',
    'A="',
    '-a ',
    'x://',
    'A=\'\\"',
    '`$(',
    '/x #(nop) ',
  ])('when an instruction is half a million characters of %j, then it is judged in time', async (part) => {
    const text = part.repeat(Math.ceil(500_000 / part.length))
    const image = anImage({ Env: [`A=${text}`] }, [line(`RUN /bin/sh -c ${text}apt-get update`), line(text)])
    expect(await timed(() => strictly('4.10', { images: [image] }))).toBeLessThan(3000)
  })
})

test('when the canaries of real evidence are timed, then they cost under 0.2 s together', async () => {
  const { today, collected } = loadEvidence(join(import.meta.dirname, '../cases/base-bullseye/evidence'))
  const [first] = collected
  const evidence = first?.evidence.find(({ check }) => check === 'security-updates')
  if (!first?.image || !evidence) {
    throw new Error('the evidence is not what it was')
  }
  const { reference } = aptStatesOf(listingOf(first.image).root, readArchive(evidence), evidence)
  const context = { reference: first.reference, today, evidence: new Set<string>() }
  const look = () => {
    expect(archiveCanaryProblem(reference)).toBeNull()
    expect(dictionaryCanary(DEFAULT_DICTIONARY, context)).toEqual({ note: 'canary found' })
  }
  // The best of three: the first compiles.
  const took = [await timed(look), await timed(look), await timed(look)]
  expect(Math.min(...took)).toBeLessThan(200)
})
