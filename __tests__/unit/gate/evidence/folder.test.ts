import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Collected } from '../../../../src/gate/collected.js'
import { clearEvidence, loadEvidence, saveEvidence } from '../../../../src/gate/evidence/folder.js'
import { PROBLEM_CODES } from '../../../../src/model/problem-codes.js'
import { TODAY, aLayer, aProblem, aSource, anEvidence, anImage, someApplications } from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'
import { anyCharacter } from '../../../support/characters.js'
import fc from 'fast-check'
import { runs } from '../../../support/runs.js'

let folder: string
let evidence: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  evidence = join(folder, 'evidence')
})
afterEach(() => rmSync(folder, { recursive: true }))

const COLLECTED: Collected = {
  reference: 'app:1',
  image: anImage(),
  problem: null,
  evidence: [anEvidence({ documents: { 'report.json': '{"a": 1}\n' } })],
  dockerfiles: [{ file: 'Dockerfile', text: 'FROM scratch\r\n', named: false, problem: null }],
  platform: 'all',
  others: { notExamined: ['linux/arm64'], skipped: [], unknown: null },
}
const UNOPENED: Collected = {
  reference: 'gone:1',
  image: null,
  problem: aProblem({ code: 'no-such-image' }),
  evidence: [anEvidence({ problem: aProblem() })],
  dockerfiles: [], platform: null, others: null,
}

/** All files below a folder, sorted. */
function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()
}

/** Saves, changes evidence.json (or another file) and loads again. */
function loadChanged(change: (text: string) => string, file = 'evidence.json') {
  saveEvidence(evidence, TODAY, [COLLECTED])
  const path = join(evidence, file)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  return problemThrownBy(() => loadEvidence(evidence))
}

test('when the inputs of the run are saved, then they are read again; older evidence has none', () => {
  saveEvidence(evidence, TODAY, [COLLECTED], { 'fail-on': 'medium', release: '1.2.3' })
  expect([...loadEvidence(evidence).inputs]).toEqual([
    ['fail-on', 'medium'],
    ['release', '1.2.3'],
  ])
  const path = join(evidence, 'evidence.json')
  const { inputs: _, ...older } = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(older))
  expect([...loadEvidence(evidence).inputs]).toEqual([])
})

describe('an index that nobody can have meant', () => {
  test.each<[string, (index: { today: string; images: { evidence: unknown[] }[] }) => object, string]>([
    ['no image', (index) => ({ ...index, images: [] }), 'images: there are no images'],
    ['a day that is none', (index) => ({ ...index, today: '2026-02-30' }), 'today: it is not a date'],
    [
      'two answers of one check',
      (index) => ({
        ...index,
        images: index.images.map((one) => ({ ...one, evidence: one.evidence.concat(one.evidence) })),
      }),
      'images.0.evidence: a check appears twice',
    ],
  ])('when it has %s, then that is told, and it is not left to the judge', (_, change, what) => {
    expect(loadChanged((text) => JSON.stringify(change(JSON.parse(text))))).toMatchObject({
      code: 'evidence-unreadable',
      what: expect.stringContaining(what),
    })
  })
})

