import type { ApplicationStatement } from '../../../model/application.js'
import { isVersionText, readVersionText } from '../versions/texts.js'
import * as texts from './texts.js'

/** What a path says about a file, for content in addition to Debian's packages. */
export type Form =
  | 'python'
  | 'pip-leftover'
  | 'npm'
  | 'gem'
  | 'composer'
  | 'archive'
  | 'zip'
  | 'version'
  | 'dotnet'
  | 'conda'
  | 'phar'
  | 'package-file'

/**
 * Directly below `node_modules`, or a folder that Debian's Node.js looks in as well (its `module.globalPaths`), or in the
 * store of Yarn's `nodeLinker: pnpm`: deeper ones (fixtures, stubs that say `type: module`) are not packages.
 */
const NPM =
  /(?:(?:^|\/)node_modules|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs)\/(?:(?:@[^/]+\/)?[^@./][^/]*|\.store\/[^/]+\/package)\/package\.json$/
/**
 * What is in other packages' own folders is theirs: npm's, Debian's, Python's with the data that its packages have
 * elsewhere, RubyGems', Go's and Cargo's. Tests and templates have package.json of packages that are not there, and so do
 * Yarn's stubs for editors.
 */
const NOT_LOOSE =
  /(?:^|\/)(?:node_modules|(?:site|dist)-packages|share\/jupyter|gems|go\/pkg\/mod|\.?cargo\/(?:registry|git)|\.yarn\/sdks|tests?|__tests__|fixtures|testdata|examples?|templates?)\/|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs\//
/** An egg is a folder or a zip, which has `EGG-INFO` at its root. */
const PYTHON = /\.dist-info\/METADATA$|\.egg-info\/PKG-INFO$|(?:^|\.egg\/)EGG-INFO\/PKG-INFO$/
/** pip renames what it is about to remove: left behind if that was interrupted, and pip itself skips it. */
const PIP_LEFTOVER = /(?:^|\/)~[^/]*\.(?:dist|egg)-info(?:\/[^/]*)?$/

/**
 * Archives of code by their ending: Java's, Jenkins' (jpi, hpi), NiFi's (nar), Android's (aar), Karaf's (kar), Python's,
 * PHP's, and RubyGems' packages, which have to be installed first.
 */
const CODE_ARCHIVES = {
  jar: 'archive',
  war: 'archive',
  ear: 'archive',
  jpi: 'archive',
  hpi: 'archive',
  nar: 'archive',
  rar: 'archive',
  aar: 'archive',
  kar: 'archive',
  pyz: 'archive',
  pex: 'archive',
  whl: 'archive',
  egg: 'archive',
  phar: 'phar',
  gem: 'package-file',
} as const satisfies Readonly<Record<string, Form>>

/** Whether a path ends as archives of code do. */
export function isCodeArchive(path: string): boolean {
  return Object.hasOwn(CODE_ARCHIVES, endOf(path))
}

/** Empty for a name without a dot: `/usr/bin/jar` is a program. */
function endOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.slice(name.lastIndexOf('.') + 1 || name.length).toLowerCase()
}

/** What update-alternatives(1) keeps about each of its links, in a text file of the link's name (`phar.phar`). */
const ALTERNATIVES = 'var/lib/dpkg/alternatives/'

/** Wheels that only an installer reads: those of ensurepip and virtualenv, and pip's cache. */
const NOT_INSTALLED =
  /(?:^|\/)(?:py(?:thon|py)[^/]*\/ensurepip\/_bundled|virtualenv\/seed\/wheels\/embed|\.cache\/pip\/wheels\/.+)\/[^/]+\.whl$/i

const BY_NAME: Readonly<Record<string, readonly [RegExp, Form]>> = {
  'package.json': [NPM, 'npm'],
  METADATA: [PYTHON, 'python'],
  'PKG-INFO': [PYTHON, 'python'],
  'installed.json': [/(?:^|\/)composer\/installed\.json$/, 'composer'],
}

