// How strong the tests of the pure code are: makes a random sample of small changes ("mutants") to it, and runs the tests
// that execute the changed place. A mutant that no test notices survives. docs/truth.md says how to read the result.
// Run: node script/mutants.mjs [--seed TEXT] [--count N] [--workers N] [--result FILE] [PATH…]
//   --seed    the same seed, code and tests make the same sample (default: the commit)
//   --result  writes a result as Jest does, of a single test, for script/counts.mjs
//   PATH…     only files below these paths
// A tester such as StrykerJS does not fit: its Jest runner needs Jest's own test environment, and with its command runner
// each mutant takes a whole run of the tests; it draws no sample.
//
// The sample has as many mutants of each kind as possible, or texts would be half of it. The tests are those of `unit` and
// the property tests of `system`, nearest first, up to the first failure. A mutant that they miss but the compiler rejects
// is killed by `npm run check` too, unless the compiler only finds something unused: whoever makes the mistake would
// remove that as well. script/lib/accepted-mutants.json lists mutants that change nothing or cannot be reached, and why.
import { execFileSync, fork, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import folders from '../__tests__/support/jest/folders.mjs'
import endFolders from '../__tests__/support/jest/folders-end.mjs'
import config from '../jest.config.js'
import { mutantsOf } from './lib/mutations.mjs'
import { scanTree, sourceTree } from './lib/source.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const RATE = 0.95
const MOST_ACCEPTED = 0.12
const PURE = /^src\/(judge|policy|debian|osv|inventory)\//
const INTERPRETERS = /^src\/checks\/[^/]+\/interpret\.ts$/
/** Tests of what collects, writes and publishes: they run little of the pure code, and none of it alone. */
const ELSEWHERE = /^__tests__\/unit\/(action|io|publish|repository|start)\//
const ACCEPTED = 'script/lib/accepted-mutants.json'
/** CPU time of a test file, besides five times what it takes without a mutant: only a mutant that hangs needs more. */
const SPARE_SECONDS = 10

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

function testFiles() {
  const system = config.projects.find(({ displayName }) => displayName === 'system').testMatch
  return fs
    .readdirSync('__tests__', { recursive: true })
    .filter((name) => /^(unit|cases)\/.*\.test\.ts$/.test(name))
    .map((name) => `__tests__/${name}`)
    .filter((path) => !ELSEWHERE.test(path))
    .filter((path) => !system.includes(`<rootDir>/${path}`))
    .sort()
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

function cpuSeconds(pid) {
  try {
    const [user, system] = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .split(') ')[1]
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) / 100
  } catch {
    return 0
  }
}

/** Runs tests in a process of their own. `got` takes what it sends and returns how much CPU time it has from then on. */
function runTests(message, got) {
  const done = Promise.withResolvers()
  const child = fork('script/lib/mutant-tests.mjs', {
    execArgv: ['--no-warnings', '--max-old-space-size=1500'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  let limit = Number.POSITIVE_INFINITY
  const watch = setInterval(() => cpuSeconds(child.pid) > limit && child.kill('SIGKILL'), 500)
  child.on('message', (sent) => {
    limit = cpuSeconds(child.pid) + got(sent)
  })
  child.on('exit', (code, signal) => {
    clearInterval(watch)
    done.resolve(code ?? signal)
  })
  child.send(message)
  return done.promise
}

/** Calls `work` for each item, `workers` at a time. */
async function inParallel(items, workers, work) {
  const queue = [...items]
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: workers }, lane))
}

/** Whether `ran`, functions with their ranges as V8 reports them, includes the position. */
function includes(ran, at) {
  const around = ran.flat().filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
  const [inner] = around.sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))
  return inner !== undefined && inner.count > 0
}

/** How many imports lie between each file and `path`, for all that import it. */
function distancesTo(path, files) {
  const distances = new Map([[path, 0]])
  for (const [imported, distance] of distances) {
    for (const [file, { targets }] of files) {
      if (targets.has(imported) && !distances.has(file)) {
        distances.set(file, distance + 1)
      }
    }
  }
  return distances
}