describe('a round trip', () => {
  test('when a file says all that it can about an application, then nothing of it is lost', () => {
    const statements = [
      {
        ...({ kind: 'npm', name: 'acme', version: '1.2.3', inside: null, arch: 'amd64', sha1: '0' } as const),
        ...({ isFromCheckout: true, isLoose: true } as const),
      },
    ]
    const applications = someApplications({ files: { 'opt/acme/package.json': { md5: null, says: statements } } })
    const saved = { ...COLLECTED, image: anImage({ layers: [aLayer({ applications })] }) }
    saveEvidence(evidence, TODAY, [saved])
    expect(loadEvidence(evidence).collected).toEqual([saved])
  })

  test('when evidence is saved, then its documents are files as the tools printed them', () => {
    saveEvidence(evidence, TODAY, [COLLECTED, UNOPENED])
    expect(filesBelow(evidence)).toEqual([
      ...['evidence.json', 'image-0/clair/report.json', 'image-0/dockerfiles.json', 'image-0/image.json'],
    ])
    expect(readFileSync(join(evidence, 'image-0/clair/report.json'), 'utf8')).toBe('{"a": 1}\n')
    expect(loadEvidence(evidence)).toEqual({ today: TODAY, inputs: new Map(), collected: [COLLECTED, UNOPENED] })
  })

  test('when anything was collected, then it comes back as it was', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}(\.[a-z]{1,4})?$/)
    const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.json()).filter((one) => one.isWellFormed())
    const plain = fc.string({ unit: 'grapheme' })
    const maybe = fc.option(plain)
    const made = fc.record({
      reference: plain,
      image: fc.option(
        fc.record({
          reference: plain,
          files: fc.dictionary(plain, text),
          digest: plain,
          config: fc.object(),
        }),
      ),
      problem: fc.option(fc.record({ code: fc.constantFrom(...PROBLEM_CODES), what: plain, where: plain, todo: plain })),
      evidence: fc.uniqueArray(
        fc.record({
          check: fc.constantFrom('clair', 'security-updates', 'docker-bench'),
          documents: fc.dictionary(name, text, { noNullPrototype: true }),
          sources: fc.array(
            fc.record(
              {
                name: plain,
                url: plain,
                fetchedAt: maybe,
                date: maybe,
                rows: fc.option(fc.nat()),
                signedBy: plain,
              },
              { requiredKeys: ['name', 'url', 'fetchedAt', 'date', 'rows'] },
            ),
          ),
          tookMs: fc.nat(),
        }),
        { selector: ({ check }) => check },
      ),
    })
    fc.assert(
      fc.property(fc.array(made, { minLength: 1, maxLength: 3 }), (all) => {
        const collected = all.map(({ reference, image, problem, evidence: pieces }): Collected => {
          const { files, ...rest } = image ?? { files: {} }
          return {
            reference,
            problem,
            image:
              image && anImage({ ...rest, layers: [aLayer({ files: JSON.parse(JSON.stringify(files)) })] }),
            evidence: pieces.map((one) =>
              anEvidence({ ...one, sources: one.sources.map((part) => aSource(part)) } as object),
            ),
            dockerfiles: [], platform: null, others: null,
          }
        })
        saveEvidence(evidence, TODAY, collected)
        // What JSON does not tell apart (-0 and 0) is not asked for.
        expect(JSON.stringify(loadEvidence(evidence).collected)).toBe(
          JSON.stringify(sorted(collected)),
        )
      }),
      runs(60),
    )
  })
})

/** With documents in the order in which they are loaded, and members as the index has them. */
function sorted(collected: readonly Collected[]) {
  return collected.map(({ reference, problem, image, evidence: pieces, dockerfiles, platform, others }) => ({
    reference,
    problem,
    image,
    evidence: pieces.map((one) => ({
      ...one,
      documents: Object.fromEntries(Object.entries(one.documents).sort(([a], [b]) => (a < b ? -1 : 1))),
    })),
    dockerfiles,
    platform,
    others,
  }))
}

describe('saveEvidence', () => {
  test('when it is saved twice, then nothing of the first is left', () => {
    const first = { ...COLLECTED, evidence: [anEvidence({ documents: { 'old.json': '1' } })] }
    saveEvidence(evidence, TODAY, [first, first, first])
    saveEvidence(evidence, '2027-01-01', [COLLECTED])
    expect(filesBelow(evidence)).toEqual([
      ...['evidence.json', 'image-0/clair/report.json', 'image-0/dockerfiles.json', 'image-0/image.json'],
    ])
    expect(loadEvidence(evidence)).toEqual({ today: '2027-01-01', inputs: new Map(), collected: [COLLECTED] })
  })

  test('when the folder is there and empty, then it is used', () => {
    mkdirSync(evidence)
    saveEvidence(evidence, TODAY, [COLLECTED])
    expect(existsSync(join(evidence, 'evidence.json'))).toBe(true)
  })

  test.each(['.git', 'src', 'image-0', 'evidence.json.bak'])(
    'when the folder holds %s and no evidence, then nothing in it is touched',
    (name) => {
      mkdirSync(join(evidence, name), { recursive: true })
      writeFileSync(join(evidence, name, 'mine'), 'mine')
      const problem = problemThrownBy(() => saveEvidence(evidence, TODAY, [COLLECTED]))
      expect(problem).toMatchObject({ code: 'evidence-folder-in-use', where: evidence })
      expect(filesBelow(evidence)).toEqual([`${name}/mine`])
    },
  )

  test('when evidence lies next to files of others, then these stay', () => {
    saveEvidence(evidence, TODAY, [COLLECTED])
    writeFileSync(join(evidence, 'notes.txt'), 'mine')
    saveEvidence(evidence, TODAY, [UNOPENED])
    expect(filesBelow(evidence)).toEqual(['evidence.json', 'notes.txt'])
  })

  test('when a workflow uploads the folder, then files of others next to evidence are refused, and none is touched', () => {
    saveEvidence(evidence, TODAY, [COLLECTED])
    const before = filesBelow(evidence)
    clearEvidence(evidence, true)
    expect(filesBelow(evidence)).toEqual([])
    saveEvidence(evidence, TODAY, [COLLECTED])
    writeFileSync(join(evidence, 'notes.txt'), 'mine')
    const problem = problemThrownBy(() => clearEvidence(evidence, true))
    expect(problem).toMatchObject({ code: 'evidence-folder-in-use', what: expect.stringContaining('notes.txt') })
    expect(filesBelow(evidence)).toEqual([...before, 'notes.txt'].sort())
  })

  test('when the name is that of a file, then that is reported, and the file stays', () => {
    writeFileSync(evidence, 'mine')
    expect(problemThrownBy(() => saveEvidence(evidence, TODAY, [COLLECTED])).code).toBe('file-unreadable')
    expect(readFileSync(evidence, 'utf8')).toBe('mine')
  })
})

