import * as z from 'zod'
import { count, type TypeOf, text, textOrNull, texts } from '../schemas.js'

/**
 * Where the packages of Clair's index may be; each is on one side. `debian`: in a dpkg database, which the security
 * tracker covers. `judged`: compared with advisories. `not-examined`: a finding of that name says so. `refuted`: not
 * one of the application's packages, for a reason that the image shows. `unexplained`: none of these.
 */
export const CLAIR_SIDES = ['debian', 'judged', 'not-examined', 'refuted', 'unexplained'] as const
export type ClairSide = (typeof CLAIR_SIDES)[number]

const ListedByClairSchema = z.strictObject({
  name: text,
  version: text,
  path: text,
  side: z.enum(CLAIR_SIDES).exclude(['debian', 'judged']),
  reason: text,
})
/** A package in Clair's index that is not judged, with why. Name, version, path and reason are text from outside. */
export type ListedByClair = TypeOf<typeof ListedByClairSchema>

/** How many packages an account lists; `sides` counts all of them. */
export const MAX_LISTED = 1000

export const ClairAccountSchema = z.strictObject({
  packages: count.describe('Sum of `sides`; the canaries are not counted'),
  sides: z.strictObject({
    debian: count.describe('In a dpkg database: the security tracker covers it'),
    judged: count.describe('Compared with advisories'),
    'not-examined': count.describe('A finding says that it was not examined'),
    refuted: count.describe('Not a package of the application, for a reason that the image shows'),
    unexplained: count.describe('None of these'),
  }),
  /** Unexplained ones first. */
  listed: z.array(ListedByClairSchema).describe(`The packages that were not judged, at most ${MAX_LISTED}`),
})
/** Each package of Clair's index on exactly one side. A package that Clair found in two ecosystems counts in both. */
export type ClairAccount = TypeOf<typeof ClairAccountSchema>

/**
 * What an image may contain in addition to Debian's packages, one row per kind: packages by their ecosystem's type in
 * the package URL specification, runtimes that were not installed with dpkg, and what is detected but cannot be
 * judged. Reports use this order.
 */
export const APPLICATION_KINDS = {
  npm: { group: 'package', one: 'npm', many: 'npm' },
  pypi: { group: 'package', one: 'PyPI', many: 'PyPI' },
  maven: { group: 'package', one: 'Maven', many: 'Maven' },
  gem: { group: 'package', one: 'RubyGems', many: 'RubyGems' },
  golang: { group: 'package', one: 'Go', many: 'Go' },
  composer: { group: 'package', one: 'Composer', many: 'Composer' },
  cargo: { group: 'package', one: 'Cargo', many: 'Cargo' },
  nodejs: { group: 'runtime', one: 'Node.js', many: 'Node.js' },
  cpython: { group: 'runtime', one: 'CPython', many: 'CPython' },
  ruby: { group: 'runtime', one: 'Ruby', many: 'Ruby' },
  php: { group: 'runtime', one: 'PHP', many: 'PHP' },
  jdk: { group: 'runtime', one: 'JDK', many: 'JDK' },
  /** A program of which advisories are read (pkg:bitnami). */
  bitnami: { group: 'judged program', one: 'program', many: 'programs' },
  /** A program that Debian did not package, by its own version; `name` is one of model/packages/known-programs.ts. */
  program: { group: 'program', one: 'program', many: 'programs' },
  jar: {
    group: 'other',
    one: 'code archive without a package name',
    many: 'code archives without a package name',
  },
  rust: { group: 'other', one: 'Rust program', many: 'Rust programs' },
  dotnet: { group: 'other', one: '.NET program', many: '.NET programs' },
  conda: { group: 'other', one: 'conda package', many: 'conda packages' },
  hex: { group: 'other', one: 'Erlang or Elixir application', many: 'Erlang or Elixir applications' },
  cran: { group: 'other', one: 'R package', many: 'R packages' },
  phar: { group: 'other', one: 'PHP archive (phar)', many: 'PHP archives (phar)' },
  /** Advisories are about `group:artifact`, and this jar states only the artifact. */
  'jar-without-group': { group: 'other', one: 'jar without a group', many: 'jars without a group' },
  /** A version that cannot be compared with some advisory's: `dev-master`, a pseudo-version, or none. */
  undecided: {
    group: 'other',
    one: "package with a version that can't be compared",
    many: "packages with versions that can't be compared",
  },
  /** A file that is too large, broken, or hostile. */
  unreadable: { group: 'other', one: 'unreadable file', many: 'unreadable files' },
  /** A layer that was not read to its end, because a limit for the whole image was reached. */
  cut: { group: 'other', one: 'layer read only in part', many: 'layers read only in part' },
  /** A file in Debian's own folders, in an image without dpkg's lists of files, so that its owner is not known. */
  'unknown-owner': { group: 'other', one: 'package of unknown owner', many: 'packages of unknown owner' },
  /** In the index of an external Clair, but it cannot be compared with advisories. */
  'clair-only': {
    group: 'other',
    one: 'package that only Clair lists',
    many: 'packages that only Clair lists',
  },
  /** A gem or wheel that only an installer reads: a copy in its cache, or one that it brings along. */
  'not-installed': {
    group: 'other',
    one: 'package file that is not installed',
    many: 'package files that are not installed',
  },
  /** Evidence from before there was an inventory. */
  inventory: {
    group: 'other',
    one: 'application packages (not in this evidence)',
    many: 'application packages (not in this evidence)',
  },
} as const satisfies Readonly<Record<string, KindNames>>

