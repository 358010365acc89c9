import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

/** The folder that contains dist/. */
const HOME = fileURLToPath(new URL('..', import.meta.url))

/** As `engines` of package.json. */
const NEEDED = 24

/**
 * The message for an older Node: what, where, what to do. Node links all modules before it runs any, and would exit
 * with a stack trace and with 1, as if the image had failed. `null` if this version is fine.
 * @param version from `process.versions.node`
 * @param home the folder below which script/setup may have fetched a newer Node
 */
export function nodeError(version: string, path: string, home = HOME): string | null {
  if (Number.parseInt(version, 10) >= NEEDED) {
    return null
  }
  const fetched = join(home, '.cache/env')
  const other = existsSync(fetched) ? `; to use the Node that script/demo fetched, run: . ${fetched}` : ''
  const advice = `run it with Node ${NEEDED} or later (https://nodejs.org)${other}`
  return `Node ${NEEDED} is required, but this is ${version}\n${path}\n${advice}\n`
}

/** Node's own modules that the program imports and that are large, with what they load in turn. */
const LARGE =
  'assert child_process crypto dns fs fs/promises http https process readline/promises stream/web util worker_threads zlib'.split(
    ' ',
  )

/**
 * Keeps V8's young generation at its initial size. It grows while modules are loaded and never shrinks: a third of
 * the gate's memory, without saving time (docs/performance.md). The old generation is collected when it is twice as
 * large as what was in use: V8 lets it grow to four times as much, and of many images, most is thrown away soon.
 * Works only before the program's own modules are loaded. V8 rejects compiled code that was made under other flags,
 * and so what Node ships for its own modules: the large ones are loaded before, which saves an eighth of the CPU time
 * that starting takes.
 */
export function keepHeapSmall(): void {
  for (const name of LARGE) {
    // Without the module object that `import` would make: for http it takes Node 50 ms (script/build.mjs).
    process.getBuiltinModule(`node:${name}`)
  }
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=100')
}
