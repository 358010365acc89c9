import { isPlatform, listText, type NamedPlatform, platformNameOf } from '../../../model/index.js'
import { shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import { checkAgreement } from './agreement.js'
import type { ArchiveListing, Candidate } from './found.js'
import { canonicalName, fitsPlatform, hostPlatform, platformText } from './reference.js'

/** Selects one image of an archive. */
export interface Selection {
  /** A reference, or a digest (of the config, the manifest or the index), `sha256:<hex>`. */
  readonly name?: string
  /** os/architecture[/variant], as `docker save --platform` takes it. */
  readonly platform?: string
}

/** A candidate whose config and layers are all in the archive. */
export type CompleteCandidate = Candidate & { readonly config: NonNullable<Candidate['config']> }

/** The selected image: an error if several match, and always the image that any engine would load. */
export function selectImage(listing: ArchiveListing, selection: Selection, where: string): CompleteCandidate {
  const matches = candidatesByName(listing.images, selection.name, where)
  const firstMatch = matches[0]
  if (firstMatch === undefined) {
    throw archiveError('no-image', where, 'the archive contains no image')
  }
  if (matches.some((candidate) => !isSameImage(candidate, firstMatch))) {
    throw ambiguous(matches, where)
  }
  const completeMatches = matches.filter(isComplete)
  if (completeMatches.length > 1) {
    refuseOtherPlatforms(completeMatches, where)
  }
  if (completeMatches.length === 0 && matches.length === 1) {
    const what = `the archive refers to ${firstMatch.missing[0]} but does not contain it`
    throw archiveError('archive-truncated', where, what)
  }
  const chosen = selectPlatform(matches, completeMatches, selection.platform, where)
  checkAgreement(listing, chosen, selection.platform, where)
  return chosen
}

/** Of several images, engines choose by what an index says, and so might run another one than the config leads to. */
function refuseOtherPlatforms(matches: readonly CompleteCandidate[], where: string): void {
  for (const { config, statedPlatforms } of matches) {
    const own = platformNameOf(config.platform)
    const other = statedPlatforms
      .map(platformNameOf)
      .find((stated) => !isPlatform(own, stated) && !isPlatform(stated, own))
    if (other !== undefined) {
      const what = `index.json says ${shownName(other)}, but the image's config says ${shownName(own)}`
      throw archiveError('archive-hostile', where, what)
    }
  }
}

/** The platforms of the selected image, by the digests of their configs, in the order of the archive. */
export function namedPlatforms(
  found: ArchiveListing,
  { name }: Selection,
  where: string,
): readonly NamedPlatform[] {
  const imagePlatforms = candidatesByName(found.images, name, where).map((candidate) => ({
    platform: platformNameOf(candidate.platform),
    digest: candidate.configDigest,
    isImage: true,
    isWhole: isComplete(candidate),
  }))
  const attestationPlatforms = [...found.attestationDigests].map((digest) => {
    return { platform: 'unknown/unknown', digest, isImage: false, isWhole: true }
  })
  return [...imagePlatforms, ...attestationPlatforms]
}

function candidatesByName(
  candidates: readonly Candidate[],
  name: string | undefined,
  where: string,
): readonly Candidate[] {
  if (name === undefined) {
    return candidates
  }
  const digest = name.slice(name.lastIndexOf('@') + 1)
  const matches = candidates.filter(
    (candidate) => candidate.names.has(canonicalName(name)) || candidate.digests.has(digest),
  )
  if (matches.length === 0) {
    const what = `the archive does not contain ${name}; it contains ${listCandidates(candidates)}`
    throw archiveError('image-not-found', where, what)
  }
  return matches
}

function selectPlatform(
  matches: readonly Candidate[],
  completeMatches: readonly CompleteCandidate[],
  platform: string | undefined,
  where: string,
): CompleteCandidate {
  const ofPlatform = completeMatches.filter((candidate) =>
    fitsPlatform(candidate.platform, platform ?? hostPlatform()),
  )
  const chosen = platform === undefined && completeMatches.length === 1 ? completeMatches : ofPlatform
  const [image, second] = chosen
  if (second !== undefined) {
    throw ambiguous(chosen, where)
  }
  if (image !== undefined) {
    return image
  }
  const platforms =
    completeMatches.map((candidate) => platformText(candidate.platform)).join(', ') || 'no complete image'
  if (platform === undefined) {
    const what = `the image is for several platforms, but not for the platform of this machine; the archive contains ${platforms}`
    throw archiveError('platform-missing', where, what)
  }
  const isListed = matches.some((candidate) => fitsPlatform(candidate.platform, platform))
  const what = isListed
    ? `lists ${platform}, but part of that image is missing`
    : `does not contain ${platform}`
  throw archiveError('platform-missing', where, `the archive ${what}; it contains ${platforms}`)
}

/** Platforms of one image share a name, or have none. */
function isSameImage(one: Candidate, other: Candidate): boolean {
  const haveNoNames = one.names.size === 0 && other.names.size === 0
  return haveNoNames || !one.names.isDisjointFrom(other.names)
}

function isComplete(candidate: Candidate): candidate is CompleteCandidate {
  return candidate.config !== null && candidate.missing.length === 0
}

function ambiguous(candidates: readonly Candidate[], where: string): Error {
  const what = `the archive contains several images: ${listCandidates(candidates)}`
  return archiveError('image-ambiguous', where, what)
}

/** Names (or the digest) and platform, at most ten: they come from the archive. */
function listCandidates(candidates: readonly Candidate[]): string {
  const texts = candidates.map((candidate) => {
    const names = [...candidate.names].join(', ') || candidate.configDigest
    return `${names.slice(0, 300)} (${platformText(candidate.platform)})`
  })
  return listText(texts, 10, '; ')
}