interface KindNames {
  readonly group: 'package' | 'runtime' | 'judged program' | 'program' | 'other'
  readonly one: string
  readonly many: string
}

export type ApplicationKind = keyof typeof APPLICATION_KINDS
/** The kinds that advisories of an ecosystem are about. */
export type PurlType = {
  readonly [Kind in ApplicationKind]: (typeof APPLICATION_KINDS)[Kind]['group'] extends
    | 'package'
    | 'judged program'
    ? Kind
    : never
}[ApplicationKind]

/** Content of ecosystems that are judged, which could not be read, counted, or assigned to an owner. */
export const UNREAD_KINDS = ['unreadable', 'cut', 'unknown-owner'] as const satisfies ApplicationKind[]
export type UnreadKind = (typeof UNREAD_KINDS)[number]

export function isUnread(kind: ApplicationKind): kind is UnreadKind {
  return UNREAD_KINDS.some((one) => one === kind)
}

export const APPLICATION_KIND_IDS = Object.keys(APPLICATION_KINDS) as readonly ApplicationKind[]

export const PURL_TYPES = APPLICATION_KIND_IDS.filter(isPurlType)

export function isPurlType(kind: ApplicationKind): kind is PurlType {
  const { group } = APPLICATION_KINDS[kind]
  return group === 'package' || group === 'judged program'
}

const ApplicationStatementSchema = z.object({
  kind: z.enum(APPLICATION_KIND_IDS),
  /**
   * As in the file: `@babel/traverse`, `group:artifact` (or only `artifact`), a Go module's path. If it could not be
   * read: why. Empty if there is nothing to say.
   */
  name: text,
  /** `null`: it has none, or none that could be read. */
  version: textOrNull,
  /** Its path in an archive: `WEB-INF/lib/x.jar`; `null`: it is the file itself. */
  inside: textOrNull,
  /** GOARCH of a Go program, from its ELF header; absent if that is not known. */
  arch: text.exactOptional(),
  /**
   * For a Go program's own module: its version comes from the checkout that it was built in, not from a module proxy.
   * For a crate: it is not from crates.io.
   */
  isFromCheckout: z.literal(true).exactOptional(),
  /**
   * For an npm package outside all folders in which Node.js looks for packages: it may be a private one that shares its
   * name with somebody else's.
   */
  isLoose: z.literal(true).exactOptional(),
  /** SHA-1 of a jar that does not state its group, by which Clair asks for it. */
  sha1: text.exactOptional(),
})
/** What a file says about one package, runtime or program. Text from the image, limited in length when it is read. */
export type ApplicationStatement = TypeOf<typeof ApplicationStatementSchema>

const ApplicationFileSchema = z.object({
  /**
   * Hash of its content, hexadecimal; `null`: not computed. For programs and jars it is computed only if a dpkg list
   * has a sum to compare it with.
   */
  md5: textOrNull,
  says: z.array(ApplicationStatementSchema),
})
/** A file of a layer that shows an application package, a runtime or a program. */
export type ApplicationFile = TypeOf<typeof ApplicationFileSchema>

