import { chooseDockerfile } from '../dockerfile/choose.js'
import { copiedLayers } from '../dockerfile/match.js'
import { readFeedDocuments } from '../feeds/formats/documents.js'
import { accountOf } from '../inventory/account/account.js'
import { unownedFindings } from '../inventory/account/findings.js'
import { type OfficialBase, unexaminedFindings } from '../inventory/application/findings.js'
import { applicationInventory, NOTHING_JUDGED } from '../inventory/application/inventory.js'
import { dpkgPackages } from '../inventory/application/owners.js'
import { headOf, mainOf } from '../inventory/listing.js'
import { withDockerfile } from '../inventory/provenance/base/dockerfile.js'
import { attributedToBase, officialBaseOf } from '../inventory/provenance/base/layers.js'
import { withFixDays } from '../inventory/provenance/changelog.js'
import type { JudgedInput } from '../judge/answers.js'
import { withArchive, withKev, withOneRelease, withPlatforms } from '../judge/between-checks.js'
import type { DataLimits } from '../judge/data-age.js'
import type { Answers, Binary, Evidence, Finding, Image } from '../model/index.js'
import type { Policy } from '../policy/policy.js'
import {
  type ByCheck,
  type CheckAnswer,
  interpreted,
  withAnswer,
  withDatabase,
  withFindings,
} from './answered.js'
import {
  type Contents,
  type Joined,
  programsOf,
  summed,
  withApplications,
  withVendorPackages,
} from './applications.js'
import type { Collected } from './collected.js'

/** What is known of one image: each check's answer, and what joins find out. */
interface Known extends ByCheck, Contents, Joined, Required<Pick<JudgedInput, 'applications' | 'account'>> {
  /** `null`: none is proven. */
  readonly official: OfficialBase | null
}

/** What no join changes. */
interface Context extends Collected {
  readonly image: Image
  readonly policy: Policy
  readonly limits: DataLimits
}

/** An image that is to be judged; `opened` is missing if it could not be opened, or was not examined. */
interface Joining extends JudgedInput {
  readonly opened?: { readonly known: Known; readonly context: Context }
}

interface Join {
  readonly name: string
  readonly reads: readonly (keyof Known | keyof JudgedInput)[]
  readonly writes: readonly (keyof Known | keyof JudgedInput)[]
  readonly join: (all: readonly Joining[], policy: Policy) => readonly Joining[]
}

/** A join of what is known of one image. The compiler holds it to what it says that it reads and writes. */
function ofImage<Reads extends keyof Known, Writes extends keyof Known>(
  name: string,
  reads: readonly Reads[],
  writes: readonly Writes[],
  join: (known: Pick<Known, Reads>, context: Context) => Pick<Known, Writes>,
): Join {
  const add = (one: Joining): Joining => {
    if (one.opened === undefined) {
      return one
    }
    const { context } = one.opened
    const known: Known = { ...one.opened.known, ...join(one.opened.known, context) }
    const { applications, account } = known
    const answers = context.evidence.flatMap<CheckAnswer>(({ check }) => known[check] ?? [])
    return { ...one, applications, account, answers, opened: { known, context } }
  }
  return { name, reads, writes, join: (all) => all.map(add) }
}

