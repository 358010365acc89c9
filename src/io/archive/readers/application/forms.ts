import type { ApplicationStatement } from '../../../../model/index.js'
import { isVersionText, readVersionText } from '../versions/texts.js'
import { POM_PATH, readPomProperties } from './jar.js'
import * as texts from './texts.js'

/** Form of an application package, by a file's path. */
export type Form =
  | 'python'
  | 'pip-leftover'
  | 'npm'
  | 'gem'
  | 'composer'
  | 'pom'
  | 'archive'
  | 'zip'
  | 'version'
  | 'dotnet'
  | 'conda'
  | 'hex'
  | 'cran'
  | 'phar'
  | 'package-file'

/**
 * A package.json directly below `node_modules`, a folder that Debian's Node.js also searches (its
 * `module.globalPaths`), or the store of Yarn's `nodeLinker: pnpm`. Deeper ones (fixtures, stubs that state
 * `type: module`) are not packages.
 */
const NPM_PATH =
  /(?:(?:^|\/)node_modules|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs)\/(?:(?:@[^/]+\/)?[^@./][^/]*|\.store\/[^/]+\/package)\/package\.json$/
/**
 * Folders in which a package.json is not a copied package: it belongs to the package that owns the folder
 * (npm, Debian, Python with its packages' data, RubyGems, Go, Cargo), or describes a package that is not
 * there (tests, templates, Yarn's stubs for editors).
 */
const PACKAGE_FOLDERS =
  /(?:^|\/)(?:node_modules|(?:site|dist)-packages|share\/jupyter|gems|go\/pkg\/mod|\.?cargo\/(?:registry|git)|\.yarn\/sdks|tests?|__tests__|fixtures|testdata|examples?|templates?)\/|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs\//
/** Python's metadata; an egg is a folder, or a zip with `EGG-INFO` at its root. */
const PYTHON_METADATA_PATH = /\.dist-info\/METADATA$|\.egg-info\/PKG-INFO$|(?:^|\.egg\/)EGG-INFO\/PKG-INFO$/
/** pip renames a package before it removes it; if interrupted, this is left, and pip ignores it. */
const PIP_LEFTOVER_PATH = /(?:^|\/)~[^/]*\.(?:dist|egg)-info(?:\/[^/]*)?$/

/**
 * Code archives by file extension: of Java, Jenkins (jpi, hpi), NiFi (nar), Android (aar), Karaf (kar),
 * Python, PHP, and RubyGems' packages, which have to be installed first.
 */
const CODE_ARCHIVES: ReadonlyMap<string, Form> = new Map([
  ...['jar', 'war', 'ear', 'jpi', 'hpi', 'nar', 'rar', 'aar', 'kar', 'pyz', 'pex', 'whl', 'egg'].map(
    (extension) => [extension, 'archive'] as const,
  ),
  ['phar', 'phar'],
  ['gem', 'package-file'],
])

/** Whether a path has the file extension of a code archive. */
export function isCodeArchive(path: string): boolean {
  return CODE_ARCHIVES.has(extensionOf(path))
}

/** The file extension; empty for a name without a dot, since `/usr/bin/jar` is a program. */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.slice(name.lastIndexOf('.') + 1 || name.length).toLowerCase()
}

/** Where update-alternatives(1) keeps a text file about each link, named after the link (`phar.phar`). */
const ALTERNATIVES_FOLDER = 'var/lib/dpkg/alternatives/'

/** Wheels that only an installer reads: bundled with ensurepip and virtualenv, and in pip's cache. */
const BUNDLED_WHEEL_PATH =
  /(?:^|\/)(?:py(?:thon|py)[^/]*\/ensurepip\/_bundled|virtualenv\/seed\/wheels\/embed|\.cache\/pip\/wheels\/.+)\/[^/]+\.whl$/i

