// `npm run test:live [-- WORD…]`: the tests with real Docker, Clair and apt; with words, those whose path contains
// one. Some tests look at everything in an engine, or kill what others would clean up: only tests that start no gate
// run next to those. The rest runs in parallel, because runs do not affect each other. Jest's results go to
// .cache/jest-live.json.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const patterns = process.argv.slice(2)
const resultsOf = (project) => join(ROOT, `.cache/jest-${project}.json`)
/** Hundreds of gates are started from the same files: Node compiles them once. */
const ENV = { NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'), ...process.env }
const COUNTS = [
  'numPassedTests',
  'numFailedTests',
  'numPendingTests',
  'numTodoTests',
  'numRuntimeErrorTestSuites',
]

/** Runs a project of jest.config.js; its output comes at its end if others run at the same time. */
function run(project, { workers = 1, isQuiet = false } = {}) {
  const done = Promise.withResolvers()
  const args = ['--selectProjects', project, '--forceExit', '--json', '--outputFile', resultsOf(project)]
  // `script/chance.mjs` asks for another order of the files.
  const order = process.env.SEAWORTHY_ORDER
    ? ['--testSequencer', join(ROOT, '__tests__/support/jest/shuffled.mjs')]
    : []
  const side = workers === 1 ? ['--runInBand'] : ['--maxWorkers', String(workers)]
  const child = spawn(
    process.execPath,
    [
      ...['--no-warnings', join(ROOT, 'node_modules/jest/bin/jest.js')],
      ...[...args, ...side, ...order, '--passWithNoTests', ...patterns],
    ],
    { cwd: ROOT, env: ENV, stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'] },
  )
  const results = []
  child.stdout?.on('data', (chunk) => results.push(chunk))
  child.stderr?.on('data', (chunk) => results.push(chunk))
  child.on('error', (error) => done.reject(error))
  child.on('close', (code) => {
    process.stdout.write(Buffer.concat(results))
    done.resolve(code === 0)
  })
  return done.promise
}

mkdirSync(join(ROOT, '.cache'), { recursive: true })
const projects = ['live-alone', 'live-no-gate', 'live']
for (const project of projects) {
  rmSync(resultsOf(project), { force: true })
}

// They wait for the engine and for Clair more than they compute: four at a time keep two cores busy.
const isWhole = patterns.length === 0
const together = run('live-no-gate', { isQuiet: true })
const alone = await run('live-alone')
const went = [alone, await run('live', { workers: isWhole ? 3 : 1 }), await together]

const total = { ...Object.fromEntries(COUNTS.map((name) => [name, 0])), testResults: [] }
for (const project of projects) {
  try {
    const results = JSON.parse(readFileSync(resultsOf(project), 'utf8'))
    for (const name of COUNTS) {
      total[name] += results[name]
    }
    total.testResults.push(...results.testResults)
  } catch {
    // Without results, jest has crashed or has found no test; a crash makes this script fail.
  }
}
writeFileSync(join(ROOT, '.cache/jest-live.json'), JSON.stringify(total))
process.exitCode = went.every(Boolean) ? 0 : 1
