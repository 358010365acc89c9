import * as z from 'zod'
import { jsonIn } from '../../model/json.js'
import { hasCode } from '../../model/problem.js'
import type { Reference } from '../../model/reference.js'
import { type Ask, openRepository, type RegistryOptions, RegistryStatus, registryText } from './http.js'
import { digest, MANIFESTS, malformedAnswer, readDigest, shaped } from './registry.js'

/** How sigstore's bundles are stored: the media type of cosign and of actions/attest, with any version. */
const BUNDLE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+\+json|\+json;version=\d+\.\d+)$/
/** So registries answer that do not know the API, besides 404 (go-containerregistry's client takes 400 and 406 so, too). */
const NO_API = [400, 405, 406, 501]
export const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json'
/** Anyone who may push to a repository can attach as many documents to an image as they like. */
const MOST_REFERRERS = 1000
/** How many are read at the same time: a verdict each day makes hundreds in a year. */
const AT_ONCE = 8
const MOST_PAGES = 20

const size = z.int().min(0)
const listedShape = z.looseObject({
  digest,
  size,
  artifactType: z.string().nullish(),
  mediaType: z.string().nullish(),
})
const indexShape = z.object({ manifests: z.array(listedShape).max(10_000) })
const artifactShape = z.object({
  subject: z.object({ digest }),
  layers: z.array(z.object({ mediaType: z.string(), digest, size })).max(100),
})

/** A registry's documents about one of its images. */
export interface Referrers {
  /** `null` for a document that cannot be read: a stranger's document must not keep others from being read. */
  readonly bundles: readonly { readonly text: string | null; readonly where: string }[]
  /** How the registry was asked. */
  readonly by: 'referrers API' | 'tag'
}

/**
 * Sigstore's bundles about a manifest or an index (OCI distribution specification 1.1): by the referrers API, and where the
 * registry does not have it, by the tag `sha256-<hex>`, an index under which clients list them. None of it is
 * trusted: whoever may push to the repository may write both.
 * @throws SeaworthyError registry-*, http-*
 */
export async function readReferrers(
  { tag: _, ...name }: Reference & { readonly digest: string },
  options: RegistryOptions,
): Promise<Referrers> {
  const where = `${name.registry}/${name.repository}`
  const ask = openRepository({ ...name, tag: null }, options)
  const listed = await byApi(ask, name.digest, where)
  const by = listed === null ? 'tag' : 'referrers API'
  const found = (listed ?? (await byTag(ask, name.digest, where))).filter(
    // If the list does not state it, the manifest does. go-containerregistry's server lists a config's type instead.
    ({ artifactType }) => !artifactType || artifactType === EMPTY_TYPE || BUNDLE.test(artifactType),
  )
  if (found.length > MOST_REFERRERS) {
    throw malformedAnswer(
      `the registry lists ${found.length} documents about the image, over the limit of ${MOST_REFERRERS}`,
      where,
    )
  }
  const bundles = []
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const some = found.slice(at, at + AT_ONCE).map((one) => bundlesOf(ask, one.digest, name.digest, where))
    bundles.push(...(await Promise.all(some)).flat())
  }
  return { bundles, by }
}

/** Each descriptor as it is, since the list by tag is written again with one more. */
export type ListedReferrers = z.infer<typeof indexShape>['manifests']

/** `null` if the registry does not have the API. */
export async function byApi(ask: Ask, of: string, where: string): Promise<ListedReferrers | null> {
  const all: ListedReferrers = []
  let path: string | null = `referrers/${of}`
  for (let page = 0; path !== null; page++) {
    if (page === MOST_PAGES) {
      throw malformedAnswer('the list of referrers has too many pages', where)
    }
    const requested: string = path
    const answer = await ask('GET', requested, MANIFESTS).catch((error: unknown) => {
      const isUnknown = error instanceof RegistryStatus && NO_API.includes(error.status)
      if (page === 0 && (isUnknown || hasCode(error, 'registry-not-found'))) {
        return null
      }
      throw error
    })
    if (answer === null) {
      return null
    }
    all.push(...shaped(indexShape, await registryText(answer), where).manifests)
    path = nextOf(answer.headers.link, answer.url, requested, where)
  }
  return all
}

/** RFC 8288, as in the specification: `<URL>; rel="next"`. It must stay within this image's list. */
function nextOf(link: string | undefined, url: string, requested: string, where: string): string | null {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '') ?? []
  if (target === undefined) {
    return null
  }
  const from = URL.parse(url)
  const next = URL.parse(target, url)
  const [path = ''] = requested.split('?')
  if (next === null || from === null || next.origin !== from.origin || next.pathname !== from.pathname) {
    throw malformedAnswer('the next page of the list of referrers is at a different address', where)
  }
  return `${path}${next.search}`
}

export async function byTag(ask: Ask, of: string, where: string): Promise<ListedReferrers> {
  try {
    const text = await registryText(await ask('GET', `manifests/${of.replace(':', '-')}`, MANIFESTS))
    return shaped(indexShape, text, where).manifests
  } catch (error) {
    if (hasCode(error, 'registry-not-found')) {
      return []
    }
    throw error
  }
}

/** Documents about another subject, and other kinds of documents, are ignored. */
async function bundlesOf(ask: Ask, manifest: string, subject: string, where: string) {
  const at = `${where}@${manifest}`
  const text = await readable(() => readDigest(ask, `manifests/${manifest}`, MANIFESTS, where))
  const read = artifactShape.safeParse(text === null ? null : jsonIn(text))
  if (!read.success || read.data.subject.digest !== subject) {
    return []
  }
  const bundles = []
  for (const layer of read.data.layers.filter(({ mediaType }) => BUNDLE.test(mediaType))) {
    const bundle = await readable(() => readDigest(ask, `blobs/${layer.digest}`, '*/*', where))
    bundles.push({ text: bundle, where: at })
  }
  return bundles
}

/** `null` if the registry answers, but the document is missing, too large, or has another digest. */
async function readable(read: () => Promise<string>): Promise<string | null> {
  try {
    return await read()
  } catch (error) {
    if (hasCode(error, 'registry-not-found', 'registry-malformed', 'answer-too-large')) {
      return null
    }
    throw error
  }
}
