// Runs test files in this process as Jest's runner does in its workers, which takes a second less than Jest itself. Forked
// by script/mutants.mjs, which sends `{tests, scope, mutant}`.
import { Session } from 'node:inspector/promises'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MODULES = `${ROOT}__tests__/support/jest/modules.mjs`
const fileOf = (url) => (url?.startsWith('file:') ? fileURLToPath(url.split('?')[0]).replace(ROOT, '') : '')

/** The changed text stands in for the file wherever it is imported: nothing is written to disk. */
function replace({ path, mutated }) {
  registerHooks({
    load: (url, context, next) =>
      fileOf(url) === path
        ? { format: 'module-typescript', source: mutated, shortCircuit: true }
        : next(url, context),
  })
}

async function runner() {
  const { default: run, setWorkerData } = await import(
    `${ROOT}node_modules/jest-light-runner/src/worker-runner.js`
  )
  setWorkerData({
    runtime: 'main_thread',
    globalConfig: { testNamePattern: null, updateSnapshot: 'none', expand: false },
    projectConfig: {
      ...{ rootDir: ROOT, setupFiles: [MODULES], setupFilesAfterEnv: [], snapshotSerializers: [] },
      ...{ transform: [], snapshotFormat: {}, slowTestThreshold: 5 },
    },
  })
  return (test) => run(`${ROOT}${test}`)
}

/** Runs all tests and sends, for each, what it ran of the files in `scope`; what runs on import is sent first. */
async function profile(tests, scope) {
  await import(MODULES)
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const take = async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    return result
      .map(({ url, functions }) => [fileOf(url), functions])
      .filter(([path, functions]) => scope.includes(path) && functions.some(wasRun))
      .map(([path, functions]) => [path, functions.map(({ ranges }) => ranges)])
  }
  for (const path of scope) {
    await import(pathToFileURL(ROOT + path))
  }
  process.send({ test: null, ran: await take() })
  const run = await runner()
  for (const test of tests) {
    const { numFailingTests, perfStats, failureMessage } = await run(test)
    const failure = numFailingTests > 0 ? failureMessage : null
    process.send({ test, ran: await take(), ms: perfStats.runtime, failure })
  }
}

const wasRun = ({ ranges }) => ranges[0].count > 0

/** Runs the tests up to the first failure, and sends the name of the file that failed, or null. */
async function firstFailing(tests) {
  const run = await runner()
  for (const test of tests) {
    process.send({ starts: test })
    if ((await run(test)).numFailingTests > 0) {
      return test
    }
  }
  return null
}

process.once('message', async ({ tests, scope, mutant }) => {
  if (mutant) {
    replace(mutant)
    process.send({ failed: await firstFailing(tests) })
  } else {
    await profile(tests, scope)
  }
  process.disconnect()
  process.exit()
})
