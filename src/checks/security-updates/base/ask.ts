import { mainPackages, readPackages } from '../../../debian/packages.js'
import { claimsOf } from '../../../inventory/provenance/base/claims.js'
import { deduceBase } from '../../../inventory/provenance/base/deduce.js'
import {
  type BaseDocument,
  beginsWith,
  type RegistryAnswer,
} from '../../../inventory/provenance/base/document.js'
import { type Question, questionsFor } from '../../../inventory/provenance/base/questions.js'
import type { BasePackages } from '../../../inventory/provenance/base/rebuild.js'
import { readRegistryLayers } from '../../../io/registry/layers.js'
import { dockerLogins } from '../../../io/registry/login.js'
import { type RegistryImage, readRegistryImage } from '../../../io/registry/registry.js'
import {
  type Image,
  isOfficialBeginning,
  mergeLayers,
  type Problem,
  parseReference,
  problemOf,
  referenceName,
  SeaworthyError,
  type Source,
} from '../../../model/index.js'
import type { CheckContext } from '../../collecting.js'
import { engineImagesBelow, imagesOfEngine } from './at-hand.js'

type RunOptions = Pick<CheckContext, 'allowedBases' | 'officialMirrors' | 'engine' | 'signal'>

export interface AskOptions extends RunOptions, Partial<Pick<CheckContext, 'unpatched'>> {
  readonly now: Date
}

/** The answers about the base, as in base.json, and their sources. */
export interface BaseAnswers extends BaseDocument {
  readonly sources: readonly Source[]
  /** Packages of the tag that has moved on; `null` if none has, or its layers were not read. */
  readonly packages: BasePackages | null
}

/** Limits of one request, and of all of them, in milliseconds: the verdict does not wait for a registry. */
const REQUEST_MS = 10_000
const ALL_REQUESTS_MS = 20_000
/** Limit for the layers of a base that has moved on: Debian's images have 30 to 60 MiB, those of languages 400. */
const LAYERS_MS = 20_000
const LAYERS_BYTES = 128 * 2 ** 20

/**
 * Registries that get requests even if only a label of the image names them. Others must be named by the user. Being here
 * makes no base official or allowed: it only means that the host is public, so that a label that leads there reaches
 * nothing that only the runner can reach. mirror.gcr.io has copies of Docker Hub's images, which only Google stores there
 * (https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images).
 */
const KNOWN_REGISTRIES = (
  'docker.io ghcr.io quay.io gcr.io mirror.gcr.io mcr.microsoft.com public.ecr.aws registry.gitlab.com cgr.dev ' +
  'docker.elastic.co registry.access.redhat.com registry.k8s.io'
).split(' ')

/** Requests that the images of a run share, so that each is made once. */
interface SharedQueries {
  readonly logins: ReturnType<typeof dockerLogins>
  readonly requests: Map<string, Promise<RegistryImage>>
  /** Registries that did not answer, with the problem: they get no more requests. */
  readonly unreachable: Map<string, Problem>
  /** Packages of a base, by the digest of its manifest for the platform. */
  readonly bases: Map<string, Promise<BasePackages | null>>
  readonly signal: AbortSignal
}

interface BaseSearch {
  readonly image: Image
  /** Registries that may be asked. */
  readonly trusted: ReadonlySet<string>
  readonly limit: AbortSignal
}

/**
 * Looks for the bases of images in registries and in the engine; requests that images share are made once. It asks
 * round by round, until an answer has the layers that the image begins with. A registry's error never makes it fail.
 */
export function baseAsker({ allowedBases, officialMirrors, unpatched, engine, now, signal }: AskOptions) {
  const patterns = typeof allowedBases === 'string' ? [] : allowedBases
  let engineImages: ReturnType<typeof imagesOfEngine> | null = null
  const imagesInEngine = () => (engineImages ??= imagesOfEngine(engine, signal))
  const shared: SharedQueries = {
    logins: dockerLogins(),
    requests: new Map(),
    unreachable: new Map(),
    bases: new Map(),
    signal,
  }
  return async (image: Image): Promise<BaseAnswers> => {
    const registryAnswers: RegistryAnswer[] = []
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ALL_REQUESTS_MS)])
    const layers = image.layers.map(({ diffId }) => diffId)
    const trusted = new Set([
      ...KNOWN_REGISTRIES,
      ...[image.reference, ...patterns, ...officialMirrors].map(registryOf),
    ])
    const claims = claimsOf(image)
    // If there is a label, an allowed name with matching layers does not confirm it, so the next round is asked.
    const endsSearch = ({ diffIds, reason, reference }: RegistryAnswer) =>
      beginsWith(layers, diffIds) &&
      (reason !== 'allowed' || claims.label === null) &&
      // An image built on another base may be built on an official one below it.
      (allowedBases !== 'official' ||
        isOfficialBeginning({ name: reference, grade: 'proven' }, officialMirrors))
    const images = imagesInEngine()
    for (const round of questionsFor(claims, patterns, officialMirrors)) {
      const answers = round.map((question) => answerTo(question, { image, trusted, limit }, shared))
      registryAnswers.push(...(await Promise.all(answers)))
      if (registryAnswers.some(endsSearch)) {
        break
      }
    }
    const atHand = engineImagesBelow(image, await images, officialMirrors, unpatched)
    const packages = await currentPackages(image, { asked: registryAnswers, atHand }, shared)
    const sources = registryAnswers.flatMap((each) => sourceOf(each, now))
    return { asked: registryAnswers, atHand, sources, packages }
  }
}

