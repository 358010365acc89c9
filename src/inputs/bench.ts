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

/** Text, or the default where nothing is given. */
const given: Type<string> = { ...text, read: (value, fallback) => value || fallback }

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
      'Who judges by Docker Bench (auto, dbs or builtin). auto asks Docker Bench itself too, and goes on without it where it cannot be had.',
  }),
  'bench-image': input(given, {
    value: 'IMAGE',
    default: 'docker:29-cli',
    help: 'image with a shell and the docker command, in which Docker Bench runs; it gets the socket of the engine',
    description:
      'Image with a shell and the docker command, in a container of which Docker Bench runs. That gets the socket of the engine.',
  }),
  'bench-source': input(given, {
    value: 'SOURCE',
    default: 'download',
    help: 'download, or the URL of a tarball, for the pinned Docker Bench; or a folder that holds one',
    description:
      'Where Docker Bench comes from: download, or the URL of its tarball, both of the pinned commit and hash; or a folder, taken as it is.',
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
    source: sourceOf(read('bench-source')),
    benchImage: read('bench-image'),
    spec,
    start,
    startTest,
    startTimeoutMs,
  }
}

function sourceOf(source: string): BenchRequest['source'] {
  if (source === 'download') return { kind: 'download', url: null }
  return /^https?:\/\//.test(source) ? { kind: 'download', url: source } : { kind: 'folder', folder: source }
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
