import { needsOrigin } from '../checks/index.js'
import { chooseDockerfile } from '../dockerfile/choose.js'
import { copiedLayers } from '../dockerfile/match.js'
import { readFeedDocuments } from '../feeds/formats/documents.js'
import { accountOf } from '../inventory/account/account.js'
import { unownedFindings } from '../inventory/account/findings.js'
import { unexaminedFindings } from '../inventory/application/findings.js'
import { applicationInventory, NOTHING_JUDGED } from '../inventory/application/inventory.js'
import { dpkgPackages } from '../inventory/application/owners.js'
import { headOf, mainOf } from '../inventory/listing.js'
import { endNotes } from '../inventory/programs/ends.js'
import { withDockerfile } from '../inventory/provenance/base/dockerfile.js'
import { attributedToBase, officialBaseOf } from '../inventory/provenance/base/layers.js'
import { withTag } from '../inventory/provenance/base/tag.js'
import { withFixDays } from '../inventory/provenance/changelog.js'
import type { JudgedInput } from '../judge/answers.js'
import { withArchive, withKev, withOneRelease, withPlatforms } from '../judge/between-checks.js'
import { osvProblem } from '../judge/checks.js'
import { binaryKey, type Evidence, type Finding } from '../model/index.js'
import type { Policy } from '../policy/policy.js'
import { type ByCheck, databaseContradictions, interpreted, isDatabaseExamined } from './answered.js'
import {
  applicationFindings,
  endsOfPrograms,
  lackingAdvisories,
  programsOf,
  requestedAdvisories,
  summed,
  withVendorPackages,
} from './applications.js'
import type { Collected } from './collected.js'
import { type Join, type Joining, joinsOf, ofImage } from './joining.js'

const updates = joinsOf('security-updates')
const clair = joinsOf('clair')
const bench = joinsOf('docker-bench')
const credentials = joinsOf('credentials')