async function answerTo(
  question: Question,
  subject: BaseSearch,
  shared: SharedQueries,
): Promise<RegistryAnswer> {
  const { reference, reason } = question
  const none = { digest: null, manifest: null, diffIds: [], created: null }
  try {
    const { digest, manifest, created, diffIds } = await lookUp(reference, subject, shared)
    const found = { digest, manifest, created, diffIds: [...diffIds] }
    return { reference, reason, outcome: 'ok', detail: null, ...found }
  } catch (error) {
    if (subject.limit.aborted) {
      return { reference, reason, outcome: 'http-timeout', detail: TIMEOUT_MESSAGE, ...none }
    }
    const problem = problemOf(error, reference)
    const { code, what } = problem
    if (SILENT_OUTCOME.test(code)) {
      shared.unreachable.set(parseReference(reference)?.registry ?? '', problem)
    }
    return { reference, reason, outcome: code, detail: what, ...none }
  }
}

function lookUp(
  name: string,
  { image, trusted, limit }: BaseSearch,
  { logins, requests, unreachable }: SharedQueries,
) {
  const reference = parseReference(name)
  if (reference === null || !(trusted.has(reference.registry) || logins.has(reference.registry))) {
    const what = 'a label alone is not a sufficient reason to contact this registry'
    throw new SeaworthyError({ code: 'registry-stranger', what, where: name })
  }
  const before = unreachable.get(reference.registry)
  if (before !== undefined) {
    throw new SeaworthyError(before)
  }
  const { platform } = image
  const key = keyOf(name, image)
  const work =
    requests.get(key) ??
    readRegistryImage(reference, platform, { logins, signal: limit, timeoutMs: REQUEST_MS })
  requests.set(key, work)
  return work
}

/** The packages in the base's current tag, which only the report about a rebuild uses. */
async function currentPackages(
  image: Image,
  document: BaseDocument,
  { logins, requests, bases, signal }: SharedQueries,
): Promise<BasePackages | null> {
  const { movedOn, restsOn, tag } = deduceBase(image, document)
  const reference = tag === null ? null : parseReference(tag)
  const found = await requests.get(keyOf(tag ?? '', image))?.catch(() => null)
  if (movedOn !== true || restsOn !== 'layers' || reference === null || !found) {
    return null
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LAYERS_MS)])
  const options = { logins, signal: limit, timeoutMs: LAYERS_MS }
  const read = async () => {
    const layers = await readRegistryLayers(reference, found, LAYERS_BYTES, options)
    const packages = mainPackages(readPackages(mergeLayers(layers))).map(
      ({ name, architecture, version }) => ({ name, architecture, version }),
    )
    return { reference: referenceName(reference), digest: found.digest, packages }
  }
  const basePackages = bases.get(found.manifest) ?? read().catch(() => null)
  bases.set(found.manifest, basePackages)
  return basePackages
}

const keyOf = (name: string, { platform }: Image) => JSON.stringify([name, platform])

/**
 * Outcomes of a registry that does not answer usefully (no connection, or an unexpected status such as 429 or 503): it
 * gets no more requests in this run.
 */
const SILENT_OUTCOME = /^http-|^registry-status$/
const TIMEOUT_MESSAGE = `no answer within ${ALL_REQUESTS_MS / 1000} s`

/** The registry of a name or pattern; empty if there is a wildcard in it. */
function registryOf(name: string): string {
  if (name.includes('/') && name.slice(0, name.indexOf('/')).includes('*')) {
    return ''
  }
  return parseReference(name.replaceAll('*', 'x'))?.registry ?? ''
}

function sourceOf({ reference, outcome, digest, created }: RegistryAnswer, now: Date): Source[] {
  if (outcome !== 'ok') {
    return []
  }
  const date = created !== null && !Number.isNaN(Date.parse(created)) ? created : null
  const sha256 = digest?.replace('sha256:', '') ?? null
  const name = `registry ${reference}`
  return [{ name, url: reference, fetchedAt: now.toISOString(), date, sha256, rows: null }]
}
