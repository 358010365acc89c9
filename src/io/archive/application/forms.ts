/** What a path says about a file, for content in addition to Debian's packages. */
export type Form =
  | 'python'
  | 'npm'
  | 'gem'
  | 'composer'
  | 'jar'
  | 'node'
  | 'patchlevel'
  | 'libpython'
  | 'rbconfig'
  | 'php'
  | 'release'
  | 'dotnet'
  | 'conda'
  | 'egg'

/**
 * Directly below `node_modules`, or a folder that Debian's Node.js looks in as well (its `module.globalPaths`): deeper
 * ones (fixtures, stubs that say `type: module`) are not packages.
 */
const NPM =
  /(?:(?:^|\/)node_modules|^usr\/(?:share|lib(?:\/[^/]+-linux-gnu[^/]*)?)\/nodejs)\/(?:@[^/]+\/)?[^@./][^/]*\/package\.json$/
const PYTHON = /\.dist-info\/METADATA$|\.egg-info\/PKG-INFO$/
const IN_EGG = /\.egg\/EGG-INFO\/PKG-INFO$/
/** pip renames what it is about to remove: left behind if that was interrupted, and invisible to Python. */
const BROKEN_OFF = /(?:^|\/)~[^/]*(?:\/[^/]*)?$/
const LIBPYTHON = /^libpython\d\.\d+[a-z]*\.so(?:\.[.0-9]+)?$/

const BY_NAME: Readonly<Record<string, readonly [RegExp, Form]>> = {
  'package.json': [NPM, 'npm'],
  METADATA: [PYTHON, 'python'],
  'installed.json': [/(?:^|\/)composer\/installed\.json$/, 'composer'],
  'node_version.h': [/(?:^|\/)include\/node\/node_version\.h$/, 'node'],
  'patchlevel.h': [/(?:^|\/)include\/python[^/]*\/patchlevel\.h$/, 'patchlevel'],
  'rbconfig.rb': [/(?:^|\/)lib\/.*\/rbconfig\.rb$/s, 'rbconfig'],
  'php_version.h': [/(?:^|\/)php\/(?:[^/]+\/)?main\/php_version\.h$/, 'php'],
  release: [/\/release$/, 'release'],
}

const BY_END: Readonly<Record<string, readonly [RegExp, Form]>> = {
  jar: [/./, 'jar'],
  war: [/./, 'jar'],
  ear: [/./, 'jar'],
  gemspec: [/(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/, 'gem'],
  'egg-info': [/./, 'python'],
  egg: [/./, 'egg'],
}

/** Endings of archives of code: what Java, Python, PHP and Ruby load or install from a single file. */
const CODE_ARCHIVE = /\.(?:jar|war|ear|jpi|hpi|nar|rar|aar|kar|pyz|pex|whl|egg|phar|gem)$/i

/** By its name alone; a `.rar` may also be of another kind (its first bytes are then `Rar!`). */
export function isCodeArchive(path: string): boolean {
  return CODE_ARCHIVE.test(path)
}

/** `null`: a file of no interest. Called for each entry of each layer. */
export function formOf(path: string): Form | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'PKG-INFO') {
    if (IN_EGG.test(path)) {
      return 'egg'
    }
    return PYTHON.test(path) && !BROKEN_OFF.test(path) ? 'python' : null
  }
  const end = name.slice(name.lastIndexOf('.') + 1)
  const [pattern, form] = own(BY_NAME, name) ?? own(BY_END, end.toLowerCase()) ?? []
  if (pattern !== undefined && form !== undefined) {
    return pattern.test(path) && !(form === 'python' && BROKEN_OFF.test(path)) ? form : null
  }
  if (end === 'json') {
    return name.endsWith('.deps.json')
      ? 'dotnet'
      : /(?:^|\/)conda-meta\/[^/]+\.json$/.test(path)
        ? 'conda'
        : null
  }
  return LIBPYTHON.test(name) ? 'libpython' : null
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
