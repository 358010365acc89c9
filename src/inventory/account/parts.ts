import {
  APPLICATION_KINDS,
  type ApplicationKind,
  ancestorsOf,
  type ProgramName,
  packageOfPurl,
  programText,
} from '../../model/index.js'
import {
  type AdvisoryResults,
  type ApplicationInventory,
  type ApplicationItem,
  type ApplicationPlace,
  isOwn,
  itemsOf,
} from '../application/inventory.js'
import { PROGRAM_TERRITORIES } from '../programs/territories.js'

/** The package or runtime that a program belongs to, or that it is. */
export interface ProgramExplanation {
  readonly kind: ApplicationKind
  /** "npm package lodash 4.17.4", "Node.js 22.3.0". Contains text from the image. */
  readonly text: string
  readonly isJudged: boolean
}

/**
 * What belongs to a package or runtime, by where the file is that names it; a row for each layout. Python's packages
 * list their files themselves (RECORD).
 */
const TERRITORIES: readonly {
  readonly kind: ApplicationKind | ProgramName
  /** Only for packages outside the folders in which Node.js looks for packages. */
  readonly isLoose?: true
  readonly identifiedBy: RegExp
  /** Folders without a slash at their end, and single files. */
  readonly has: (match: RegExpExecArray, item: ApplicationItem) => readonly string[]
}[] = [
  // A package's folder is npm's, pnpm's and Yarn's unit of installation, and what somebody copies as a whole. A folder
  // elsewhere, to which a link leads, may have anything in it.
  {
    kind: 'npm',
    identifiedBy: /^((?:.*\/)?(?:node_modules|nodejs)\/.+)\/package\.json$/,
    has: ([, folder = '']) => [folder],
  },
  { kind: 'npm', isLoose: true, identifiedBy: /^(.+)\/package\.json$/, has: ([, folder = '']) => [folder] },
  {
    // RubyGems' layout: libraries of gems that were compiled here are in a folder for each platform and ABI.
    kind: 'gem',
    identifiedBy: /^(.*)specifications\/(?:default\/)?([^/]+)\.gemspec$/,
    has: ([, home = '', name = '']) => [`${home}gems/${name}`, `${home}extensions/*/*/${name}`],
  },
  {
    // Bundler's checkouts of Git repositories: one may have several gems.
    kind: 'gem',
    identifiedBy: /^(.*bundler\/gems\/)([^/]+)\/(?:.*\/)?[^/]+\.gemspec$/,
    has: ([, home = '', name = '']) => [`${home}${name}`, `${home}extensions/*/*/${name}`],
  },
  {
    kind: 'composer',
    identifiedBy: /^(.*)composer\/installed\.json$/,
    has: ([, vendor = ''], { name }) => [`${vendor}${name}`],
  },
  { kind: 'pypi', identifiedBy: /^(.+\.egg)\/EGG-INFO\/PKG-INFO$/, has: ([, folder = '']) => [folder] },
  ...PROGRAM_TERRITORIES,
  { kind: 'dotnet', identifiedBy: /^(.+)\/[^/]+\.deps\.json$/, has: ([, folder = '']) => [folder] },
  {
    // The shared runtime: its host is next to the frameworks.
    kind: 'dotnet',
    identifiedBy: /^(.+)\/shared\/Microsoft\.[^/]+\/[^/]+\/[^/]+\.deps\.json$/,
    has: ([, home = '']) => [`${home}/dotnet`, `${home}/host`, `${home}/shared`],
  },
  { kind: 'hex', identifiedBy: /^(.+)\/ebin\/[^/]+\.app$/, has: ([, folder = '']) => [folder] },
  { kind: 'cran', identifiedBy: /^(.+)\/DESCRIPTION$/, has: ([, folder = '']) => [folder] },
  { kind: 'conda', identifiedBy: /^(.+)\/conda-meta\/[^/]+\.json$/, has: ([, prefix = '']) => [prefix] },
]

/** Folders that many packages share: not every file in them belongs to what is installed there. */
const SHARED_FOLDER = /^(?:usr|usr\/local|opt|etc|var|home|root|lib|s?bin)?$/

