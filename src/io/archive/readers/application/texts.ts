import {
  type ApplicationKind,
  type ApplicationStatement,
  isRecord,
  type Json,
  jsonInFile,
} from '../../../../model/index.js'

/** Limit for names and versions: npm allows 214 characters, and Go's module paths are shorter. */
const MAX_NAME_LENGTH = 300

/** A statement with text from the image: at most one line long, without control characters, and encodable. */
export function statement(
  kind: ApplicationKind,
  name: string,
  version: string | null = null,
  nestedIn: string | null = null,
): ApplicationStatement {
  return {
    kind,
    name: cleanText(name),
    version: version === null || version.trim() === '' ? null : cleanText(version),
    inside: nestedIn?.replace(CONTROL_CHARACTERS, '?').slice(-MAX_NAME_LENGTH).toWellFormed() ?? null,
  }
}

const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

function cleanText(text: string): string {
  return text.trim().replace(CONTROL_CHARACTERS, '?').slice(0, MAX_NAME_LENGTH).toWellFormed()
}

export function asUnreadable(why: string, inside: string | null = null): ApplicationStatement {
  return statement('unreadable', why, null, inside)
}

export function tooLarge(size: number, limit: number): ApplicationStatement {
  return asUnreadable(`${size} bytes, over the limit of ${limit}`)
}

/** A part of a path, counted from its end: 0 is the file name. */
function pathPart(path: string, fromEnd: number): string {
  return path.split('/').at(-1 - fromEnd) ?? ''
}

/** Core metadata (Python packaging): headers up to an empty line. As in pip, the folder's name may count. */
export function readMetadata(
  text: string,
  path: string,
  inside: string | null = null,
): readonly ApplicationStatement[] {
  const [head = ''] = text.replace(/^\ufeff/, '').split(/\r?\n\r?\n/, 1)
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim() || undefined
  const folder = /\/(?:METADATA|PKG-INFO)$/.test(path) ? pathPart(path, 1) : pathPart(path, 0)
  const ofEggName = folder === 'EGG-INFO' ? readPythonFileName(pathPart(path, 2)) : null
  const [, folderName = ofEggName?.name, version = ofEggName?.version] =
    /^(.+?)(?:-([^-]+))?(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(folder) ?? []
  const name = field('Name') ?? folderName
  return name === undefined
    ? [asUnreadable('Python metadata without a name', inside)]
    : [statement('pypi', name, field('Version') ?? version ?? null, inside)]
}

/** What pip left of a package that it was removing: `~ackage-1.0.dist-info`. */
export function readLeftover(text: string, path: string): readonly ApplicationStatement[] {
  return readMetadata(text, path).flatMap(({ kind, name, version }) =>
    kind === 'pypi' ? [statement('not-installed', name, version)] : [],
  )
}

/**
 * `lxml-4.6.2-cp311-cp311-linux_x86_64.whl`, `lxml-4.6.2-py3.11.egg` (PyPA, binary distribution format; setuptools, eggs);
 * `null`: another name.
 */
export function readPythonFileName(
  fileName: string,
): { readonly name: string; readonly version: string } | null {
  const [, name, version] = /^([^-]+)-([^-]+)(?:-.*)?\.(?:whl|egg)$/i.exec(fileName) ?? []
  return name === undefined || version === undefined ? null : { name, version }
}

/** A package file that only an installer reads: `rack-2.2.3.gem`, a wheel. Only its name is read. */
export function readPackageFileName(
  path: string,
  inside: string | null = null,
): readonly ApplicationStatement[] {
  const file = pathPart(path, 0)
  const [, gem = file, version = null] = /^(.+?)-(\d.*)\.gem$/i.exec(file) ?? []
  const nameAndVersion = readPythonFileName(file) ?? { name: gem, version }
  return [statement('not-installed', nameAndVersion.name, nameAndVersion.version, inside)]
}

/** package.json (npm); without a name, the folder's name counts, as in Node.js. */
export function readPackageJson(text: string, path: string): readonly ApplicationStatement[] {
  const value = objectOf(text)
  if (value === null) {
    return [asUnreadable('package.json is not a JSON object')]
  }
  const [, folder = ''] = /(?:node_modules|nodejs)\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path) ?? []
  return [statement('npm', textOf(value.name) ?? folder, textOf(value.version))]
}

/** As npm accepts it for new packages (`validate-npm-package-name`). */
const NPM_NAME = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/
const MAX_NPM_NAME_LENGTH = 214
const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/**
 * A package.json whose path does not make it a package. It is reported only if it may have been published:
 * npm refuses private packages, and extensions of Visual Studio Code are not npm packages.
 */
