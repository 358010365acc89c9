import type { ApplicationStatement, ProgramName } from '../../../../model/index.js'
import { statement } from '../application/texts.js'

// Files in which a program's project states its version, at the place where the project installs them.

/**
 * Reads a version from a text; `null`: the text states no version; `undefined`: it is not the program's file.
 */
type ReadVersion = (text: string, path: string) => string | null | undefined

interface VersionText {
  readonly program: ProgramName
  readonly path: RegExp
  readonly readVersion: ReadVersion
}

/** Reads the version as the first group of the pattern. */
const firstGroup =
  (pattern: RegExp): ReadVersion =>
  (text) =>
    pattern.exec(text)?.[1]

/** Reads one number with each pattern, and joins them with dots. */
const joinedNumbers =
  (...patterns: readonly RegExp[]): ReadVersion =>
  (text) => {
    const numbers = patterns.map((pattern) => pattern.exec(text)?.[1])
    return numbers.includes(undefined) ? null : numbers.join('.')
  }

const VERSION = '(\\d{1,4}(?:\\.\\d{1,6}){0,4}(?:[-+~]?[A-Za-z][\\w.]{0,20})?)'
const versionBetween = (before: string, after: string, flags = 'm') =>
  firstGroup(new RegExp(before + VERSION + after, flags))

/** `#define NODE_MAJOR_VERSION 18` and its like. */
const definePattern = (name: string) => new RegExp(`^#[ \\t]*define[ \\t]+${name}[ \\t]+(\\d{1,4})\\b`, 'm')

/** By base name. */
const VERSION_TEXTS: Readonly<Record<string, readonly VersionText[]>> = {
  'node_version.h': [
    {
      program: 'node',
      path: /(?:^|\/)include\/node\/node_version\.h$/,
      readVersion: joinedNumbers(
        ...['MAJOR', 'MINOR', 'PATCH'].map((part) => definePattern(`NODE_${part}_VERSION`)),
      ),
    },
  ],
  'patchlevel.h': [
    {
      program: 'python',
      path: /(?:^|\/)include\/python[^/]*\/patchlevel\.h$/,
      readVersion: orNull(versionBetween('^#define[ \\t]+PY_VERSION[ \\t]+"', '\\+?"')),
    },
  ],
  'rbconfig.rb': [{ program: 'ruby', path: /(?:^|\/)lib\/.*\/rbconfig\.rb$/s, readVersion: readRbconfig }],
  'php_version.h': [
    {
      program: 'php',
      path: /(?:^|\/)php\/(?:[^/]+\/)?main\/php_version\.h$/,
      readVersion: orNull(versionBetween('^#define[ \\t]+PHP_VERSION[ \\t]+"', '"')),
    },
  ],
  release: [
    {
      program: 'openjdk',
      path: /\/release$/,
      readVersion: (text) => {
        const [, version] = /^JAVA_VERSION="?(\d[\w.+-]{0,40})"?/m.exec(text) ?? []
        return version === undefined ? undefined : javaVersion(version)
      },
    },
  ],
  // Many files have this name, so it counts only with the go command next to it (inventory/programs).
  VERSION: [
    { program: 'go', path: /(?:^|\/)go[\d.]*\/VERSION$/, readVersion: versionBetween('^go', '$') },
    {
      program: 'grafana',
      path: /(?:^|\/)grafana[^/]*\/VERSION$/,
      readVersion: versionBetween('^', '\\s*$', ''),
    },
  ],
  'ap_release.h': [
    {
      program: 'httpd',
      path: /(?:^|\/)include\/(?:[^/]+\/)?ap_release\.h$/,
      readVersion: joinedNumbers(
        ...['MAJORVERSION', 'MINORVERSION', 'PATCHLEVEL'].map((part) =>
          definePattern(`AP_SERVER_${part}_NUMBER`),
        ),
      ),
    },
  ],
  'RELEASE-NOTES': [
    {
      program: 'tomcat',
      path: /\/RELEASE-NOTES$/,
      readVersion: versionBetween('^ *Apache Tomcat Version ', '\\s*$'),
    },
  ],
  OTP_VERSION: [
    {
      program: 'erlang',
      path: /(?:^|\/)releases\/[^/]+\/OTP_VERSION$/,
      readVersion: orNull(versionBetween('^', '\\s*$', '')),
    },
  ],
  'rabbit.app': [
    {
      program: 'rabbitmq',
      path: /\/ebin\/rabbit\.app$/,
      readVersion: orNull(versionBetween('\\{vsn,\\s{0,20}"', '"')),
    },
  ],
  'elixir.app': [
    {
      program: 'elixir',
      path: /\/ebin\/elixir\.app$/,
      readVersion: orNull(versionBetween('\\{vsn,\\s{0,20}"', '"')),
    },
  ],
  'couchdb.rel': [
    {
      program: 'couchdb',
      path: /(?:^|\/)releases\/[^/]+\/couchdb\.rel$/,
      readVersion: orNull(versionBetween('"couchdb",\\s{0,20}"', '"')),
    },
  ],
  'Config.pm': [
    {
      program: 'perl',
      path: /\/perl[^/]*\/(?:.*\/)?Config\.pm$/s,
      readVersion: versionBetween("^ *version => '", "',?$"),
    },
  ],
  'julia_version.h': [
    {
      program: 'julia',
      path: /(?:^|\/)include\/julia\/julia_version\.h$/,
      readVersion: joinedNumbers(
        ...['MAJOR', 'MINOR', 'PATCH'].map((part) => definePattern(`JULIA_VERSION_${part}`)),
      ),
    },
  ],
  'multirust-channel-manifest.toml': [
    {
      program: 'rust',
      path: /(?:^|\/)lib\/rustlib\/multirust-channel-manifest\.toml$/,
      readVersion: orNull(versionBetween('^\\[pkg\\.rustc\\]\\nversion = "', '[ "]')),
    },
  ],
  'version.php': [
    {
      program: 'wordpress',
      path: /(?:^|\/)wp-includes\/version\.php$/,
      readVersion: orNull(versionBetween("^\\$wp_version = '", "';")),
    },
    {
      program: 'nextcloud',
      path: /\/version\.php$/,
      readVersion: (text) => {
        const isNextcloud = /^\$vendor = 'nextcloud';/m.test(text)
        return isNextcloud ? (versionBetween("^\\$OC_VersionString = '", "';")(text, '') ?? null) : undefined
      },
    },
  ],
  'Drupal.php': [
    {
      program: 'drupal',
      path: /(?:^|\/)core\/lib\/Drupal\.php$/,
      readVersion: orNull(versionBetween("^ *const VERSION = '", "';")),
    },
  ],
  'package.json': [
    {
      program: 'kibana',
      path: /(?:^|\/)kibana[^/]*\/package\.json$/,
      readVersion: (text) =>
        /"name":\s{0,9}"kibana"/.test(text)
          ? versionBetween('"version":\\s{0,9}"', '"')(text, '')
          : undefined,
    },
  ],
}