/** What the checks know of each other, in the order in which it is joined: each may read what earlier ones wrote. */
export const JOINS: readonly Join[] = [
  // Where packages are from decides by which rows of the tracker they are judged.
  ofImage('origin', ['security-updates'], ['foreign', 'clair'], (known, context) => {
    const { evidence, image, limits } = context
    const foreign = archiveOf(known, context)?.foreign ?? []
    const clair = evidence.find(needsOrigin)
    return { foreign, clair: clair && (interpreted(clair, image, foreign, limits) as CheckAnswer<'clair'>) }
  }),

  ofImage('dockerfile', ['security-updates'], ['security-updates'], (known, context) => {
    const { image, dockerfiles, policy } = context
    return {
      'security-updates': withAnswer(known['security-updates'], ({ base }) => {
        return { base: withDockerfile(base, image, dockerfiles, policy.gate) }
      }),
    }
  }),

  // What CISA knows about the CVEs behind the updates is in Clair's evidence, which covers the same packages.
  ofImage('known-exploited', ['security-updates', 'clair'], ['security-updates'], (known) => {
    const { clair, 'security-updates': updates } = known
    if (clair?.answer.state !== 'answered') {
      return { 'security-updates': updates }
    }
    const { kev } = readFeedDocuments(clair.evidence.documents)
    return { 'security-updates': withFindings(updates, (findings) => withKev(findings, kev)) }
  }),

  ofImage('package-database', ['security-updates', 'clair'], ['clair'], (known, { image }) =>
    withDatabase(known, image),
  ),

  // The archive decides whether the fixes that the tracker names can be installed. If it was not asked, gave no
  // answer, or has dropped the release and its packages, a fix that the tracker names counts.
  ofImage('archive', ['security-updates', 'clair'], ['clair'], (known, context) => {
    const archive = archiveOf(known, context)
    if (archive === null) {
      return { clair: known.clair }
    }
    const offered = new Set(archive.offered.map(nameOf))
    const installed = mainOf(context.image).filter((one) => offered.has(nameOf(one)))
    const updates = [...archive.findings, ...archive.beyond]
    return { clair: withFindings(known.clair, (findings) => withArchive(findings, updates, installed)) }
  }),

  ofImage('fix-days', ['security-updates', 'clair'], ['clair'], (known, context) => {
    const days = archiveOf(known, context)?.fixDays ?? new Map()
    return { clair: withFindings(known.clair, (findings) => withFixDays(findings, days)) }
  }),

  // Findings that the base's layers caused, if it is proven which layers these are.
  ofImage('base', ['security-updates', 'docker-bench'], ['docker-bench', 'official'], (known, context) => {
    const { image, policy } = context
    const base = archiveOf(known, context)?.base ?? null
    return {
      official: officialBaseOf(base, image, policy.gate.officialMirrors),
      'docker-bench': withFindings(known['docker-bench'], (findings) =>
        base === null ? findings : attributedToBase(findings, base, image),
      ),
    }
  }),

  // What lies in layers that are proven to be those of an official image is everybody's, and for its makers to change.
  ofImage('own-credentials', ['official', 'credentials'], ['credentials'], ({ official, credentials }) => {
    const isOwn = ({ layer }: Finding) => layer === null || official?.layers.has(layer) !== true
    return { credentials: withFindings(credentials, (findings) => findings.filter(isOwn)) }
  }),

  ofImage('inventory', ['foreign'], ['inventory'], ({ foreign }, { image }) => {
    return { inventory: applicationInventory(image, { installed: mainOf(image), foreign }) }
  }),

  ofImage(
    'applications',
    ['security-updates', 'clair', 'inventory', 'foreign'],
    ['clair', 'looked', 'ends'],
    (known, { limits, policy }) => withApplications(known, limits, policy, known),
  ),

  ofImage(
    'vendor-packages',
    ['security-updates', 'inventory', 'foreign', 'looked'],
    ['security-updates'],
    ({ 'security-updates': updates, ...contents }, { policy }) => {
      const read = (findings: readonly Finding[]) => withVendorPackages(findings, contents, policy)
      return { 'security-updates': withFindings(updates, read) }
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

  ofImage(
    'not-examined',
    ['clair', 'inventory', 'official', 'looked', 'ends', 'account'],
    ['clair'],
    ({ clair, inventory, official, looked, ends, account }, { limits }) => {
      const add = (findings: readonly Finding[]) => [
        ...findings,
        ...unexaminedFindings(inventory, looked, official),
        ...unownedFindings(account),
        ...(inventory === null ? [] : programsOf(inventory, findings, ends, limits.today)),
      ]
      return { clair: withFindings(clair, add) }
    },
  ),

  ofImage('summary', ['inventory', 'looked', 'ends'], ['applications'], (known, { policy, limits }) => {
    return { applications: summed(known.inventory, known, policy, limits.today) }
  }),

  {
    name: 'one-release',
    reads: ['reference', 'codename', 'answers'],
    writes: ['answers'],
    join: (all) => withOneRelease(all),
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
  const initialKnown = { foreign: [], inventory: null, official: null, looked: NOTHING_JUDGED, ends: null }
  const context = { ...one, image, policy, limits }
  return { ...input, answers, opened: { known: { ...byCheck, ...initialKnown, ...nothing }, context } }
}

/**
 * What Clair says about a package depends on where the package is from: its evidence is interpreted when that is known.
 */
function needsOrigin({ check }: Evidence): boolean {
  return check === 'clair'
}

/** What the archive says, if the policy asks it. */
function archiveOf(
  { 'security-updates': archive }: Pick<Known, 'security-updates'>,
  { policy: { gate } }: Context,
): Answers['security-updates'] | null {
  return gate.checks.includes('security-updates') && archive?.answer.state === 'answered'
    ? archive.answer
    : null
}

function nameOf({ name, version, architecture }: Binary): string {
  return `${name} ${version} ${architecture}`
}
