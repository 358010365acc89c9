import { type Apart, SeaworthyError } from '../../model/index.js'
import type { BenchOptions } from './prepare.js'
import type { RunDocument } from './run/document.js'

/**
 * The requested cgroup namespace. It is recorded because an engine gives the same answer for `host` as for the default
 * of a host with cgroup v1.
 */
function cgroupnsOf(spec: BenchOptions['spec']): Pick<RunDocument, 'cgroupns'> {
  const mode = spec?.hostConfig.CgroupnsMode
  return typeof mode === 'string' && mode !== '' ? { cgroupns: mode } : {}
}

/** What run.json says of the request. */
export const requestOf = ({
  benchEngine: engine,
  spec,
  startSpec,
  optionsAt,
  service,
  serviceImage,
  isCompose,
  start,
  isStartOptional,
}: BenchOptions) => ({
  engine,
  hasOptions: spec !== null,
  ...(optionsAt ? { optionsAt } : {}),
  ...(service ? { service: { name: service.name, indent: service.indent, lines: service.lines } } : {}),
  ...(serviceImage ? { serviceImage } : {}),
  ...(isCompose ? { isCompose } : {}),
  ...cgroupnsOf(spec),
  start,
  ...(startSpec ? { isStartOfBase: true as const } : {}),
  ...(isStartOptional ? { isStartOptional } : {}),
})

/**
 * The documents for an image that is in no engine, so that its run options are not judged.
 * @param refusal an engine's error if it did not accept a stand-in image; `null`: no engine was asked
 */
export function ofNoEngine(
  reference: string,
  isPublished: boolean,
  refusal: string | null,
  options: BenchOptions,
): Record<string, string> {
  const { spec, benchEngine } = options
  refuseStart(reference, options)
  if ((!isPublished && spec !== null) || benchEngine === 'both-required') {
    throw needsEngine(reference)
  }
  const only = 'Docker Bench inspects only images in an engine'
  const refusalText = refusal === null ? '' : `, and the engine did not take a stand-in: ${refusal}`
  const why = `the image is ${isPublished ? 'in a registry' : 'an archive'}, but ${only}${refusalText}`
  const withoutStart = { ...options, spec: null, start: false }
  return onlyRead(withoutStart, why, spec === null ? null : `run options are not examined: ${why}`)
}

/** The documents for a platform that the engine cannot run. */
export function ofPlatform({ engine: enginePlatform }: Apart, options: BenchOptions): Record<string, string> {
  const why = `containers and Docker Bench can run only on the engine's own platform, ${enginePlatform}`
  return onlyRead({ ...options, spec: null, start: false }, why, `not examined: ${why}`)
}

function onlyRead(
  options: BenchOptions,
  withoutDbs: string,
  apart: string | null = null,
): Record<string, string> {
  const run: RunDocument = {
    ...requestOf(options),
    imageId: null,
    imageNames: [],
    judged: null,
    started: null,
    waiter: null,
    startTest: null,
    withoutDbs,
    apart,
    notAsked: [],
    dbs: null,
  }
  return { 'run.json': JSON.stringify(run) }
}

/**
 * Refuses a request to start an image that is in no engine, unless `start: auto` makes starting optional.
 * @throws SeaworthyError `bench-needs-engine`
 */
export function refuseStart(reference: string, options: BenchOptions): void {
  const { start, isStartOptional, startTest } = options
  if ((start && !isStartOptional) || startTest !== 'none') {
    throw needsEngine(reference)
  }
}

function needsEngine(reference: string): SeaworthyError {
  const what =
    'run options, "start" and "bench-engine: both-required" work only for an image in a Docker engine of the same platform, but this image is an archive, in a registry, or for another platform'
  return new SeaworthyError({ code: 'bench-needs-engine', what, where: reference })
}
