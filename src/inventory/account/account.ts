import {
  ACCOUNT_SIDES,
  type AccountedProgram,
  type AccountSide,
  compareText,
  type Image,
  type ImageAccount,
  isOwnFileOfPackage,
  mergedPath,
  mergeLayers,
  type PlacedProgram,
  type ProgramListing,
  startPaths,
} from '../../model/index.js'
import { isFolderOf } from '../application/debian-folders.js'
import type { AdvisoryResults, ApplicationInventory } from '../application/inventory.js'
import type { DpkgPackages } from '../application/owners.js'
import { packageOf } from '../database/contents.js'
import { growthOf } from '../database/growth.js'
import { explanationsIn } from './parts.js'

export interface Accounting {
  readonly inventory: ApplicationInventory
  readonly looked: AdvisoryResults
  readonly packages: DpkgPackages
  /** diff_ids of the layers that the matched Dockerfile copies from its build context. */
  readonly copied: ReadonlySet<string>
}

/** Which kind of package a judged program belongs to. */
type ProgramJudge = keyof ImageAccount['judged']

type PlacementOfProgram =
  | { readonly side: 'judged'; readonly by: ProgramJudge }
  | { readonly side: Exclude<AccountSide, 'judged'>; readonly reason: string }

/**
 * Each program of the merged file system on exactly one side, so that the sums are equal: the sides are counted from
 * what one function says of each program.
 * @returns `null` if the evidence is older than the account
 */
export function accountOf(image: Image, accounting: Accounting): ImageAccount | null {
  const { layers } = image
  if (layers.some(({ programs }) => programs === undefined)) {
    return null
  }
  const namedPaths = new Set(startPaths(image).named)
  const placementOf = placingIn(image, accounting)
  const placed = [...mergeLayers(layers).programs]
    // A script that is not executable runs only if something names it.
    .filter(([path, { file }]) => file.form !== 'script' || file.isExecutable || namedPaths.has(path))
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, program]) => ({ path, program, placing: placementOf(path, program) }))
  const count = (is: (placing: PlacementOfProgram) => boolean): number =>
    placed.filter(({ placing }) => is(placing)).length
  const countJudgedBy = (one: ProgramJudge): number =>
    count((placing) => placing.side === 'judged' && placing.by === one)
  return {
    programs: placed.length,
    sides: Object.fromEntries(
      ACCOUNT_SIDES.map((side) => [side, count((placing) => placing.side === side)]),
    ) as ImageAccount['sides'],
    judged: {
      debian: countJudgedBy('debian'),
      parts: countJudgedBy('parts'),
      packages: countJudgedBy('packages'),
    },
    listed: placed.flatMap(({ path, program: { file, diffId }, placing }): AccountedProgram[] => {
      const { form, sha256 } = file
      return placing.side === 'judged' ? [] : [{ path, form, ...placing, layer: diffId, sha256 }]
    }),
  }
}

/** The first that applies, as in docs/application-packages.md ("The account"). */
function placingIn(
  { layers }: Image,
  { inventory, looked, packages, copied }: Accounting,
): (path: string, program: PlacedProgram) => PlacementOfProgram {
  const explanations = explanationsIn(inventory, looked)
  const dpkg = dpkgOwners(layers, packages)
  return (path, program) => {
    const { file, diffId } = program
    const ownStatement = explanations.ownStatement(path)
    if (ownStatement !== null && !ownStatement.isJudged) {
      return { side: 'not-examined', reason: ownStatement.text }
    }
    const owner = dpkg(path, program)
    if (owner.isOwned) {
      return { side: 'judged', by: 'debian' }
    }
    if (ownStatement !== null) {
      return { side: 'judged', by: 'packages' }
    }
    const explanation = explanations.ownerOf(path, file.record)
    if (explanation !== null) {
      return explanation.isJudged
        ? { side: 'judged', by: 'parts' }
        : { side: 'not-examined', reason: `part of ${explanation.text}` }
    }
    if (file.form === 'script') {
      return { side: 'copied', reason: owner.reason ?? 'a text script' }
    }
    return copied.has(diffId)
      ? { side: 'copied', reason: 'copied from the build context' }
      : { side: 'unowned', reason: owner.reason ?? 'no package explains it' }
  }
}

type DpkgOwner = { readonly isOwned: true } | { readonly isOwned: false; readonly reason: string | null }

/**
 * Files that belong to a package although no list has them: dpkg unpacks a package's own scripts next to its lists
 * (deb-control(5), dpkg(1)). A script from a later layer than these lists is somebody else's.
 */
const MAINTAINER_SCRIPT = /^var\/lib\/dpkg\/(info\/[^/]+)\.(?:preinst|postinst|prerm|postrm|config)$/

/**
 * Whether an installed package has the file, with its content. Packages that are not Debian's count too: whether
 * anybody provides security updates for these is the question of `no-security-support`.
 */
function dpkgOwners(
  layers: Image['layers'],
  { installed, foreign }: DpkgPackages,
): (path: string, program: PlacedProgram) => DpkgOwner {
  const { isWithoutPackage: isUnfounded, areSumsLate } = growthOf(layers)
  const indexes = new Map(layers.map(({ diffId }, index) => [diffId, index]))
  const writtenIn = new Map(
    layers.flatMap(({ records }, index) => (records?.holds ?? []).map((name) => [name, index] as const)),
  )
  const contentOf = ({ list, content }: ProgramListing, index: number): ProgramListing['content'] => {
    // Treated like a file without a sum (io/archive/layer/programs/owners.ts).
    const isLater = index > (writtenIn.get(`${list}.list`) ?? -1)
    return areSumsLate(list) ? (isLater ? 'other' : 'unsummed') : content
  }
  return (path, { file, diffId }) => {
    const index = indexes.get(diffId) ?? 0
    const [, script] = MAINTAINER_SCRIPT.exec(path) ?? []
    if (script !== undefined) {
      const isPackageScript = installed.has(packageOf(`${script}.list`))
      const lists = [`${script}.list`, `${script}.md5sums`]
      const isWithList = lists.some((name) => index <= (writtenIn.get(name) ?? -1))
      return isPackageScript && isWithList ? { isOwned: true } : { isOwned: false, reason: null }
    }
    const listings = file.listings
      .map((one) => ({ ...one, name: packageOf(`${one.list}.list`) }))
      .filter(({ name }) => installed.has(name))
    const packageListings = listings.filter(
      ({ name, list, since }) => !isUnfounded(list, since) && isFolderOf(mergedPath(path), foreign.has(name)),
    )
    if (packageListings.some((one) => isOwnFileOfPackage({ content: contentOf(one, index) }))) {
      return { isOwned: true }
    }
    const [first] = packageListings
    const [claimed] = listings
    const reason =
      first !== undefined
        ? `it differs from the file of the Debian package ${first.name}`
        : claimed === undefined
          ? null
          : `it was added to the file list of the Debian package ${claimed.name}, to which it does not belong`
    return { isOwned: false, reason }
  }
}