export function explanationsIn(inventory: ApplicationInventory, looked: AdvisoryResults) {
  const ownStatements = new Map<string, ProgramExplanation>()
  const folders = new Map<string, ProgramExplanation>()
  const patterns = new Map<string, ProgramExplanation>()
  const records = new Map<string, ProgramExplanation>()
  // Their versions cannot be compared with some advisory, so they count as not judged.
  const incomparablePackages = new Set(looked.open.map((one) => `${one.package} ${one.version}`))

  // Of two packages in one place, one that was not judged counts.
  const put = (into: Map<string, ProgramExplanation>, key: string, explained: ProgramExplanation): void => {
    if (into.get(key)?.isJudged ?? true) {
      into.set(key, explained)
    }
  }
  for (const item of itemsOf(inventory, looked)) {
    const explained = explainedBy(item, looked, incomparablePackages)
    // An open question about a package is not a package itself: what it is about is an item too.
    for (const place of item.kind === 'undecided' ? [] : item.places) {
      put(ownStatements, place.path, explained)
      const [, folder] = /^(.+)\/METADATA$/.exec(place.path) ?? []
      if (folder !== undefined) {
        put(records, folder, explained)
      }
      for (const territory of territoriesOf(item, place)) {
        put(territory.includes('*') ? patterns : folders, territory, explained)
      }
    }
  }
  const byName = [...patterns].map(([pattern, explained]) => ({ pattern: asPattern(pattern), explained }))
  return {
    /** The package that the file itself names. If it names several, one that was not judged. */
    ownStatement: (path: string) => ownStatements.get(path) ?? null,
    /** The package or the runtime that the file belongs to. @param record folder of the Python package that lists it */
    ownerOf(path: string, record: string | null) {
      const folder = [path, ...ancestorsOf(path)].find((one) => folders.has(one))
      const nearest = folder === undefined ? undefined : folders.get(folder)
      return (
        (record === null ? undefined : records.get(record)) ??
        nearest ??
        byName.find(({ pattern }) => pattern.test(path))?.explained ??
        null
      )
    },
  }
}

function explainedBy(
  item: ApplicationItem,
  { judged }: AdvisoryResults,
  open: ReadonlySet<string>,
): ProgramExplanation {
  const { kind, name, version, purl } = item
  const { group, one } = APPLICATION_KINDS[kind]
  const isOpen = purl !== null && open.has(`${packageOfPurl(purl)} ${version}`)
  const description =
    group === 'package'
      ? `${one} package ${name}${version === null ? '' : ` ${version}`}`
      : group === 'runtime'
        ? [one, version ?? 'of unknown version'].join(' ')
        : group === 'program' || group === 'judged program'
          ? programText(name, version)
          : kind === 'unreadable' && name !== ''
            ? `${one}: ${name}`
            : one
  const text = isOpen ? `${description}, which cannot be compared with advisories` : description
  return { kind: isOpen ? 'undecided' : kind, text, isJudged: judged.has(kind) && !isOpen }
}

function territoriesOf(item: ApplicationItem, { path, isLoose }: ApplicationPlace): readonly string[] {
  return TERRITORIES.flatMap(({ kind, identifiedBy, has, ...row }) => {
    const appliesToItem = isAbout(kind, item) && (!row.isLoose || isLoose)
    const match = appliesToItem && isOwn(item) ? identifiedBy.exec(path) : null
    return match === null ? [] : has(match, item).filter((one) => !SHARED_FOLDER.test(one))
  })
}

/** Older evidence has a kind for each of the runtimes. */
const FORMER_KINDS: Readonly<Partial<Record<ApplicationKind, ProgramName>>> = {
  nodejs: 'node',
  cpython: 'python',
  jdk: 'openjdk',
}

function isAbout(kind: ApplicationKind | ProgramName, item: ApplicationItem): boolean {
  const isProgram = item.kind === 'program' || item.kind === 'bitnami'
  return item.kind === kind || (isProgram ? item.name : FORMER_KINDS[item.kind]) === kind
}

/** `*` stands for anything in one name. What is below it belongs to it too. */
function asPattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]*')}(?:/|$)`)
}
