import { dirname } from 'node:path'
import type { BenchRequest } from '../checks/docker-bench/collect.js'
import { meetsCheckout } from '../io/files/files.js'
import { withPaths } from '../io/files/run-paths.js'
import {
  type Place,
  plainImageOf,
  problemOf,
  type RunSpec,
  readCompose,
  readRunOptions,
  runSpecOf,
  serviceFor,
  serviceLines,
  startable,
} from '../model/index.js'
import { RUN_ROWS } from '../policy/gate/run-rows.js'
import { DEFAULT_TIMEOUTS } from '../policy/gate/time-rows.js'
import { canonicalJson } from '../policy/policy.js'
import type { RunPolicy } from './policies.js'
import { input, orDefault, type ReadInput, type Row, readerOf, text } from './row.js'
import { serviceImage } from './service-images.js'
import { thresholdInputs } from './thresholds.js'

const OWN_INPUTS = {
  'bench-image': input(orDefault(text), {
    value: 'IMAGE',
    default: serviceImage('bench-image'),
    help: 'image in which Docker Bench runs, with access to the engine socket; it must contain a shell and the docker command',
    description:
      'Image in which Docker Bench runs, with access to the engine socket. It must contain a shell and the docker command.',
  }),
  'bench-source': input(orDefault(text), {
    value: 'SOURCE',
    default: 'download',
    help: 'where to get Docker Bench: "download" (the pinned version), the URL or path of a tarball of that version, or a folder with a copy',
    description:
      'Where to get Docker Bench: "download", the URL or path of its tarball (all verified), or a folder, which is used as is.',
  }),
}

/** All inputs about Docker Bench in the order in which they are listed, including those that gate.yml can set too. */
export const BENCH_INPUTS: Readonly<Record<string, Row>> = {
  'bench-image': OWN_INPUTS['bench-image'],
  'bench-source': OWN_INPUTS['bench-source'],
  ...thresholdInputs((name) => Object.hasOwn(RUN_ROWS, name)),
}

/**
 * Reads these inputs before any check starts; errors are added to `errors`, in words.
 * @param run `null` if policies have errors: then their values are not known
 */
export function readBenchRequest(
  images: readonly string[],
  inputs: ReadInput,
  errors: string[],
  run: RunPolicy | null,
): BenchRequest {
  const read = readerOf(OWN_INPUTS, inputs, errors)
  const { spec, optionsAt, service, serviceImage } = run === null ? NO_RUN : optionsOf(run, images, errors)
  // What only a pull request sets starts nothing (docs/decisions/0035-what-is-started.md).
  const start = run?.isOnlyProposed && run.start !== 'hardened' ? 'false' : (run?.start ?? 'false')
  const startSpec =
    run === null || spec === null ? spec : startedSpec(spec, { ...run, start }, images, errors)
  if (start === 'given' && spec === null && !run?.isUnbound) {
    errors.push('start: the value "given" requires run-options or compose-file')
  }
  return {
    benchEngine: run?.benchEngine ?? 'both',
    source: sourceOf(read('bench-source'), run?.isOfBase ?? false),
    benchImage: read('bench-image'),
    spec,
    ...(startSpec === spec ? {} : { startSpec }),
    isCompose: spec !== null && run?.runOptions === null,
    optionsAt,
    service,
    serviceImage,
    start: start === 'auto' ? startSpec !== null : start !== 'false' && !run?.isOnlyProposed,
    isStartOptional: start === 'auto',
    // With options that only a pull request has, nothing is tested.
    startTest: start === 'hardened' || (start === 'given' && !run?.isUnbound) ? start : 'none',
    startTimeoutMs: (run?.timeouts ?? DEFAULT_TIMEOUTS).start * 1000,
  }
}

/**
 * What is started instead of the judged options: on a pull request the base's, unless both start the same container.
 * `null` if the base's are invalid and nothing has to be started.
 */
function startedSpec(
  spec: RunSpec,
  run: RunPolicy,
  images: readonly string[],
  errors: string[],
): RunSpec | null {
  const { readStarted: read, start } = run
  if (read === null || start === 'false') {
    return spec
  }
  const ofBase: string[] = []
  const base = optionsOf({ ...run, read, readNamed: read }, images, ofBase)
  if (start !== 'auto') {
    errors.push(...ofBase.map((one) => `${one} (on the base branch, whose options are started)`))
  }
  const startedOf = (one: RunSpec) => canonicalJson({ ...startable(one), differs: [] })
  return base.spec !== null && startedOf(base.spec) === startedOf(spec) ? spec : base.spec
}

/** A folder is run with the engine's socket: the change that is judged must not have written it. */
function sourceOf(source: string, isOfBase: boolean): BenchRequest['source'] {
  if (source === 'download' || /^https?:\/\//.test(source)) {
    return { kind: 'download', url: source === 'download' ? null : source }
  }
  const mustBePinned = isOfBase && meetsCheckout(source)
  return { kind: 'folder', folder: source, ...(mustBePinned && { mustBePinned }) }
}

/** How the image is run, and where that is said: nowhere if an input does. */
type RunRead = Required<Pick<BenchRequest, 'spec' | 'optionsAt' | 'service' | 'serviceImage'>>

const NO_RUN: RunRead = { spec: null, optionsAt: null, service: null, serviceImage: null }

function optionsOf(run: RunPolicy, images: readonly string[], errors: string[]): RunRead {
  const { runOptions, composeFile, composeService, setIn, read, readNamed } = run
  const prefix = setIn === null ? '' : `${setIn}: `
  if (runOptions !== null && composeFile !== null) {
    errors.push(`${prefix}run-options and compose-file are mutually exclusive`)
  }
  if (composeFile === null && composeService !== null) {
    errors.push(`${prefix}compose-service has no effect without compose-file`)
  }
  try {
    if (runOptions !== null) {
      const spec = withPaths(readRunOptions(runOptions), '.', readNamed)
      return { ...NO_RUN, spec, optionsAt: lineOfOptions(run) }
    }
    if (composeFile === null) {
      return NO_RUN
    }
    const yaml = read(composeFile)
    if (yaml !== null) {
      const compose = readCompose(yaml, composeFile)
      const name = serviceFor(compose, composeService, images)
      const spec = withPaths(runSpecOf(compose, name), dirname(composeFile), readNamed)
      const service = serviceLines(compose, name)
      const optionsAt = { file: composeFile, line: service.line }
      return { spec, optionsAt, service, serviceImage: plainImageOf(compose, name) }
    }
    const missingFileText = run.isOfBase ? 'does not exist on the base branch' : 'does not exist'
    const where = setIn === null ? missingFileText : `from ${setIn} is not a plain file in the repository`
    errors.push(`compose-file: ${JSON.stringify(composeFile)} ${where}`)
  } catch (error) {
    const { what, where } = problemOf(error, 'run-options')
    errors.push(`${prefix}${where}: ${what}`)
  }
  return NO_RUN
}

/** The line of gate.yml that sets run options. */
function lineOfOptions({ setIn, read }: RunPolicy): Place | null {
  const lines = (setIn === null ? null : read(setIn))?.split('\n') ?? []
  const index = lines.findIndex((line) => /^["']?run-options["']?\s*:/.test(line))
  return setIn === null || index === -1 ? null : { file: setIn, line: index + 1 }
}
