import type { BenchRequest } from '../checks/docker-bench/collect.js'
import { isArchive, referenceFault } from '../io/archive/image-name.js'
import { archiveError } from '../io/archive/problems.js'
import { defaultCacheDir, isThere } from '../io/files/files.js'
import { SeaworthyError } from '../model/problem.js'
import type { PublishRequest } from '../publish/request.js'
import type { BasePolicies } from './base-policies.js'
import { readBenchRequest } from './bench.js'
import { gatherFaults, quoted } from './faults.js'
import { type FeedsRequest, readFeeds } from './feeds.js'
import { type Judging, readJudging } from './policies.js'
import { readPublishRequest } from './publish.js'
import type { Given } from './table.js'

/** Everything that was asked for, in words that can be used. */
export interface Request {
  readonly images: readonly string[]
  /** The name that policies and reports know the image by, where it is opened by another; else `null`. */
  readonly judgedAs: string | null
  readonly platform: string | null
  /** `null`: it is looked for in the working folder. */
  readonly dockerfile: string | null
  readonly tracker: string
  readonly clairImage: string
  readonly postgresImage: string
  readonly clairUrl: string | null
  readonly clairPsk: { readonly key: string; readonly issuer: string } | null
  readonly layerUrl: string | null
  readonly clairTimeoutMs: number
  readonly timeoutMs: number
  readonly saveEvidence: string | null
  readonly debianMirror: string | null
  readonly debianSecurityMirror: string | null
  readonly cacheDir: string
  /** Read changelogs where the tracker cannot be had. */
  readonly changelogs: boolean
  readonly feeds: FeedsRequest
  readonly bench: BenchRequest
  readonly publish: PublishRequest
}

/**
 * Reads all that is asked of a scan, with all faults of inputs, names and policies at once.
 * @param now as `readJudging` takes it
 * @param policies those of a pull request's base; `null` elsewhere
 */
export function readAsked(
  images: readonly string[],
  given: Given,
  now: string,
  policies: BasePolicies | null = null,
): { readonly request: Request; readonly judging: Judging } {
  const gathered = gatherFaults()
  const request = gathered.attempt(() => readRequest(images, given))
  const judging = gathered.attempt(() =>
    policies === null ? readJudging(given, now) : readBoundJudging(given, now, policies),
  )
  gathered.throwAny()
  if (request === null || judging === null) throw new Error('a fault was not told')
  return { request, judging }
}

/** The base's policies hold. Those of the change must be readable too: after the merge they are the base's. */
function readBoundJudging(given: Given, now: string, { base, proposed }: BasePolicies): Judging {
  const judging = readJudging(given, now, base)
  return proposed === null ? judging : { ...judging, proposed: readJudging(given, now, proposed).policy }
}

/** Reads what is to be collected. All faults at once; throws `bad-input` or `bad-image-name`. */
export function readRequest(images: readonly string[], given: Given): Request {
  const gathered = gatherFaults()
  const { told: faults } = gathered
  const text = (name: string) => given(name).trim()
  const optional = (name: string) => text(name) || null
  const seconds = (name: string) => {
    const value = Number(text(name))
    if (!(value > 0 && value <= 86_400))
      faults.push(`${name}: ${quoted(text(name))} is not a number of seconds`)
    return value * 1000
  }
  const boolean = (name: string) => {
    const value = text(name)
    if (!['', 'true', 'false'].includes(value)) faults.push(`${name}: ${quoted(value)} is not true or false`)
    return value === 'true'
  }
  const url = (name: string) => {
    const value = optional(name)
    if (value !== null && (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)))
      faults.push(`${name}: ${quoted(value)} is not an http URL`)
    return value
  }
  if (images.length === 0) faults.push('image: name at least one image or archive')
  for (const image of images) {
    if (/[\s\0]/.test(image.replaceAll(' ', '')) || image.trim() === '' || image.startsWith('-'))
      faults.push(`image: ${quoted(image)} is no name`)
    else gathered.attempt(() => (isArchive(image) ? refuseMissing(image) : refuseReference(image)))
  }
  const platform = optional('platform')
  if (platform !== null && !/^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/.test(platform)) {
    faults.push(`platform: ${quoted(platform)} is not like linux/arm64`)
  }
  const clairUrl = url('clair-url')
  const layerUrl = url('layer-url')
  if (clairUrl !== null && layerUrl === null) {
    faults.push('layer-url: clair-url needs it: http://host:port under which that Clair reaches this machine')
  }
  if (layerUrl !== null && !/^http:\/\/[^/]+:\d+\/?$/.test(layerUrl)) {
    faults.push(`layer-url: ${quoted(layerUrl)} is not like http://host:port`)
  }
  const key = optional('clair-psk')
  const issuer = optional('clair-psk-issuer')
  if ((key === null) !== (issuer === null)) faults.push('clair-psk and clair-psk-issuer go together')
  const request: Request = {
    images,
    judgedAs: null,
    platform,
    dockerfile: optional('dockerfile'),
    tracker: text('tracker'),
    clairImage: text('clair-image'),
    postgresImage: text('postgres-image'),
    clairUrl,
    clairPsk: key !== null && issuer !== null ? { key, issuer } : null,
    layerUrl,
    clairTimeoutMs: seconds('clair-timeout'),
    timeoutMs: seconds('timeout'),
    saveEvidence: optional('save-evidence'),
    debianMirror: url('debian-mirror'),
    debianSecurityMirror: url('debian-security-mirror'),
    changelogs: boolean('changelogs'),
    cacheDir: optional('cache-dir') ?? defaultCacheDir(),
    feeds: readFeeds(given, faults),
    bench: readBenchRequest(given, faults),
    publish: readPublishRequest(given, faults),
  }
  gathered.throwAny()
  return request
}

/** That a file is not there needs no feeds and no services to be known. */
function refuseMissing(path: string): void {
  if (!isThere(path)) throw archiveError('no-such-archive', path, 'no such file')
}

/** The engine would refuse it too, after everything was started. */
function refuseReference(image: string): void {
  const fault = referenceFault(image)
  if (fault === null) return
  throw new SeaworthyError({
    code: 'bad-image-name',
    what: `${quoted(image)} is no name of an image: ${fault}`,
    where: 'image',
  })
}