/** What the checks know of each other, in the order in which it is joined: each may read what earlier ones wrote. */
export const JOINS: readonly Join[] = [
  updates.changes('dockerfile', [], ({ base }, _, { image, dockerfiles, policy }) => {
    return { base: withDockerfile(base, image, dockerfiles, policy.gate) }
  }),

  updates.finds('archive', [], ['archive', 'isDatabaseExamined'], (own, _, { policy: { gate } }) => {
    const answer = own?.answer
    const isRequested = answer?.state === 'answered' && gate.checks.includes(answer.check)
    return { archive: isRequested ? answer : null, isDatabaseExamined: isDatabaseExamined(answer) }
  }),

  // Where packages are from decides by which rows of the tracker they are judged.
  ofImage('origin', ['archive'], ['foreign'], ({ archive }) => ({ foreign: archive?.foreign ?? [] })),

  clair.interprets('vulnerabilities'),

  clair.finds('feeds', [], ['kev', 'ends'], (own) => {
    const documents = own?.evidence.documents
    const isRead = documents !== undefined && own?.answer.state === 'answered'
    return { kev: isRead ? readFeedDocuments(documents).kev : null, ends: endsOfPrograms(documents) }
  }),

  // What CISA knows about the CVEs behind the updates is in Clair's evidence, which covers the same packages.
  updates.changes('known-exploited', ['kev'], ({ findings }, { kev }) => {
    return kev === null ? {} : { findings: withKev(findings, kev) }
  }),

  // security-updates judges whether the package database is true, since it also has the archive's data. If it does
  // not run or has no answer, Clair's answer depends on the same database.
  clair.gains('package-database', ['isDatabaseExamined'], ({ isDatabaseExamined: isKnown }, { image }) =>
    isKnown ? [] : databaseContradictions(image),
  ),

  // The archive decides whether the fixes that the tracker names can be installed. If it was not asked, gave no
  // answer, or has dropped the release and its packages, a fix that the tracker names counts.
  clair.changes('installable', ['archive'], ({ findings }, { archive }, { image }) => {
    if (archive === null) {
      return {}
    }
    const offered = new Set(archive.offered.map(binaryKey))
    const installed = mainOf(image).filter((one) => offered.has(binaryKey(one)))
    const updates = [...archive.findings, ...archive.beyond]
    return { findings: withArchive(findings, updates, installed, archive.underOtherNames) }
  }),

  clair.changes('fix-days', ['archive'], ({ findings }, { archive }) => {
    return archive === null ? {} : { findings: withFixDays(findings, archive.fixDays) }
  }),

  ofImage('base', ['archive'], ['official'], ({ archive }, { image, policy }) => {
    return { official: officialBaseOf(archive?.base ?? null, image, policy.gate.officialMirrors) }
  }),

  // Findings that the base's layers caused, if it is proven which layers these are.
  bench.changes('of-base', ['archive'], ({ findings }, { archive }, { image }) => {
    return archive === null ? {} : { findings: attributedToBase(findings, archive.base, image) }
  }),

  // What lies in layers that are proven to be those of an official image is everybody's, and for its makers to change.
  credentials.changes('own-credentials', ['official'], ({ findings }, { official }) => {
    const isOwn = ({ layer }: Finding) => layer === null || official?.layers.has(layer) !== true
    return { findings: findings.filter(isOwn) }
  }),

  ofImage('inventory', ['foreign'], ['inventory'], ({ foreign }, { image }) => {
    return { inventory: applicationInventory(image, { installed: mainOf(image), foreign }) }
  }),

  // Advisories about application packages are part of the answer of the check that looks for vulnerabilities: if a
  // part of what the policy asks has no answer, neither has the check, and its findings stay.
  clair.finds('advisories', [], ['advisories', 'lacking'], (own, _, { policy, limits }) => {
    const advisories = requestedAdvisories(own?.answer.applications ?? null, policy)
    const isRequested = own !== undefined && advisories !== null
    const lacking = isRequested ? (lackingAdvisories(advisories) ?? osvProblem(own.evidence, limits)) : null
    return { advisories, lacking }
  }),

  ofImage('looked', ['advisories'], ['looked'], ({ advisories }) => ({
    looked: advisories ?? NOTHING_JUDGED,
  })),

  clair.changes('lacking', ['ends', 'lacking'], ({ notes }, { ends, lacking }, { limits }) => {
    return { notes: ends === null ? notes : [...notes, ...endNotes(ends, limits.today)], lacking }
  }),

  updates.finds('base-tag', ['advisories'], ['advisories'], (own, { advisories }) => {
    return { advisories: withTag(advisories, own?.evidence) }
  }),

  clair.gains(
    'applications',
    ['advisories', 'ends', 'inventory', 'foreign'],
    ({ advisories, ends, ...known }) =>
      advisories === null ? [] : applicationFindings(advisories, ends, known),
  ),

  updates.changes(
    'vendor-packages',
    ['inventory', 'foreign', 'looked'],
    ({ findings }, known, { policy }) => {
      return { findings: withVendorPackages(findings, known, policy) }
    },
  ),

  // Whose the image's programs are.
  ofImage('account', ['inventory', 'foreign', 'looked'], ['account'], (known, { image, dockerfiles }) => {
    const { inventory, foreign, looked } = known
    if (inventory === null) {
      return { account: null }
    }
    const packages = dpkgPackages({ installed: mainOf(image), foreign })
    const copied = copiedLayers(chooseDockerfile(dockerfiles, image).match, image)
    return { account: accountOf(image, { inventory, looked, packages, copied }) }
  }),

  clair.changes(
    'not-examined',
    ['inventory', 'official', 'looked', 'ends', 'account'],
    ({ findings }, { inventory, official, looked, ends, account }, { limits }) => ({
      findings: [
        ...findings,
        ...unexaminedFindings(inventory, looked, official),
        ...unownedFindings(account),
        ...(inventory === null ? [] : programsOf(inventory, findings, ends, limits.today)),
      ],
    }),
  ),

  ofImage('summary', ['inventory', 'looked', 'ends'], ['applications'], (known, { policy, limits }) => {
    return { applications: summed(known.inventory, known, policy, limits.today) }
  }),

  {
    name: 'one-release',
    reads: ['reference', 'codename', 'answers'],
    writes: ['answers'],
    join: withOneRelease,
  },

  {
    name: 'platforms',
    reads: ['reference', 'platform', 'others'],
    writes: ['platform', 'problem'],
    join: (all, { gate }) => withPlatforms(all, gate),
  },
]

export function joinAll(all: readonly Joining[], policy: Policy): readonly JudgedInput[] {
  return JOINS.reduce((joining, { join }) => join(joining, policy), all)
}

/** What each check's evidence says by itself, as far as its data can be trusted: where joining begins. */
export function interpretEach(one: Collected, policy: Policy, today: string): Joining {
  const limits = { maxAge: policy.gate.maxDataAge, today }
  const { image, evidence } = one
  const { dockerfiles: _, evidence: __, ...about } = one
  const nothing = { applications: null, account: null }
  const read = (own: Evidence) => interpreted(own, image, [], limits)
  const input = { ...about, ...headOf(image), ...nothing }
  if (image === null) {
    return { ...input, answers: evidence.map(read) }
  }
  const answers = evidence.filter((own) => !needsOrigin(own)).map(read)
  const byCheck: ByCheck = Object.assign({}, ...answers.map((own) => ({ [own.answer.check]: own })))
  const initialKnown = {
    archive: null,
    isDatabaseExamined: false,
    kev: null,
    ends: null,
    foreign: [],
    inventory: null,
    official: null,
    advisories: null,
    lacking: null,
    looked: NOTHING_JUDGED,
  }
  const context = { ...one, image, policy, limits }
  return { ...input, answers, opened: { known: { ...byCheck, ...initialKnown, ...nothing }, context } }
}