describe('loadEvidence', () => {
  test('when there is no such folder, or no index in it, then that is reported', () => {
    for (const path of [join(folder, 'none'), folder]) {
      const problem = problemThrownBy(() => loadEvidence(path))
      expect(problem).toMatchObject({ code: 'evidence-unreadable', where: join(path, 'evidence.json') })
    }
  })

  test.each([
    '../x',
    '../../secret.json',
    '/etc/passwd',
    '..',
    '.',
    '.hidden',
    '',
    'a/b.json',
    'a\\b.json',
    'A.json',
    'a\0.json',
    'a.json\n',
    'é.json',
    '__proto__',
  ])('when a document is called %j, then it is refused, and nothing is read', (name) => {
    writeFileSync(join(folder, 'secret.json'), 'secret')
    const problem = loadChanged((text) => text.replace('"report.json"', JSON.stringify(name)))
    expect(problem).toMatchObject({ code: 'evidence-unreadable' })
    expect(problem.what).toContain('is not a valid document name')
  })

  test.each(['../image-0/clair', '..', 'Clair', 'nonsense'])(
    'when a check is called %j, then it is refused',
    (name) => {
      const problem = loadChanged((text) =>
        text.replace('"check": "clair"', `"check": ${JSON.stringify(name)}`),
      )
      expect(problem.code).toBe('evidence-unreadable')
    },
  )

  test('when a document is missing, then it is named, and not taken for an empty one', () => {
    saveEvidence(evidence, TODAY, [COLLECTED])
    const path = join(evidence, 'image-0/clair/report.json')
    rmSync(path)
    const problem = problemThrownBy(() => loadEvidence(evidence))
    expect(problem).toMatchObject({ code: 'evidence-unreadable', where: path })
  })

  test('when the image is missing, then it is named', () => {
    saveEvidence(evidence, TODAY, [COLLECTED])
    const path = join(evidence, 'image-0/image.json')
    rmSync(path)
    expect(problemThrownBy(() => loadEvidence(evidence))).toMatchObject({
      code: 'evidence-unreadable',
      where: path,
    })
  })

  test.each<[string, (text: string) => string]>([
    ['another format', (text) => text.replace('"format": 1', '"format": 2')],
    ['no format', (text) => text.replace('"format": 1,', '')],
    ['half of it', (text) => text.slice(0, text.length / 2)],
    ['nothing', () => ''],
    ['null', () => 'null'],
    ['a list', () => '[]'],
    ['no images', (text) => text.replace('"images"', '"pictures"')],
    ['images that are none', () => `{"format":1,"today":"${TODAY}","images":[null]}`],
    ['no date', (text) => text.replace('"today"', '"tomorrow"')],
    ['documents that are no list', (text) => text.replace(/"documents": \[[^\]]*\]/, '"documents": {}')],
    ['a problem that is none', (text) => text.replace('"problem": null', '"problem": "x"')],
  ])('when the index has %s, then the evidence is unreadable', (_, change) => {
    const problem = loadChanged(change)
    expect(problem).toMatchObject({ code: 'evidence-unreadable', where: join(evidence, 'evidence.json') })
  })

  test('when a problem has a code that is in no table, then that is reported', () => {
    saveEvidence(evidence, TODAY, [UNOPENED])
    const path = join(evidence, 'evidence.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('no-such-image', 'no-such-code'))
    expect(problemThrownBy(() => loadEvidence(evidence)).what).toContain(
      'images.0.problem.code: this version of Seaworthy does not recognize the problem code',
    )
  })

  test.each<[string, (text: string) => string]>([
    ['no layers', (text) => text.replace('"layers"', '"leaves"')],
    ['layers without files', (text) => text.replace('"files":{}', '"files":null')],
    ['a file that is no text', (text) => text.replace('"files":{}', '"files":{"etc/os-release":1}')],
    ['half of it', (text) => text.slice(0, text.length / 2)],
    ['null', () => 'null'],
  ])('when the image has %s, then the evidence is unreadable', (_, change) => {
    const problem = loadChanged(change, 'image-0/image.json')
    expect(problem).toMatchObject({
      code: 'evidence-unreadable',
      where: join(evidence, 'image-0/image.json'),
    })
  })
})