function orNull(readVersion: ReadVersion): ReadVersion {
  return (text, path) => readVersion(text, path) ?? null
}

/** Ruby's version from rbconfig.rb; other files of that name do not contain RbConfig. */
function readRbconfig(text: string): string | null | undefined {
  const value = (key: string) => new RegExp(`CONFIG\\["${key}"\\] = "([^"$]+)"`).exec(text)?.[1]
  const parts = [value('MAJOR'), value('MINOR'), value('TEENY')]
  return !text.includes('RbConfig')
    ? undefined
    : (value('RUBY_PROGRAM_VERSION') ?? (parts.includes(undefined) ? null : parts.join('.')))
}

/** Java's release: `17.0.7+7` is 17.0.7, and `1.8.0_342-b07` is what people call 8u342 (JEP 223, JEP 322). */
export function javaVersion(text: string): string {
  const [, oldMajor, update] = /^1\.(\d)\.0(?:_(\d{1,4}))?/.exec(text) ?? []
  if (oldMajor !== undefined) {
    return update === undefined ? oldMajor : `${oldMajor}u${update}`
  }
  return /^[\d.]+(?:-ea)?/.exec(text)?.[0] ?? text
}

/** Whether the file at this path states a program's version. */
export function isVersionText(path: string): boolean {
  return versionTextsAt(path).length > 0
}

function versionTextsAt(path: string): readonly VersionText[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const rows = Object.hasOwn(VERSION_TEXTS, name) ? VERSION_TEXTS[name] : undefined
  return (rows ?? []).filter((row) => row.path.test(path))
}

/** The statement that the file makes; none for other files of that name. */
export function readVersionText(text: string, path: string): readonly ApplicationStatement[] {
  const statements = versionTextsAt(path).flatMap(({ program, readVersion }) => {
    const version = readVersion(text, path)
    return version === undefined ? [] : [statement('program', program, version)]
  })
  return statements.slice(0, 1)
}

/** Tomcat and Jenkins state their versions in archives: by the names of the archive and of the entry. */
const ARCHIVE_ENTRIES: Readonly<Record<string, VersionText>> = {
  'catalina.jar': {
    program: 'tomcat',
    path: /^org\/apache\/catalina\/util\/ServerInfo\.properties$/,
    readVersion: orNull(versionBetween('^server\\.info=Apache Tomcat/', '\\s*$')),
  },
  'jenkins.war': {
    program: 'jenkins',
    path: /^META-INF\/MANIFEST\.MF$/,
    readVersion: orNull(versionBetween('^Jenkins-Version: ', '\\s*$')),
  },
}

export function isVersionEntry(archive: string, entry: string): boolean {
  return Object.hasOwn(ARCHIVE_ENTRIES, archive) && ARCHIVE_ENTRIES[archive]?.path.test(entry) === true
}

export function readVersionEntry(archive: string, text: string): readonly ApplicationStatement[] {
  const row = Object.hasOwn(ARCHIVE_ENTRIES, archive) ? ARCHIVE_ENTRIES[archive] : undefined
  return row === undefined ? [] : [statement('program', row.program, row.readVersion(text, '') ?? null)]
}

/** Servers in Java with their version in a jar's name, by the path of that jar. */
const VERSIONED_JAR_PATHS: readonly (readonly [ProgramName, RegExp])[] = [
  ['cassandra', /(?:^|\/)lib\/apache-cassandra-(\d[\w.+-]{0,40})\.jar$/],
  ['elasticsearch', /(?:^|\/)elasticsearch[^/]*\/lib\/elasticsearch-(\d[\w.+-]{0,40})\.jar$/],
  ['neo4j', /(?:^|\/)neo4j[^/]*\/lib\/neo4j-kernel-(\d[\w.+-]{0,40})\.jar$/],
]

export function readArchivePath(path: string): readonly ApplicationStatement[] {
  return VERSIONED_JAR_PATHS.flatMap(([program, pathPattern]) => {
    const [, version] = pathPattern.exec(path) ?? []
    return version === undefined ? [] : [statement('program', program, version)]
  })
}
