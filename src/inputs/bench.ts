import { dirname } from 'node:path'
import {
  type BenchRequest,
  type RunSpec,
  readCompose,
  readRunOptions,
  withPaths,
} from '../checks/docker-bench/collect.js'
import { readText } from '../io/files/files.js'
import { problemOf } from '../model/problem.js'
import { isRefusal, refuse } from '../policy/gate/threshold.js'
import { boolean, type Given, input, inSeconds, readerOf, type Type, text, word } from './row.js'

/** A boolean that is refused in other words than the others. */
const start: Type<boolean> = {
  ...boolean,
  read: (given, fallback) => {
    const read = boolean.read(given, fallback)
    return isRefusal(read) ? refuse(`${JSON.stringify(given)} is not one of true, false`) : read
  },
}

const limit = inSeconds(() => 'at most 3600 seconds', 3600)
const startTimeout: Type<number> = {
  ...limit,
  read: (given, fallback) => limit.read(given || fallback, fallback),
}

export const BENCH_INPUTS = {
  'bench-engine': input(word(['auto', 'dbs', 'builtin']), {
    default: 'auto',
    help: 'auto, dbs or builtin: who judges by Docker Bench',
    description:
      'Who judges by Docker Bench (auto, dbs or builtin). auto asks Docker Bench itself too where it can be had.',
  }),
  'bench-image': input(text, {
    value: 'IMAGE',
    help: 'image that holds Docker Bench; it gets the socket of the engine',
    description: 'Image that holds Docker Bench. It gets the socket of the engine.',
  }),
  'bench-source': input(text, {
    value: 'DIR',
    help: 'folder with Docker Bench, or download for the pinned commit',
    description: 'Folder with Docker Bench, or download for the pinned commit.',
  }),
  'run-options': input(text, {
    value: 'OPTIONS',
    help: 'options of the docker run line by which the image is run',
    description:
      'Options of the docker run line by which the image is run. Without them and a compose file section 5 is not judged.',
  }),
  'compose-file': input(text, {
    value: 'FILE',
    help: 'compose file that says how the image is run',
    description: 'Compose file that says how the image is run.',
  }),
  'compose-service': input(text, {
    value: 'NAME',
    help: 'its service',
    description: 'The service of compose-file that runs the image.',
  }),
  start: input(start, {
    default: 'false',
    help: 'start the image, without a way out, to judge it running',
    description: 'If true, the image is started, without a way out, to judge it running.',
  }),
  'start-test': input(word(['none', 'hardened', 'given']), {
    default: 'none',
    help: 'none, hardened or given: it must become healthy under these options',
    description: 'Options under which the image must become healthy (none, hardened or given).',
  }),
  'start-timeout': input(startTimeout, {
    default: '60',
    help: 'limit for becoming healthy',
    description: 'Seconds that the image may take to become healthy.',
  }),
}

/** Reads these inputs before any check is started; faults are added to `faults`, in words. */
export function readBenchRequest(given: Given, faults: string[]): BenchRequest {
  const read = readerOf(BENCH_INPUTS, given, faults)
  const [startTimeoutMs, start] = [read('start-timeout'), read('start')]
  const spec = specOf(read('run-options'), read('compose-file'), read('compose-service'), faults)
  const startTest = read('start-test')
  if (startTest === 'given' && spec === null)
    faults.push('start-test: given needs run-options or compose-file')
  return {
    benchEngine: read('bench-engine'),
    source: sourceOf(read('bench-image'), read('bench-source'), faults),
    spec,
    start,
    startTest,
    startTimeoutMs,
  }
}
function sourceOf(image: string, source: string, faults: string[]): BenchRequest['source'] {
  if (image !== '' && source !== '') faults.push('bench-image and bench-source exclude each other')
  if (image !== '') return { kind: 'image', image }
  if (source === 'download') return { kind: 'download' }
  return source === '' ? { kind: 'none' } : { kind: 'folder', folder: source }
}

function specOf(line: string, file: string, service: string, faults: string[]): RunSpec | null {
  if (line !== '' && file !== '') faults.push('run-options and compose-file exclude each other')
  if ((file === '') !== (service === '')) faults.push('compose-file and compose-service go together')
  try {
    if (line !== '') return withPaths(readRunOptions(line), '.')
    if (file === '' || service === '') return null
    const yaml = readText(file)
    if (yaml !== null) return withPaths(readCompose(yaml, file, service), dirname(file))
    faults.push(`compose-file: ${JSON.stringify(file)} is not there`)
  } catch (error) {
    const { what, where } = problemOf(error, 'run-options')
    faults.push(`${where}: ${what}`)
  }
  return null
}
