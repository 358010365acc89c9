// `npm run check`: all that CI wants, to the end, one line a step; output only of what failed.
// Run: node script/check.mjs [STEP…]   (only those steps)
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const JEST_RESULT = '.cache/jest-check.json'
const bin = (name) => join(ROOT, 'node_modules/.bin', name)
/**
 * The command that checks types. Files that have not changed since the last run are not checked again: their errors
 * are cached too.
 */
const typesOf = (project) => [
  ...[bin('tsc'), '--noEmit', '-p', `${project}.json`],
  ...['--incremental', '--tsBuildInfoFile', `.cache/${project}.tsbuildinfo`],
]
/**
 * Build information of the last run in any clone, with which a new clone begins; in the folder that
 * script/lib/common.sh shares among clones.
 */
const SHARED = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'seaworthy-dev')

const buildInfoOf = (project) => ({
  own: join(ROOT, '.cache', `${project}.tsbuildinfo`),
  shared: join(SHARED, `${project}.tsbuildinfo`),
})

function seedTypes(project) {
  const { own, shared } = buildInfoOf(project)
  if (!existsSync(own) && existsSync(shared)) {
    copyFileSync(shared, own)
  }
}

function shareTypes(project) {
  const { own, shared } = buildInfoOf(project)
  if (existsSync(own)) {
    mkdirSync(SHARED, { recursive: true })
    // Another clone may be reading or writing it.
    copyFileSync(own, `${shared}.${process.pid}`)
    renameSync(`${shared}.${process.pid}`, shared)
  }
}

/** Jest's garbage collector takes a sixteenth of the time less with room for what a test file leaves. */
const LARGE_YOUNG_GENERATION = ['--min-semi-space-size=16', '--max-semi-space-size=32']

/** Only ends a step that hangs: on a busy machine the tests can take a quarter of an hour. */
const LIMIT_MS = 2_400_000

/** Longest first: the rest runs alongside. */
const STEPS = [
  {
    name: 'tests',
    command: [
      process.execPath,
      '--no-warnings',
      ...LARGE_YOUNG_GENERATION,
      'node_modules/jest/bin/jest.js',
      ...['--selectProjects', 'unit', '--ci', '--json', '--outputFile', JEST_RESULT],
    ],
    counts: testCounts,
  },
  { name: 'types', command: typesOf('tsconfig'), counts: sourceSizes },
  { name: 'pure types', command: typesOf('tsconfig.pure') },
  { name: 'browser types', command: typesOf('tsconfig.browser') },
  { name: 'lint', command: [bin('biome'), 'check', '--colors=off', '.'] },
  { name: 'dist', command: [process.execPath, 'script/build.mjs', '--check'] },
  { name: 'structure', command: [process.execPath, 'script/structure.mjs'] },
  { name: 'schemas', command: [process.execPath, 'script/schema.mjs', '--check'] },
  { name: 'inputs', command: [process.execPath, 'script/inputs.mjs', '--check'] },
  { name: 'readme', command: [process.execPath, 'script/readme.mjs', '--check'] },
  { name: 'examples', command: [process.execPath, 'script/examples.mjs', '--check'] },
  { name: 'waiter', command: [process.execPath, 'script/make-waiter.mjs', '--check'] },
  { name: 'page script', command: [process.execPath, 'script/page-script.mjs', '--check'] },
  { name: 'changes', command: [process.execPath, 'script/changelog.mjs', '--check'] },
]

/** "412 passed, 0 failed, 0 skipped", from jest's result file; a suite that did not run is a failure. */
function testCounts() {
  const result = JSON.parse(readFileSync(join(ROOT, JEST_RESULT), 'utf8'))
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
  const skipped = result.numPendingTests + result.numTodoTests
  return `${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped`
}

/** Files and lines of src: the goal is a median of about 80. */
function sourceSizes() {
  const lines = readdirSync(join(ROOT, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map(
      (name) =>
        readFileSync(join(ROOT, 'src', name), 'utf8')
          .trimEnd()
          .split('\n').length,
    )
    .sort((a, b) => a - b)
  return `src: ${lines.length} files, median ${lines[lines.length >> 1]} lines, longest ${lines.at(-1)}`
}

/** Runs a step; never rejects. `failed` says why, or is null; `output` is what it printed, in order. */
function run({ name, command, counts }) {
  const [program, ...options] = command
  const start = performance.now()
  const done = Promise.withResolvers()
  const chunks = []
  const child = spawn(program, options, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  child.on('error', (error) => done.resolve(error.message))
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  child.on('close', (code, signal) => {
    clearTimeout(timer)
    done.resolve(code === 0 ? null : `exit ${code ?? signal}`)
  })
  return done.promise.then((failed) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    let result = ''
    try {
      result = counts?.() ?? ''
    } catch {
      // The step did not get as far as its result; its output says why.
    }
    console.log(
      `${failed === null ? 'ok    ' : 'FAILED'}  ${name.padEnd(13)}  ${seconds.padStart(5)} s  ${result}`.trimEnd(),
    )
    return { name, failed, output: Buffer.concat(chunks).toString() }
  })
}

/** Runs all steps, two at a time if there are two cores: more would only slow each of them down. */
async function runAll(steps) {
  const queue = [...steps]
  const results = []
  const lane = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      results.push(await run(step))
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane))
  return results
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are: ${STEPS.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
mkdirSync(join(ROOT, '.cache'), { recursive: true })
rmSync(join(ROOT, JEST_RESULT), { force: true })
const PROJECTS = ['tsconfig', 'tsconfig.pure', 'tsconfig.browser']
PROJECTS.forEach(seedTypes)
const results = await runAll(STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
PROJECTS.forEach(shareTypes)
const failed = results.filter((result) => result.failed !== null)
for (const { name, failed: why, output } of failed) {
  console.log(`\n──── ${name} (${why})\n${output.trimEnd()}`)
}
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.map(({ name }) => name).join(', ')}`)
}
process.exitCode = failed.length > 0 ? 1 : 0
