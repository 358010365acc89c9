import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { Collected } from '../../../src/gate/collected.js'
import { decide } from '../../../src/gate/decide.js'
import { loadEvidence } from '../../../src/gate/evidence/folder.js'
import { readJudging } from '../../../src/inputs/policies.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { jsonIn } from '../../../src/model/json.js'
import type { Verdict } from '../../../src/model/verdict.js'
import { DAMAGES, type Path, pathsIn, withValue } from '../../support/damaged-json.js'

/** Evidence of real scans whose images fail. */
const CASES = join(import.meta.dirname, '../../cases')
const back = process.cwd()
afterAll(() => process.chdir(back))

const isRow = (key: string) => /^(?:CVE-|TEMP-|\d+$|sha256:|[0-9a-f]{12,})/.test(key)
const kindOf = (path: Path) =>
  path.map((key) => (typeof key === 'number' || isRow(key) ? '#' : key)).join('/')
/** The first path of each kind: members of rows are alike. */
const firstPathsIn = (document: unknown) =>
  [...Map.groupBy(pathsIn(document), kindOf).values()].flatMap(([first]) => (first ? [first] : []))

/** What blocks, of the checks that have an answer; and those checks, each by its image. */
function blocking({ images }: Verdict) {
  const answered = images.flatMap(({ checks }, at) =>
    checks.flatMap(({ check, state }) => (state === 'answered' ? [`${at} ${check}`] : [])),
  )
  const found = images.flatMap(({ findings }, at) =>
    findings.flatMap(({ blocks, check, id, package: name }) =>
      blocks ? [{ of: `${at} ${check}`, key: `${at} ${check} ${id} ${name}` }] : [],
    ),
  )
  return { answered: new Set(answered), found, keys: new Set(found.map(({ key }) => key)) }
}

/** Documents that tools and servers write, or that say what they were asked. */
const RAW =
  /^(?:vulnerability-report|manifest|canary|update-operation|feeds|osv|clair-applications|archive|releases|run|info|image-inspect|history)\.json$/

test.each([
  'base-bookworm-main-only',
  'application-packages',
  'cvss-epss-kev',
  'of-other-origin',
  'bench-without-run-options',
])(
  'when any member of the evidence of %s is lost, or of another type, then nothing that blocked disappears from an answer',
  (story) => {
    process.chdir(join(CASES, story))
    const { today, collected } = loadEvidence('evidence')
    const judging = readJudging((name) => INPUTS.find((one) => one.name === name)?.default ?? '', today)
    const decided = (all: readonly Collected[]) => blocking(decide(all, judging.policy, judging.today))
    const before = decided(collected)
    const documents = collected.flatMap(({ evidence }, image) =>
      evidence.flatMap((one, check) =>
        Object.entries(one.documents).flatMap(([name, text]) =>
          RAW.test(name) ? [{ image, check, name, document: jsonIn(text) }] : [],
        ),
      ),
    )
    let count = 0
    for (const { image, check, name, document } of documents) {
      for (const path of firstPathsIn(document)) {
        // That the current stable release is not known is an answer: it is a finding of its own.
        const others = DAMAGES.filter(
          (one) => !(name === 'archive.json' && path.join() === 'stable' && one === null),
        )
        for (const value of others) {
          const text = JSON.stringify(withValue(document, path, value))
          const all = collected.map((one, at) => ({
            ...one,
            evidence: one.evidence.map((each, index) =>
              at === image && index === check
                ? { ...each, documents: { ...each.documents, [name]: text } }
                : each,
            ),
          }))
          const after = decided(all)
          const lost = before.found.filter(({ of, key }) => after.answered.has(of) && !after.keys.has(key))
          expect([name, path.join('.'), value, lost]).toEqual([name, path.join('.'), value, []])
          count += 1
        }
      }
    }
    expect(before.found.length).toBeGreaterThan(0)
    expect(count).toBeGreaterThan(100)
  },
)