/**
 * RubyGems' own folder of specifications, and Bundler's checkouts, in which Bundler looks for them up to two folders deep
 * (`{,*,*\/*}.gemspec`).
 */
const GEM =
  /(?:^|\/)(?:specifications\/(?:default\/)?|bundler\/gems\/[^/]+-[0-9a-f]{7,40}\/(?:[^/]+\/){0,2})[^/]+\.gemspec$/

const BY_END: Readonly<Record<string, readonly [RegExp, Form]>> = {
  gemspec: [GEM, 'gem'],
  'egg-info': [/./, 'python'],
}

/** `null`: a file of no interest. Called for each entry of each layer. */
export function formOf(path: string): Form | null {
  if (path.startsWith(ALTERNATIVES)) {
    return null
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const end = endOf(path)
  const archive = own<Form>(CODE_ARCHIVES, end)
  if (archive !== undefined) {
    return NOT_INSTALLED.test(path) ? 'package-file' : archive
  }
  if (end === 'zip') {
    return 'zip'
  }
  const [pattern, form] = own(BY_NAME, name) ?? own(BY_END, end) ?? []
  if (form !== undefined && pattern?.test(path)) {
    return form === 'python' && PIP_LEFTOVER.test(path) ? 'pip-leftover' : form
  }
  if (isVersionText(path)) {
    return 'version'
  }
  if (end === 'json') {
    return name.endsWith('.deps.json')
      ? 'dotnet'
      : /(?:^|\/)conda-meta\/[^/]+\.json$/.test(path)
        ? 'conda'
        : null
  }
  return null
}

/** Whether a package.json may be a package although its path does not make it one. */
export function mayBeLoose(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) && !NOT_LOOSE.test(path)
}

/**
 * The folder with the metadata of a Python package, whatever its name; `null`: the path is another one. pip ignores folders
 * with `~` in front, and names them so before it removes them.
 */
export function metadataFolder(path: string): string | null {
  return /^((?:.*\/)?[^/~][^/]*)\/METADATA$/.exec(path)?.[1] ?? null
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

const KiB = 1024
const MiB = 1024 * KiB
/** Bytes of which the beginning is enough: core metadata continues with the project's README. */
const METADATA_HEAD = 64 * KiB
/** Rust's manifest has the compiler's version behind those of all other parts. */
const VERSION_HEAD = 256 * KiB

type ReadStatements = (text: string, path: string) => readonly ApplicationStatement[]

/** How a file with a telling name is read. */
export interface FileReading {
  /** A larger file is not read. */
  readonly most: number
  /** Bytes of its beginning that are kept; 0: its name is enough. */
  readonly kept: number
  readonly statements: ReadStatements
}

const named = (statements: (path: string) => readonly ApplicationStatement[]): FileReading => {
  return { most: Number.POSITIVE_INFINITY, kept: 0, statements: (_, path) => statements(path) }
}
const whole = (most: number, statements: ReadStatements): FileReading => ({ most, kept: most, statements })

/** Limits are ten times what occurs: npm's largest package.json has 100 KiB, Drupal's installed.json 700 KiB. */
export const READINGS: Readonly<Record<Exclude<Form, 'archive' | 'zip'>, FileReading>> = {
  python: { most: 64 * MiB, kept: METADATA_HEAD, statements: texts.readMetadata },
  'pip-leftover': { most: Number.POSITIVE_INFINITY, kept: METADATA_HEAD, statements: texts.readLeftover },
  npm: whole(MiB, texts.readPackageJson),
  gem: whole(MiB, texts.readGemspec),
  composer: whole(8 * MiB, texts.readComposer),
  version: { most: Number.POSITIVE_INFINITY, kept: VERSION_HEAD, statements: readVersionText },
  dotnet: named(texts.readDotnetName),
  conda: named(texts.readCondaName),
  phar: named(texts.readPharName),
  'package-file': named(texts.readPackageFileName),
}
