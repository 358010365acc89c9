import { buffer } from 'node:stream/consumers'
import type { HttpAnswer } from '../../io/http/http.js'
import { redactUrl } from '../../io/http/url.js'
import { type FeedTitle, feedError, problemOf, SeaworthyError } from '../../model/index.js'
import { type DocumentOptions, getAs, type OpenedDocument } from '../document.js'
import { gunzipped } from '../spool.js'
import {
  DATA_FORMAT,
  HEAD_BYTES,
  type Head,
  INDEX_FILE,
  type PartName,
  readHead,
  verifiedChunks,
} from './data-file.js'

/** Who may have signed: the publishing workflow, on the default branch of the requested repository. */
const WORKFLOW = '.github/workflows/feeds.yml@refs/heads/main'
const ISSUER = 'https://token.actions.githubusercontent.com'
/** How old the newest data file may be, as cached copies may: after that the feeds' own servers have newer data. */
const MAX_AGE_DAYS = 2
const DAY_MS = 86_400_000

interface ReleasedOptions extends DocumentOptions {
  readonly now: Date
}

/** `https://github.com/acme/seaworthy/releases`: means its newest dated data file. */
export const isReleases = (address: string): boolean =>
  /^https?:\/\/[^/]+\/[\w.-]+\/[\w.-]+\/releases$/.test(address)

/**
 * Opens a part of a repository's newest data file, once its attestation has proven the index.
 * @returns it, with the file's URL, the time when that was made (ISO 8601 UTC), and the identity of the workflow that
 * attested it
 * @throws SeaworthyError one of the `feed-` codes; `feed-not-attested`: it is not what the workflow made
 */
export async function openReleased(
  feed: FeedTitle,
  name: PartName,
  releases: string,
  options: ReleasedOptions,
) {
  const { url, bundle, day } = await newest(feed, releases, options)
  const head = await readIndex(feed, url, options)
  const signer = await requireAttested(feed, head, bundle, releases, options)
  if (head.index.date.slice(0, 10) !== day) {
    const what = `the data file for ${day} was made on ${head.index.date.slice(0, 10)}`
    throw feedError('feed-not-attested', feed, what, url)
  }
  const found = head.at(name)
  if (found === null) {
    throw feedError('feed-malformed', feed, `the data file for ${day} has no ${name}`, url)
  }
  const { part, start } = found
  const body = await bytesFrom(feed, url, start, part.bytes, options)
  const errorOf = (what: string) => feedError('feed-malformed', feed, `${name}: ${what}`, url)
  const unpacked = gunzipped(verifiedChunks(body, part, errorOf))
  const opened: OpenedDocument = { etag: null, lastModified: null, body: unpacked, proven: true }
  return { opened, part, url, made: head.index.date, attestedBy: signer }
}

/** The newest one of the last days, with its attestation. */
async function newest(feed: FeedTitle, releases: string, options: ReleasedOptions) {
  for (let days = 0; days <= MAX_AGE_DAYS; days++) {
    const day = new Date(options.now.getTime() - days * DAY_MS).toISOString().slice(0, 10)
    const url = `${releases}/download/data-${day}/seaworthy-data-${day}.tar`
    const answer = await getAs(`${url}.sigstore.json`, options)
    if (answer.status === 200) {
      const { MAX_BUNDLE_BYTES: MOST_BUNDLE_BYTES } = await import('../../io/sigstore/verify-bundle.js')
      return { day, url, bundle: (await firstBytes(answer, MOST_BUNDLE_BYTES)).toString('utf8') }
    }
    if (answer.status !== 404) {
      throw feedError('feed-unreachable', feed, `the server returned ${answer.status}`, redactUrl(url))
    }
  }
  const what = `no data file was published in the last ${MAX_AGE_DAYS + 1} days`
  throw feedError('feed-unreachable', feed, what, redactUrl(releases))
}

