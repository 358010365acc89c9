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
const NPM_PATH =
  /(?:(?:^|\/)node_modules|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs)\/(?:(?:@[^/]+\/)?[^@./][^/]*|\.store\/[^/]+\/package)\/package\.json$/
/**
 * What is in other packages' own folders is theirs: npm's, Debian's, Python's with the data that its packages have
 * elsewhere, RubyGems', Go's and Cargo's. Tests and templates have package.json of packages that are not there, and so do
 * Yarn's stubs for editors.
 */
const PACKAGE_FOLDERS =
  /(?:^|\/)(?:node_modules|(?:site|dist)-packages|share\/jupyter|gems|go\/pkg\/mod|\.?cargo\/(?:registry|git)|\.yarn\/sdks|tests?|__tests__|fixtures|testdata|examples?|templates?)\/|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs\//
/** An egg is a folder or a zip, which has `EGG-INFO` at its root. */
const PYTHON_METADATA_PATH = /\.dist-info\/METADATA$|\.egg-info\/PKG-INFO$|(?:^|\.egg\/)EGG-INFO\/PKG-INFO$/
/** pip renames what it is about to remove: left behind if that was interrupted, and pip itself skips it. */
const PIP_LEFTOVER_PATH = /(?:^|\/)~[^/]*\.(?:dist|egg)-info(?:\/[^/]*)?$/

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
  return Object.hasOwn(CODE_ARCHIVES, extensionOf(path))
}

/** Empty for a name without a dot: `/usr/bin/jar` is a program. */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.slice(name.lastIndexOf('.') + 1 || name.length).toLowerCase()
}

/** What update-alternatives(1) keeps about each of its links, in a text file of the link's name (`phar.phar`). */
const ALTERNATIVES_FOLDER = 'var/lib/dpkg/alternatives/'

/** Wheels that only an installer reads: those of ensurepip and virtualenv, and pip's cache. */
const BUNDLED_WHEEL_PATH =
  /(?:^|\/)(?:py(?:thon|py)[^/]*\/ensurepip\/_bundled|virtualenv\/seed\/wheels\/embed|\.cache\/pip\/wheels\/.+)\/[^/]+\.whl$/i

const FORMS_BY_NAME: Readonly<Record<string, readonly [RegExp, Form]>> = {
  'package.json': [NPM_PATH, 'npm'],
  METADATA: [PYTHON_METADATA_PATH, 'python'],
  'PKG-INFO': [PYTHON_METADATA_PATH, 'python'],
  'installed.json': [/(?:^|\/)composer\/installed\.json$/, 'composer'],
}

/**
 * RubyGems' own folder of specifications, and Bundler's checkouts, in which Bundler looks for them up to two folders deep
 * (`{,*,*\/*}.gemspec`).
 */
const GEMSPEC_PATH =
  /(?:^|\/)(?:specifications\/(?:default\/)?|bundler\/gems\/[^/]+-[0-9a-f]{7,40}\/(?:[^/]+\/){0,2})[^/]+\.gemspec$/

const FORMS_BY_EXTENSION: Readonly<Record<string, readonly [RegExp, Form]>> = {
  gemspec: [GEMSPEC_PATH, 'gem'],
  'egg-info': [/./, 'python'],
}

/** `null`: a file of no interest. Called for each entry of each layer. */
export function formOf(path: string): Form | null {
  if (path.startsWith(ALTERNATIVES_FOLDER)) {
    return null
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const extension = extensionOf(path)
  const archiveForm = ownValue<Form>(CODE_ARCHIVES, extension)
  if (archiveForm !== undefined) {
    return BUNDLED_WHEEL_PATH.test(path) ? 'package-file' : archiveForm
  }
  if (extension === 'zip') {
    return 'zip'
  }
  const [pattern, form] = ownValue(FORMS_BY_NAME, name) ?? ownValue(FORMS_BY_EXTENSION, extension) ?? []
  if (form !== undefined && pattern?.test(path)) {
    return form === 'python' && PIP_LEFTOVER_PATH.test(path) ? 'pip-leftover' : form
  }
  if (isVersionText(path)) {
    return 'version'
  }
  if (extension === 'json') {
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
  return /(?:^|\/)package\.json$/.test(path) && !PACKAGE_FOLDERS.test(path)
}

/**
 * The folder with the metadata of a Python package, whatever its name; `null`: the path is another one. pip ignores folders
 * with `~` in front, and names them so before it removes them.
 */
export function metadataFolder(path: string): string | null {
  return /^((?:.*\/)?[^/~][^/]*)\/METADATA$/.exec(path)?.[1] ?? null
}

function ownValue<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

const KiB = 1024
const MiB = 1024 * KiB
/** Bytes of which the beginning is enough: core metadata continues with the project's README. */
const METADATA_HEAD_BYTES = 64 * KiB
/** Rust's manifest has the compiler's version behind those of all other parts. */
const VERSION_HEAD_BYTES = 256 * KiB

type ReadStatements = (text: string, path: string) => readonly ApplicationStatement[]

/** How a file with a telling name is read. */
export interface FileReading {
  /** A larger file is not read. */
  readonly maxBytes: number
  /** Bytes of its beginning that are kept; 0: its name is enough. */
  readonly headBytes: number
  readonly statements: ReadStatements
}

const nameOnly = (statements: (path: string) => readonly ApplicationStatement[]): FileReading => {
  return { maxBytes: Number.POSITIVE_INFINITY, headBytes: 0, statements: (_, path) => statements(path) }
}
const wholeFile = (maxBytes: number, statements: ReadStatements): FileReading => ({
  maxBytes,
  headBytes: maxBytes,
  statements,
})

/** Limits are ten times what occurs: npm's largest package.json has 100 KiB, Drupal's installed.json 700 KiB. */
export const FILE_READINGS: Readonly<Record<Exclude<Form, 'archive' | 'zip'>, FileReading>> = {
  python: { maxBytes: 64 * MiB, headBytes: METADATA_HEAD_BYTES, statements: texts.readMetadata },
  'pip-leftover': {
    maxBytes: Number.POSITIVE_INFINITY,
    headBytes: METADATA_HEAD_BYTES,
    statements: texts.readLeftover,
  },
  npm: wholeFile(MiB, texts.readPackageJson),
  gem: wholeFile(MiB, texts.readGemspec),
  composer: wholeFile(8 * MiB, texts.readComposer),
  version: { maxBytes: Number.POSITIVE_INFINITY, headBytes: VERSION_HEAD_BYTES, statements: readVersionText },
  dotnet: nameOnly(texts.readDotnetName),
  conda: nameOnly(texts.readCondaName),
  phar: nameOnly(texts.readPharName),
  'package-file': nameOnly(texts.readPackageFileName),
}
