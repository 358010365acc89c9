// How strong the tests of the pure code are: makes a random sample of small changes ("mutants") to it, and runs the tests
// that execute the changed place. A mutant that no test notices survives. docs/truth.md says how to read the result.
// Run: node script/mutants.mjs [--seed TEXT] [--count N] [--workers N] [--result FILE] [PATH…]
//   --seed    the same seed, code and tests make the same sample (default: the commit)
//   --result  writes a result as Jest does, of a single test, for script/counts.mjs
//   PATH…     only files below these paths
// StrykerJS 10 does not fit: it ends at its start, because TypeScript 7 has no JavaScript API; it draws no sample; and its
// Jest runner learns from Jest's test environment, which our runner does not load, which tests execute a mutant.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import folders from '../__tests__/support/jest/folders.mjs'
import endFolders from '../__tests__/support/jest/folders-end.mjs'
import { findTests, isNoticed, rejectedOf } from './lib/mutant-runs.mjs'
import { mutantsOf } from './lib/mutants-of.mjs'
import { scanTree, sourceTree } from './lib/source.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const RATE = 0.95
const MOST_ACCEPTED = 0.12
const PURE = /^src\/(judge|policy|debian|osv|inventory)\//
const INTERPRETERS = /^src\/checks\/[^/]+\/interpret\.ts$/
const ACCEPTED = 'script/lib/accepted-mutants.json'

/** The pure folders, and each check's interpreter with what it imports of its check; without data that scripts write. */
function pureFiles(tree, files) {
  const found = new Set()
  const visit = (path) => {
    if (path.startsWith('src/checks/') && !found.has(path)) {
      found.add(path)
      files.get(path).targets.forEach(visit)
    }
  }
  const paths = [...tree.keys()]
  paths.filter((path) => INTERPRETERS.test(path)).forEach(visit)
  return paths
    .filter((path) => PURE.test(path) || found.has(path))
    .filter((path) => !tree.get(path).startsWith('// Made by script/'))
}

/** Numbers from 0 to 1 that depend only on the seed. */
function* numbers(seed) {
  for (let n = 0; ; n++) {
    yield createHash('sha256').update(`${seed} ${n}`).digest().readUInt32BE() / 2 ** 32
  }
}

/** One mutant of each kind in turn, at random, until there are enough. */
function sampleOf(mutants, seed, count) {
  const random = numbers(seed)
  const kinds = Object.values(Object.groupBy(mutants, ({ kind }) => kind))
  const sample = []
  while (sample.length < Math.min(count, mutants.length)) {
    for (const left of kinds.filter((list) => list.length > 0)) {
      sample.push(...left.splice(Math.floor(random.next().value * left.length), 1))
    }
  }
  return sample.slice(0, count)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(
    ['seed', 'count', 'workers', 'result'].map((name) => [name, { type: 'string' }]),
  ),
})
process.chdir(ROOT)
const seed = values.seed ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const workers = Number(values.workers ?? Math.min(2, availableParallelism()))
folders()

const tree = sourceTree()
const files = scanTree(new Map([...tree, ...sourceTree(ROOT, '__tests__')]))
const every = pureFiles(tree, files).flatMap((path) => mutantsOf(path, tree.get(path)))
const accepted = JSON.parse(fs.readFileSync(ACCEPTED, 'utf8'))
const stale = accepted.filter(
  (one) => !every.some(({ path, change }) => path === one.path && change === one.change),
)
const wanted = every.filter(
  ({ path }) => positionals.length === 0 || positionals.some((one) => path.startsWith(one)),
)
const sample = sampleOf(wanted, seed, Number(values.count ?? 300))
const whyAccepted = ({ path, change }) =>
  accepted.find((one) => one.path === path && one.change === change)?.why
const tried = sample.filter((mutant) => whyAccepted(mutant) === undefined)
const [equivalent, dead] = ['equivalent', 'dead'].map(
  (why) => sample.filter((one) => whyAccepted(one) === why).length,
)
const { testsOf, failures } = await findTests(tried, files, workers)
for (const failure of failures) {
  console.log(`fails without a mutant: ${failure}`)
}
const [byTests, missed] = [[], []]
const queue = [...tried]
const lane = async () => {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const list = (await isNoticed(mutant, testsOf(mutant))) ? byTests : missed
    list.push(mutant)
  }
}
await Promise.all(Array.from({ length: workers }, lane))
const byTypes = rejectedOf(missed)
const survivors = missed.filter((mutant) => !byTypes.includes(mutant))
endFolders()
for (const mutant of survivors) {
  const { path, line, kind, change } = mutant
  console.log(
    `survived  ${path}:${line}  ${kind}  (${testsOf(mutant).length} test files)\n          ${change}`,
  )
}
const rate = 1 - survivors.length / tried.length
const enough =
  rate >= RATE && equivalent + dead <= MOST_ACCEPTED * sample.length && stale.length + failures.length === 0
for (const { path, change } of stale) {
  console.log(`accepted, but no longer in the code: ${path} ${change}`)
}
console.log(
  [
    `seed ${seed}: ${sample.length} of ${wanted.length} mutants`,
    `${byTests.length} killed by tests, ${byTypes.length} by types`,
    `${equivalent} equivalent, ${dead} dead code`,
    `${survivors.length} survived`,
    `rate ${(100 * rate).toFixed(1)} %`,
  ].join('; '),
)
if (values.result) {
  const counts = { numPassedTests: Number(enough), numFailedTests: Number(!enough) }
  const none = { numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 }
  fs.writeFileSync(values.result, JSON.stringify({ ...counts, ...none }))
}
process.exitCode = enough ? 0 : 1
