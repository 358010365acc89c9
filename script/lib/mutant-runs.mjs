// How script/mutants.mjs runs tests and the compiler: which tests execute a mutant's place, and what notices the mutant.
import { fork, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
/** Tests of what collects, writes and publishes: they run little of the pure code, and none of it alone. */
const ELSEWHERE = /^__tests__\/unit\/(action|io|publish|repository|start)\//
/** Code that V8 has optimized does not count calls that it inlines: fewer tests would seem to execute a place. */
const COUNTED = ['--no-opt', '--no-maglev']
/** CPU time of a test file, besides five times what it takes without a mutant: only a mutant that hangs needs more. */
const SPARE_SECONDS = 10

function testFiles() {
  return fs
    .readdirSync('__tests__', { recursive: true })
    .filter((name) => /^(unit|cases)\/.*\.test\.ts$/.test(name))
    .map((name) => `__tests__/${name}`)
    .filter((path) => !ELSEWHERE.test(path))
    .filter((path) => !path.endsWith('.system.test.ts'))
    .sort()
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
    execArgv: ['--no-warnings', '--max-old-space-size=1500', ...(message.mutant ? [] : COUNTED)],
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

/**
 * Runs the tests once, and finds those that execute each mutant's place, nearest first, with the time they take. Tests
 * that fail without a mutant are left out.
 */
export async function findTests(sample, files, workers) {
  const scope = [...new Set(sample.map(({ path }) => path))]
  const distances = new Map(scope.map((path) => [path, distancesTo(path, files)]))
  const tests = testFiles().filter((test) => scope.some((path) => distances.get(path).has(test)))
  const [all, onImport] = [[], new Set()]
  const got = ({ test, ran, ms, failure }) => {
    const places = new Map(ran)
    const executed = sample.filter(({ path, start }) => includes(places.get(path) ?? [], start))
    if (test === null) {
      executed.map((mutant) => onImport.add(mutant))
    } else {
      all.push({ test, ms, failure, executed: new Set(executed) })
    }
    return Number.POSITIVE_INFINITY
  }
  const parts = Array.from({ length: workers }, (_, n) => tests.filter((_, at) => at % workers === n))
  const ends = await Promise.all(parts.map((part) => runTests({ tests: part, scope }, got)))
  if (ends.some((end) => end !== 0)) {
    throw new Error(`the tests did not run to their end: ${ends}`)
  }
  const testsOf = (mutant) => {
    const from = distances.get(mutant.path)
    const order = ({ test, ms }) => from.get(test) * 1000 + ms
    return all
      .filter(({ test, executed }) => from.has(test) && (onImport.has(mutant) || executed.has(mutant)))
      .filter(({ failure }) => failure === null)
      .sort((a, b) => order(a) - order(b))
  }
  return { testsOf, failures: all.flatMap(({ failure }) => failure ?? []) }
}

/** Whether a test fails with the mutant; a crash, and a test that takes too long, are noticed as well. */
export async function isNoticed(mutant, tests) {
  let failed = null
  const end = await runTests({ tests: tests.map(({ test }) => test), mutant }, (sent) => {
    failed = sent.failed ?? null
    return SPARE_SECONDS + (5 * (tests.find(({ test }) => test === sent.starts)?.ms ?? 0)) / 1000
  })
  return failed !== null || end !== 0
}

/** The mutants that the compiler rejects. It checks a copy of src with one mutant of each file at a time. */
export function rejectedOf(mutants) {
  const copy = makeCopy()
  const rejected = []
  const rest = Object.values(Object.groupBy(mutants, ({ path }) => path))
  while (rest.some((list) => list.length > 0)) {
    rejected.push(
      ...rejectedTogether(
        rest.flatMap((list) => list.pop() ?? []),
        copy,
      ),
    )
  }
  fs.rmSync(copy, { recursive: true })
  return rejected
}

/** All in different files. If a file without a mutant has an error, they are tried in smaller groups. */
function rejectedTogether(mutants, copy) {
  for (const { path, mutated } of mutants) {
    fs.writeFileSync(join(copy, path), mutated)
  }
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', copy, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: copy,
  })
  for (const { path } of mutants) {
    fs.copyFileSync(path, join(copy, path))
  }
  const wrong = new Set([...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, path]) => path))
  const own = mutants.filter(({ path }) => wrong.has(path))
  if (own.length === wrong.size || mutants.length === 1) {
    return wrong.size === 0 ? [] : mutants.length === 1 ? mutants : own
  }
  const half = Math.ceil(mutants.length / 2)
  return [mutants.slice(0, half), mutants.slice(half)].flatMap((part) => rejectedTogether(part, copy))
}

/** The copy in which the compiler checks mutants. */
function makeCopy() {
  const copy = fs.mkdtempSync(join(tmpdir(), 'mutants-'))
  fs.cpSync('src', join(copy, 'src'), { recursive: true })
  fs.cpSync('package.json', join(copy, 'package.json'))
  fs.symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, incremental: true }
  const [include, exclude] = [['src'], ['src/reports/html/browser']]
  const options = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include, exclude }
  fs.writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(options))
  return copy
}
