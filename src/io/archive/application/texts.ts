import type { ApplicationKind, ApplicationStatement } from '../../../model/application.js'
import { isRecord, type Json, jsonInFile } from '../../../model/json.js'

/** Longest name or version that is kept; npm allows 214 characters, and Go's module paths are shorter. */
const LONGEST_NAME = 300

/** A statement with text from the image: at most one line long, without control characters, and encodable. */
export function statement(
  kind: ApplicationKind,
  name: string,
  version: string | null = null,
  inside: string | null = null,
): ApplicationStatement {
  return {
    kind,
    name: clean(name),
    version: version === null || version.trim() === '' ? null : clean(version),
    inside: inside === null ? null : inside.replace(CONTROL, '?').slice(-LONGEST_NAME).toWellFormed(),
  }
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

function clean(text: string): string {
  return text.trim().replace(CONTROL, '?').slice(0, LONGEST_NAME).toWellFormed()
}

export function asUnreadable(why: string, inside: string | null = null): ApplicationStatement {
  return statement('unreadable', why, null, inside)
}

export function tooLarge(size: number, most: number): ApplicationStatement {
  return asUnreadable(`${size} bytes, over the limit of ${most}`)
}

/** The last folder or file of a path, counted from its end: 0 is the name. */
function part(path: string, fromEnd: number): string {
  return path.split('/').at(-1 - fromEnd) ?? ''
}

/**
 * Core metadata (Python packaging): headers up to the first empty line. Without a name, its folder names it, as for
 * pip.
 */
export function readMetadata(
  text: string,
  path: string,
  inside: string | null = null,
): readonly ApplicationStatement[] {
  const [head = ''] = text.replace(/^\ufeff/, '').split(/\r?\n\r?\n/, 1)
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim() || undefined
  const folder = /\/(?:METADATA|PKG-INFO)$/.test(path) ? part(path, 1) : part(path, 0)
  const ofEgg = folder === 'EGG-INFO' ? readPythonFileName(part(path, 2)) : null
  const [, ofFolder = ofEgg?.name, version = ofEgg?.version] =
    /^(.+?)(?:-([^-]+))?(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(folder) ?? []
  const name = field('Name') ?? ofFolder
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

/** A package as a registry has it, which only an installer reads: `rack-2.2.3.gem`, a wheel. Its name is enough. */
export function readPackageFileName(
  path: string,
  inside: string | null = null,
): readonly ApplicationStatement[] {
  const file = part(path, 0)
  const [, gem = file, version = null] = /^(.+?)-(\d.*)\.gem$/i.exec(file) ?? []
  const named = readPythonFileName(file) ?? { name: gem, version }
  return [statement('not-installed', named.name, named.version, inside)]
}

/** package.json (npm): without a name the folder's counts, as in Node.js. */
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
const LONGEST_NPM_NAME = 214
const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/**
 * A package.json that nothing around it makes a package, if somebody may have published it: npm refuses a private one,
 * and an extension of Visual Studio Code is none of npm's packages. Of others there is nothing to say.
 */
export function readLoosePackage(text: string): readonly ApplicationStatement[] {
  const { name, version, private: isPrivate, engines } = objectOf(text) ?? {}
  const isPublished =
    typeof name === 'string' &&
    typeof version === 'string' &&
    name.length <= LONGEST_NPM_NAME &&
    NPM_NAME.test(name) &&
    SEMVER.test(version) &&
    !isPrivate &&
    !(isRecord(engines) && Object.hasOwn(engines, 'vscode'))
  return isPublished ? [{ ...statement('npm', name, version), isLoose: true }] : []
}

/**
 * A gemspec as RubyGems and Bundler install it: its `# stub:` line, else the assignments, else its file name. Never run,
 * so a version that its author computes is not known.
 */
export function readGemspec(
  text: string,
  path: string,
  inside: string | null = null,
): readonly ApplicationStatement[] {
  const [, stubName, stubVersion] = /^# stub: (\S+) (\S+) /m.exec(text) ?? []
  const [, byName, byVersion] = /^(.+?)-(\d[^-]*(?:-[^/]*)?)\.gemspec$/.exec(part(path, 0)) ?? []
  const ofCheckout = path.includes('specifications/') ? undefined : part(path, 0).replace(/\.gemspec$/, '')
  const name = stubName ?? assigned(text, 'name') ?? byName ?? ofCheckout
  const version = stubVersion ?? assigned(text, 'version') ?? byVersion
  return name === undefined
    ? [asUnreadable('gemspec without a name', inside)]
    : [statement('gem', name, version ?? null, inside)]
}

function assigned(text: string, field: 'name' | 'version'): string | undefined {
  // No pattern here may span lines: the text comes from the image.
  const literal = `(?:Gem::Version\\.new[ \\t]*\\(?[ \\t]*)?(?:"([^"\\n]*)"|'([^'\\n]*)'|%q\\{([^}\\n]*)\\})`
  const found = new RegExp(`^[ \\t]*\\w+\\.${field}[ \\t]*=[ \\t]*${literal}`, 'm').exec(text)
  return found?.slice(1).find((one) => one !== undefined)
}

/** Of one installed.json. */
const MOST_PACKAGES = 5000

/** installed.json of Composer: version 2 has the list in `packages`, version 1 is that list. */
export function readComposer(text: string): readonly ApplicationStatement[] {
  const value = jsonInFile(text)
  const packages = isRecord(value) ? value.packages : value
  if (!Array.isArray(packages)) {
    return [asUnreadable("installed.json is not in Composer's format")]
  }
  const all = packages.slice(0, MOST_PACKAGES).map((one) => {
    const name = isRecord(one) ? textOf(one.name) : null
    return name === null || !isRecord(one)
      ? asUnreadable('package without a name in installed.json')
      : statement('composer', name, textOf(one.version))
  })
  return packages.length <= MOST_PACKAGES
    ? all
    : [...all, asUnreadable(`installed.json with more than ${MOST_PACKAGES} packages`)]
}

/** conda-meta has one file per package, `name-version-build.json`. */
export function readCondaName(path: string): readonly ApplicationStatement[] {
  const [, name = part(path, 0), version = null] = /^(.+)-([^-]+)-[^-]+\.json$/.exec(part(path, 0)) ?? []
  return [statement('conda', name, version)]
}

/** PHP's archives are named only: Composer's packages in them are not judged. */
export function readPharName(path: string): readonly ApplicationStatement[] {
  return [statement('phar', part(path, 0))]
}

export function readDotnetName(path: string): readonly ApplicationStatement[] {
  return [statement('dotnet', part(path, 0).replace(/\.deps\.json$/, ''))]
}

function objectOf(text: string): Json | null {
  const value = jsonInFile(text)
  return isRecord(value) ? value : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