const FORMS_BY_NAME: Readonly<Record<string, readonly [RegExp, Form]>> = {
  'package.json': [NPM_PATH, 'npm'],
  METADATA: [PYTHON_METADATA_PATH, 'python'],
  'PKG-INFO': [PYTHON_METADATA_PATH, 'python'],
  'installed.json': [/(?:^|\/)composer\/installed\.json$/, 'composer'],
  // Of a jar that was unpacked, with those that were shaded into it: Java loads classes from folders too.
  'pom.properties': [POM_PATH, 'pom'],
  DESCRIPTION: [/./, 'cran'],
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

/** Those of Erlang/OTP itself are a part of that program. */
const ERLANG_APPLICATION_PATH = /^(?!(?:.*\/)?lib\/erlang\/lib\/)(?:.*\/)?ebin\/[^/]+\.app$/

/** `null`: a file of no interest. Called for each entry of each layer. */
export function formOf(path: string): Form | null {
  if (path.startsWith(ALTERNATIVES_FOLDER)) {
    return null
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const extension = extensionOf(path)
  const archiveForm = CODE_ARCHIVES.get(extension)
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
  if (extension === 'app') {
    return ERLANG_APPLICATION_PATH.test(path) ? 'hex' : null
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

/** Whether a package.json may be a copied package, although its path does not make it one. */
export function mayBeLoose(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) && !PACKAGE_FOLDERS.test(path)
}

/** A Python package's metadata folder, whatever its name; `null`: another path, or pip's leftovers (`~`). */
export function metadataFolder(path: string): string | null {
  return /^((?:.*\/)?[^/~][^/]*)\/METADATA$/.exec(path)?.[1] ?? null
}

/** The manifest of Yarn's Plug'n'Play: with the data inlined (`.pnp.js` up to Yarn 2), or the data alone (`pnpEnableInlining`). */
export function isPlugAndPlayManifest(path: string): boolean {
  return /(?:^|\/)\.pnp\.(?:cjs|js|data\.json)$/.test(path)
}

/** A zip in Yarn's cache: ten digits of a hash of the package, and a checksum or the version of the cache. */
export function isCachedZip(path: string): boolean {
  return path.endsWith('.zip') && /-[0-9a-f]{10}-[0-9a-z]{1,20}\.zip$/.test(path)
}

function ownValue<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

const KiB = 1024
const MiB = 1024 * KiB
/** Bytes that are read at the beginning of Python's metadata, which continues with the project's README. */
const METADATA_HEAD_BYTES = 64 * KiB
/** Rust's manifest states the compiler's version after those of all other parts. */
const VERSION_HEAD_BYTES = 256 * KiB

type ReadStatements = (text: string, path: string) => readonly ApplicationStatement[]

/** How the files of one form are read. */
export interface FileReading {
  /** Limit for the file's size; a larger file is not read. */
  readonly maxBytes: number
  /** Bytes that are kept from the beginning of the file; 0 if its name is enough. */
  readonly headBytes: number
  readonly statements: ReadStatements
}

const nameOnly = (statements: (path: string) => readonly ApplicationStatement[]): FileReading => {
  return { maxBytes: Number.POSITIVE_INFINITY, headBytes: 0, statements: (_, path) => statements(path) }
}
const metadataHead = (statements: ReadStatements): FileReading => {
  return { maxBytes: Number.POSITIVE_INFINITY, headBytes: METADATA_HEAD_BYTES, statements }
}
const wholeFile = (maxBytes: number, statements: ReadStatements): FileReading => {
  return { maxBytes, headBytes: maxBytes, statements }
}

/** Limits are ten times what occurs: npm's largest package.json has 100 KiB, Drupal's installed.json 700 KiB. */
export const FILE_READINGS: Readonly<Record<Exclude<Form, 'archive' | 'zip'>, FileReading>> = {
  python: { maxBytes: 64 * MiB, headBytes: METADATA_HEAD_BYTES, statements: texts.readMetadata },
  'pip-leftover': metadataHead(texts.readLeftover),
  npm: wholeFile(MiB, texts.readPackageJson),
  gem: wholeFile(MiB, texts.readGemspec),
  composer: wholeFile(8 * MiB, texts.readComposer),
  pom: wholeFile(64 * KiB, (text) => readPomProperties(text, null)),
  version: { maxBytes: Number.POSITIVE_INFINITY, headBytes: VERSION_HEAD_BYTES, statements: readVersionText },
  dotnet: nameOnly(texts.readDotnetName),
  conda: nameOnly(texts.readCondaName),
  hex: metadataHead(texts.readErlangApplication),
  cran: metadataHead(texts.readRDescription),
  phar: nameOnly(texts.readPharName),
  'package-file': nameOnly(texts.readPackageFileName),
}
