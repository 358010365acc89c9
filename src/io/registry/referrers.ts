import * as z from 'zod'
import { hasCode, jsonIn, type Reference } from '../../model/index.js'
import { INDEX_KEYS } from '../archive/formats/keys.js'
import {
  openRepository,
  type RegistryOptions,
  type RegistryRequest,
  RegistryStatusError,
  registryText,
} from './http.js'
import {
  digestShape,
  ifNotFound,
  MANIFEST_TYPES,
  malformedAnswer,
  parseShape,
  readDigest,
} from './registry.js'

/** Media type of sigstore bundles, as cosign and actions/attest write it, in any version. */
const BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+\+json|\+json;version=\d+\.\d+)$/
/** Without the referrers API, in addition to 404 (go-containerregistry's client also accepts 400 and 406). */
const NO_API_STATUSES = [400, 405, 406, 501]
export const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json'
/** Anyone who may push to a repository can attach as many documents to an image as they like. */
const MAX_REFERRERS = 1000
/** How many documents are read at the same time: a verdict each day adds up to hundreds in a year. */
const MAX_CONCURRENT = 8
const MAX_PAGES = 20

const sizeShape = z.int().min(0)
const listedShape = z.looseObject({
  digest: digestShape,
  size: sizeShape,
  artifactType: z.string().nullish(),
  mediaType: z.string().nullish(),
})
const indexShape = z.object({ manifests: z.array(listedShape).max(10_000) })
const artifactShape = z.object({
  subject: z.object({ digest: digestShape }),
  layers: z.array(z.object({ mediaType: z.string(), digest: digestShape, size: sizeShape })).max(100),
})

/** The sigstore bundles that a registry lists about an image. */
export interface Referrers {
  /** `text` is `null` for a document that cannot be read: it must not prevent the others from being read. */
  readonly bundles: readonly { readonly text: string | null; readonly where: string }[]
  /** How the registry was queried. */
  readonly by: 'referrers API' | 'tag'
}

/**
 * Reads the sigstore bundles about a manifest or an index (OCI distribution specification 1.1): by the
 * referrers API or, if the registry does not have it, by the tag `sha256-<hex>`, an index in which clients
 * list them. Nothing of it is trusted: whoever may push to the repository may write both.
 * @throws SeaworthyError registry-*, http-*
 */
export async function readReferrers(
  { tag: _, ...name }: Reference & { readonly digest: string },
  options: RegistryOptions,
): Promise<Referrers> {
  const where = `${name.registry}/${name.repository}`
  const request = openRepository({ ...name, tag: null }, options)
  const listedReferrers = await listByApi(request, name.digest, where)
  const by = listedReferrers === null ? 'tag' : 'referrers API'
  const bundleManifests = (listedReferrers ?? (await listByTag(request, name.digest, where))).filter(
    // If the list does not state the type, the manifest does. go-containerregistry's server lists the
    // config's type instead.
    ({ artifactType }) => !artifactType || artifactType === EMPTY_TYPE || BUNDLE_TYPE.test(artifactType),
  )
  if (bundleManifests.length > MAX_REFERRERS) {
    const what = `the registry lists ${bundleManifests.length} documents about the image, over the limit of ${MAX_REFERRERS}`
    throw malformedAnswer(what, where)
  }
  const bundles = []
  for (let at = 0; at < bundleManifests.length; at += MAX_CONCURRENT) {
    const batch = bundleManifests
      .slice(at, at + MAX_CONCURRENT)
      .map((listed) => bundlesOf(request, listed.digest, name.digest, where))
    bundles.push(...(await Promise.all(batch)).flat())
  }
  return { bundles, by }
}

/** Descriptors with all of their members, since `attach.ts` writes the list by tag again with one more. */
export type ListedReferrers = z.infer<typeof indexShape>['manifests']

/** `null` if the registry does not have the API. */
export async function listByApi(
  request: RegistryRequest,
  subjectDigest: string,
  where: string,
): Promise<ListedReferrers | null> {
  const referrers: ListedReferrers = []
  let path: string | null = `referrers/${subjectDigest}`
  for (let page = 0; path !== null; page++) {
    if (page === MAX_PAGES) {
      throw malformedAnswer('the list of referrers has too many pages', where)
    }
    const requested: string = path
    const answer = await request('GET', requested, MANIFEST_TYPES).catch((error: unknown) => {
      const isWithoutApi = error instanceof RegistryStatusError && NO_API_STATUSES.includes(error.status)
      if (page === 0 && (isWithoutApi || hasCode(error, 'registry-not-found'))) {
        return null
      }
      throw error
    })
    if (answer === null) {
      return null
    }
    referrers.push(...parseShape(indexShape, await registryText(answer), where, INDEX_KEYS).manifests)
    path = nextPage(answer.headers.link, answer.url, requested, where)
  }
  return referrers
}

/** The next page by the Link header (RFC 8288), `<URL>; rel="next"`. It must be at the same address. */
function nextPage(link: string | undefined, url: string, requested: string, where: string): string | null {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '') ?? []
  if (target === undefined) {
    return null
  }
  const addressOf = ({ origin, pathname }: URL) => origin + pathname
  const nextUrl = URL.parse(target, url)
  if (nextUrl === null || addressOf(nextUrl) !== addressOf(new URL(url))) {
    throw malformedAnswer('the next page of the list of referrers is at a different address', where)
  }
  return `${requested.split('?', 1)[0]}${nextUrl.search}`
}

export async function listByTag(
  request: RegistryRequest,
  subjectDigest: string,
  where: string,
): Promise<ListedReferrers> {
  const path = `manifests/${subjectDigest.replace(':', '-')}`
  const answer = await request('GET', path, MANIFEST_TYPES).catch(ifNotFound(null))
  return answer === null
    ? []
    : parseShape(indexShape, await registryText(answer), where, INDEX_KEYS).manifests
}

/** Documents about another subject, and other kinds of documents, are ignored. */
async function bundlesOf(request: RegistryRequest, manifest: string, subject: string, where: string) {
  const location = `${where}@${manifest}`
  const text = await nullIfUnreadable(() =>
    readDigest(request, `manifests/${manifest}`, MANIFEST_TYPES, where),
  )
  const artifact = artifactShape.safeParse(text === null ? null : jsonIn(text))
  if (!artifact.success || artifact.data.subject.digest !== subject) {
    return []
  }
  const bundles = []
  for (const layer of artifact.data.layers.filter(({ mediaType }) => BUNDLE_TYPE.test(mediaType))) {
    const bundle = await nullIfUnreadable(() => readDigest(request, `blobs/${layer.digest}`, '*/*', where))
    bundles.push({ text: bundle, where: location })
  }
  return bundles
}

/** `null` if the registry answers, but the document is missing, too large, or has another digest. */
async function nullIfUnreadable(read: () => Promise<string>): Promise<string | null> {
  try {
    return await read()
  } catch (error) {
    if (hasCode(error, 'registry-not-found', 'registry-malformed', 'answer-too-large')) {
      return null
    }
    throw error
  }
}