export const ApplicationRecordsSchema = z.object({
  /** By path in the image. */
  files: z.record(text, ApplicationFileSchema),
  /**
   * Name of dpkg's list (`info/libc6:amd64.md5sums`) -> path with a merged usr -> its MD5 sum, `null` in a list that
   * has none. Only for paths that some layer has in `files`.
   */
  owned: z.record(text, z.record(text, textOrNull)),
  /** dpkg's diversions of such paths: where a file was moved to -> where its package has it; `null`: no such file here. */
  diverted: z.record(text, text).nullable(),
  /** True if not all of the layer's dpkg lists were kept: the owners of files in the missing lists are then not known. */
  areListsCut: z.boolean().exactOptional(),
  /** Why the layer was not read to its end; `null`: it was. */
  cut: textOrNull,
  /** The first path of the layer that was not read; absent if that is not known. */
  cutAt: text.exactOptional(),
  /** True if programs that Debian did not package were looked for; absent in older evidence. */
  hasPrograms: z.literal(true).exactOptional(),
})
/** The application content of one layer, and what its own dpkg lists say about such files in any layer. */
export type ApplicationRecords = TypeOf<typeof ApplicationRecordsSchema>

export const KindCountSchema = z.strictObject({
  kind: z.enum(APPLICATION_KIND_IDS),
  count,
  versions: texts.describe('Installed versions, for runtimes only'),
})
/** How many packages of a kind an image has; for runtimes also versions, for programs names and versions, sorted. */
export type KindCount = TypeOf<typeof KindCountSchema>

/** Which of an image's applications were judged by advisories, and which were not examined, by kind. */
export interface ApplicationSummary {
  readonly judged: readonly KindCount[]
  readonly unexamined: readonly KindCount[]
  /** Kinds in `judged` whose canary Clair reported; the other kinds are judged by OSV's advisories alone. */
  readonly byClair?: readonly ApplicationKind[]
  /** True if the policy turns this off (`application: off`). */
  readonly isOff?: boolean
  /** True if no policy does, but the input `osv` is `none`. */
  readonly isOffByOsv?: boolean
  /** True if programs are not judged: by `programs: off`, or as `application` says. */
  readonly areProgramsOff?: boolean
  /** Programs whose branch has ended, and those of which that is not known because the data are too old. */
  readonly ends?: { readonly past: readonly string[]; readonly unknown: readonly string[] }
  /** Each package of Clair's index on one side; `null` or omitted: Clair was not asked, or failed. */
  readonly clair?: ClairAccount | null
  /** The packages themselves, for lists of the image's content; each once. */
  readonly packages?: readonly ApplicationPackage[]
}

export interface ApplicationPackage {
  /** Text from the image; `group:artifact` for Maven. */
  readonly name: string
  readonly version: string | null
  readonly purl: string
}

/**
 * "212 npm, 14 PyPI packages, Node.js 22.3.0, 2 code archives without a package name": in order of kind. Versions are
 * text from outside.
 */
export function kindText(counts: readonly KindCount[]): string {
  const textOf = (group: KindNames['group'], text: (one: KindCount, names: KindNames) => string) =>
    counts.flatMap((one) => {
      const row: KindNames = APPLICATION_KINDS[one.kind]
      return row.group === group ? [text(one, row)] : []
    })
  const packages = textOf('package', ({ count }, { one }) => `${count} ${one}`)
  const isOne =
    packages.length === 1 &&
    counts.some(({ kind, count }) => APPLICATION_KINDS[kind].group === 'package' && count === 1)
  const runtimes = textOf('runtime', ({ versions }, { one }) =>
    versions.map((version) => `${one} ${version}`).join(', '),
  )
  const programs = (['judged program', 'program'] as const).flatMap((group) =>
    textOf(group, ({ versions }) => versions.join(', ')),
  )
  const others = textOf('other', ({ kind, count }, { one, many }) =>
    kind === 'inventory' ? one : `${count} ${count === 1 ? one : many}`,
  )
  const packagesText =
    packages.length === 0 ? [] : [`${packages.join(', ')} ${isOne ? 'package' : 'packages'}`]
  return [...packagesText, ...runtimes, ...programs, ...others].join(', ')
}