async function readIndex(feed: FeedTitle, url: string, options: ReleasedOptions): Promise<Head> {
  const answer = await getAs(url, options, { range: `bytes=0-${HEAD_BYTES - 1}` })
  if (answer.status !== 200 && answer.status !== 206) {
    throw feedError('feed-unreachable', feed, `the server returned ${answer.status}`, url)
  }
  const head = readHead(await firstBytes(answer, HEAD_BYTES))
  if (head === null) {
    throw feedError('feed-malformed', feed, `it is not a data file (${DATA_FORMAT})`, url)
  }
  return head
}

/** @returns who signed */
async function requireAttested(
  feed: FeedTitle,
  head: Head,
  bundle: string,
  releases: string,
  { trustedRoot = null }: ReleasedOptions,
): Promise<string> {
  try {
    return await attestedBy(head, bundle, releases, trustedRoot)
  } catch (error) {
    const { what, where } = problemOf(error, releases)
    throw feedError('feed-not-attested', feed, `the newest data file is not used: ${what}`, where)
  }
}

/**
 * Compares an attestation with a data file's index: signed by the workflow of the named repository.
 * @param trustedRoot text of a trusted root; `null`: that of sigstore's public instance
 * @returns the identity that signed
 * @throws SeaworthyError `bundle-malformed`, `signature-refused`, `trusted-root-unreadable`
 */
export async function attestedBy(
  { sha256 }: Head,
  bundle: string,
  releases: string,
  trustedRoot: string | null,
): Promise<string> {
  const repository = releases.replace(/\/releases$/, '')
  const where = `${repository}, attestation of the data file`
  // Loaded on demand: most runs of the command use no published data.
  const { publicGoodRoots, readTrustedRoots } = await import('../../io/sigstore/trusted-roots.js')
  const { verifyBundle } = await import('../../io/sigstore/verify-bundle.js')
  const roots = trustedRoot === null ? publicGoodRoots() : readTrustedRoots(trustedRoot, 'data-trusted-root')
  const expectedSigner = { identity: `${repository}/${WORKFLOW}`, issuer: ISSUER, repository }
  const { payload, payloadType, identity } = verifyBundle(bundle, roots, expectedSigner, where)
  if (payloadType !== 'application/vnd.in-toto+json' || !isAbout(payload, sha256)) {
    const what = `the attestation does not cover this ${INDEX_FILE}`
    throw new SeaworthyError({ code: 'signature-refused', what, where })
  }
  return identity
}

/** Whether a build's in-toto statement names the index with this hash among its subjects. */
function isAbout(payload: string, sha256: string): boolean {
  const statement = JSON.parse(payload) as {
    readonly _type?: unknown
    readonly predicateType?: unknown
    readonly subject?: readonly { readonly name?: unknown; readonly digest?: { readonly sha256?: unknown } }[]
  }
  return (
    statement._type === 'https://in-toto.io/Statement/v1' &&
    statement.predicateType === 'https://slsa.dev/provenance/v1' &&
    Array.isArray(statement.subject) &&
    statement.subject.some((one) => one?.name === INDEX_FILE && one.digest?.sha256 === sha256)
  )
}

/** A server without range support sends everything, and the bytes before the range are skipped. */
async function bytesFrom(
  feed: FeedTitle,
  url: string,
  start: number,
  bytes: number,
  options: ReleasedOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const answer = await getAs(url, options, { range: `bytes=${start}-${start + bytes - 1}` })
  const isRange =
    answer.status === 206 && answer.headers['content-range']?.startsWith(`bytes ${start}-`) === true
  if (answer.status !== 200 && !isRange) {
    throw feedError('feed-unreachable', feed, `the server returned ${answer.status}`, url)
  }
  return slice(answer.body, isRange ? 0 : start, bytes)
}

async function* slice(
  body: AsyncIterable<Uint8Array>,
  start: number,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  let [skip, left] = [start, bytes]
  for await (const chunk of body) {
    const part = chunk.subarray(Math.min(skip, chunk.length), Math.min(skip + left, chunk.length))
    skip = Math.max(0, skip - chunk.length)
    left -= part.length
    if (part.length > 0) {
      yield part
    }
    if (left === 0) {
      return
    }
  }
}

const firstBytes = ({ body }: HttpAnswer, most: number) => buffer(slice(body, 0, most))