/** Runs the tests once, and finds those that execute each mutant's place, nearest first, with the time they take. */
async function findTests(sample, files, workers) {
  const scope = [...new Set(sample.map(({ path }) => path))]
  const distances = new Map(scope.map((path) => [path, distancesTo(path, files)]))
  const tests = testFiles().filter((test) => scope.some((path) => distances.get(path).has(test)))
  const [all, onImport, failures] = [[], new Set(), []]
  const got = ({ test, ran, ms, failure }) => {
    const places = new Map(ran)
    const executed = sample.filter(({ path, start }) => includes(places.get(path) ?? [], start))
    if (test === null) {
      executed.map((mutant) => onImport.add(mutant))
    } else {
      all.push({ test, ms, executed: new Set(executed) })
      failures.push(...(failure === null ? [] : [failure]))
    }
    return Number.POSITIVE_INFINITY
  }
  const parts = Array.from({ length: workers }, (_, n) => tests.filter((_, at) => at % workers === n))
  const ends = await Promise.all(parts.map((part) => runTests({ tests: part, scope }, got)))
  if (failures.length > 0 || ends.some((end) => end !== 0)) {
    throw new Error(`the tests do not pass without a mutant (${ends})\n${failures.join('\n')}`)
  }
  return (mutant) => {
    const from = distances.get(mutant.path)
    const order = ({ test, ms }) => from.get(test) * 1000 + ms
    return all
      .filter(({ test, executed }) => from.has(test) && (onImport.has(mutant) || executed.has(mutant)))
      .sort((a, b) => order(a) - order(b))
  }
}

/** What kills the mutant: the name of a test file, how the process ended, or null. */
async function killerOf(mutant, tests) {
  let killer = null
  const end = await runTests({ tests: tests.map(({ test }) => test), mutant }, (sent) => {
    killer = sent.killer ?? null
    return SPARE_SECONDS + (5 * (tests.find(({ test }) => test === sent.starts)?.ms ?? 0)) / 1000
  })
  return killer ?? (end === 0 ? null : `ended: ${end}`)
}

/** Whether the compiler rejects the mutant, in a copy of src. */
function isRejected({ path, mutated }, copy) {
  const file = join(copy, path)
  const original = fs.readFileSync(file)
  fs.writeFileSync(file, mutated)
  const { status } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', copy], { stdio: 'ignore' })
  fs.writeFileSync(file, original)
  return status !== 0
}

/** The copy in which the compiler checks mutants. */
function makeCopy() {
  const copy = fs.mkdtempSync(join(tmpdir(), 'mutants-'))
  fs.cpSync('src', join(copy, 'src'), { recursive: true })
  fs.cpSync('package.json', join(copy, 'package.json'))
  fs.symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, incremental: true }
  const options = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['src'] }
  fs.writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(options))
  return copy
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    workers: { type: 'string' },
    result: { type: 'string' },
  },
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
const isAccepted = ({ path, change }) => accepted.some((one) => one.path === path && one.change === change)
const tried = sample.filter((mutant) => !isAccepted(mutant))
const testsOf = await findTests(tried, files, workers)
const copy = makeCopy()
const [byTests, byTypes, survivors] = [[], [], []]
await inParallel(tried, workers, async (mutant) => {
  const tests = testsOf(mutant)
  const killer = await killerOf(mutant, tests)
  const list = killer !== null ? byTests : isRejected(mutant, copy) ? byTypes : survivors
  list.push(mutant)
  if (list === survivors) {
    console.log(
      `survived  ${mutant.path}:${mutant.line}  ${mutant.kind}  (${tests.length} test files)\n          ${mutant.change}`,
    )
  }
})
fs.rmSync(copy, { recursive: true })
endFolders()
const rate = 1 - survivors.length / tried.length
const enough =
  rate >= RATE && sample.length - tried.length <= MOST_ACCEPTED * sample.length && stale.length === 0
for (const { path, change } of stale) {
  console.log(`accepted, but no longer in the code: ${path} ${change}`)
}
console.log(
  `seed ${seed}: ${sample.length} mutants of ${every.length}; ${byTests.length} killed by tests, ${byTypes.length} by types, ` +
    `${sample.length - tried.length} accepted, ${survivors.length} survived; ${(100 * rate).toFixed(1)} % killed`,
)
if (values.result) {
  const counts = { numPassedTests: Number(enough), numFailedTests: Number(!enough) }
  const none = { numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 }
  fs.writeFileSync(values.result, JSON.stringify({ ...counts, ...none }))
}
process.exitCode = enough ? 0 : 1