export function readLoosePackage(text: string): readonly ApplicationStatement[] {
  const { name, version, private: isPrivate, engines } = objectOf(text) ?? {}
  const isPublished =
    typeof name === 'string' &&
    typeof version === 'string' &&
    name.length <= MAX_NPM_NAME_LENGTH &&
    NPM_NAME.test(name) &&
    SEMVER.test(version) &&
    !isPrivate &&
    !(isRecord(engines) && Object.hasOwn(engines, 'vscode'))
  return isPublished ? [{ ...statement('npm', name, version), isLoose: true }] : []
}

/**
 * A gemspec as RubyGems and Bundler install it: its `# stub:` line, otherwise its assignments, otherwise its
 * file name. It is not run, so a version that is computed in it is unknown.
 */
export function readGemspec(
  text: string,
  path: string,
  inside: string | null = null,
): readonly ApplicationStatement[] {
  const [, stubName, stubVersion] = /^# stub: (\S+) (\S+) /m.exec(text) ?? []
  const [, fileName, fileVersion] = /^(.+?)-(\d[^-]*(?:-[^/]*)?)\.gemspec$/.exec(pathPart(path, 0)) ?? []
  const checkoutName = path.includes('specifications/')
    ? undefined
    : pathPart(path, 0).replace(/\.gemspec$/, '')
  const name = stubName ?? assignedLiteral(text, 'name') ?? fileName ?? checkoutName
  const version = stubVersion ?? assignedLiteral(text, 'version') ?? fileVersion
  return name === undefined
    ? [asUnreadable('gemspec without a name', inside)]
    : [statement('gem', name, version ?? null, inside)]
}

function assignedLiteral(text: string, field: 'name' | 'version'): string | undefined {
  // No pattern here may span lines: the text comes from the image.
  const literal = `(?:Gem::Version\\.new[ \\t]*\\(?[ \\t]*)?(?:"([^"\\n]*)"|'([^'\\n]*)'|%q\\{([^}\\n]*)\\})`
  const match = new RegExp(`^[ \\t]*\\w+\\.${field}[ \\t]*=[ \\t]*${literal}`, 'm').exec(text)
  return match?.slice(1).find((group) => group !== undefined)
}

const MAX_COMPOSER_PACKAGES = 5000

/** installed.json of Composer: version 2 has the list in `packages`, version 1 is that list. */
export function readComposer(text: string): readonly ApplicationStatement[] {
  const value = jsonInFile(text)
  const packages = isRecord(value) ? value.packages : value
  if (!Array.isArray(packages)) {
    return [asUnreadable("installed.json is not in Composer's format")]
  }
  const statements = packages.slice(0, MAX_COMPOSER_PACKAGES).map((entry) => {
    const name = isRecord(entry) ? textOf(entry.name) : null
    return name === null || !isRecord(entry)
      ? asUnreadable('package without a name in installed.json')
      : statement('composer', name, textOf(entry.version))
  })
  return packages.length <= MAX_COMPOSER_PACKAGES
    ? statements
    : [...statements, asUnreadable(`installed.json with more than ${MAX_COMPOSER_PACKAGES} packages`)]
}

/** conda-meta has one file per package, `name-version-build.json`. */
export function readCondaName(path: string): readonly ApplicationStatement[] {
  const [, name = pathPart(path, 0), version = null] =
    /^(.+)-([^-]+)-[^-]+\.json$/.exec(pathPart(path, 0)) ?? []
  return [statement('conda', name, version)]
}

/** app(4): `{application, phoenix, [{vsn, "1.7.2"}, …]}`; of a release, also the name of the folder above `ebin`. */
export function readErlangApplication(text: string, path: string): readonly ApplicationStatement[] {
  const [, name] = /\{\s*application\s*,\s*'?([\w@.]+)'?\s*,/.exec(text) ?? []
  const [, version = /-(\d[^-]*)$/.exec(pathPart(path, 2))?.[1] ?? null] =
    /\{\s*vsn\s*,\s*"([^"\n]+)"/.exec(text) ?? []
  return name === undefined ? [] : [statement('hex', name, version)]
}

/** R's metadata of an installed package (Writing R Extensions, 1.1.1): only that has the field `Built`. */
export function readRDescription(text: string): readonly ApplicationStatement[] {
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(\\S.*)$`, 'm').exec(text)?.[1]
  const name = field('Package')
  return name === undefined || !/^R /.test(field('Built') ?? '')
    ? []
    : [statement('cran', name, field('Version') ?? null)]
}

/** PHP's archives are reported by name: Composer's packages in them are not examined. */
export function readPharName(path: string): readonly ApplicationStatement[] {
  return [statement('phar', pathPart(path, 0))]
}

export function readDotnetName(path: string): readonly ApplicationStatement[] {
  return [statement('dotnet', pathPart(path, 0).replace(/\.deps\.json$/, ''))]
}

function objectOf(text: string): Json | null {
  const value = jsonInFile(text)
  return isRecord(value) ? value : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
