import type { ApplicationStatement } from '../../../model/application.js'
import type { ProgramName } from '../../../model/known-programs.js'
import { statement } from '../application/texts.js'

// Files in which a program's project states its version, at the place where the project installs them.

/** `null`: the file is of another kind; a version of `null`: it states none that can be read. */
type Reads = (text: string, path: string) => string | null | undefined

interface VersionText {
  readonly program: ProgramName
  readonly path: RegExp
  readonly reads: Reads
}

/** The first group of the pattern; texts of other files of that name have none. */
const first =
  (pattern: RegExp): Reads =>
  (text) =>
    pattern.exec(text)?.[1]

/** As many numbers as there are patterns. */
const numbers =
  (...patterns: readonly RegExp[]): Reads =>
  (text) => {
    const found = patterns.map((one) => one.exec(text)?.[1])
    return found.includes(undefined) ? null : found.join('.')
  }

const V = '(\\d{1,4}(?:\\.\\d{1,6}){0,4}(?:[-+~]?[A-Za-z][\\w.]{0,20})?)'
const version = (before: string, behind: string, flags = 'm') => first(new RegExp(before + V + behind, flags))

/** `#define NODE_MAJOR_VERSION 18` and its like. */
const define = (name: string) => new RegExp(`^#[ \\t]*define[ \\t]+${name}[ \\t]+(\\d{1,4})\\b`, 'm')

/** By base name. */
const VERSION_TEXTS: Readonly<Record<string, readonly VersionText[]>> = {
  'node_version.h': [
    {
      program: 'node',
      path: /(?:^|\/)include\/node\/node_version\.h$/,
      reads: numbers(...['MAJOR', 'MINOR', 'PATCH'].map((one) => define(`NODE_${one}_VERSION`))),
    },
  ],
  'patchlevel.h': [
    {
      program: 'python',
      path: /(?:^|\/)include\/python[^/]*\/patchlevel\.h$/,
      reads: orNull(version('^#define[ \\t]+PY_VERSION[ \\t]+"', '\\+?"')),
    },
  ],
  'rbconfig.rb': [{ program: 'ruby', path: /(?:^|\/)lib\/.*\/rbconfig\.rb$/s, reads: readRbconfig }],
  'php_version.h': [
    {
      program: 'php',
      path: /(?:^|\/)php\/(?:[^/]+\/)?main\/php_version\.h$/,
      reads: orNull(version('^#define[ \\t]+PHP_VERSION[ \\t]+"', '"')),
    },
  ],
  release: [
    {
      program: 'openjdk',
      path: /\/release$/,
      reads: (text) => {
        const [, found] = /^JAVA_VERSION="?(\d[\w.+-]{0,40})"?/m.exec(text) ?? []
        return found === undefined ? undefined : javaVersion(found)
      },
    },
  ],
  // Only with the go command next to it (inventory/programs): many have a file of this name.
  VERSION: [
    { program: 'go', path: /(?:^|\/)go[\d.]*\/VERSION$/, reads: version('^go', '$') },
    { program: 'grafana', path: /(?:^|\/)grafana[^/]*\/VERSION$/, reads: version('^', '\\s*$', '') },
  ],
  'ap_release.h': [
    {
      program: 'httpd',
      path: /(?:^|\/)include\/(?:[^/]+\/)?ap_release\.h$/,
      reads: numbers(
        ...['MAJORVERSION', 'MINORVERSION', 'PATCHLEVEL'].map((one) => define(`AP_SERVER_${one}_NUMBER`)),
      ),
    },
  ],
  'RELEASE-NOTES': [
    { program: 'tomcat', path: /\/RELEASE-NOTES$/, reads: version('^ *Apache Tomcat Version ', '\\s*$') },
  ],
  OTP_VERSION: [
    {
      program: 'erlang',
      path: /(?:^|\/)releases\/[^/]+\/OTP_VERSION$/,
      reads: orNull(version('^', '\\s*$', '')),
    },
  ],
  'rabbit.app': [
    { program: 'rabbitmq', path: /\/ebin\/rabbit\.app$/, reads: orNull(version('\\{vsn,\\s{0,20}"', '"')) },
  ],
  'elixir.app': [
    { program: 'elixir', path: /\/ebin\/elixir\.app$/, reads: orNull(version('\\{vsn,\\s{0,20}"', '"')) },
  ],
  'couchdb.rel': [
    {
      program: 'couchdb',
      path: /(?:^|\/)releases\/[^/]+\/couchdb\.rel$/,
      reads: orNull(version('"couchdb",\\s{0,20}"', '"')),
    },
  ],
  'Config.pm': [
    {
      program: 'perl',
      path: /\/perl[^/]*\/(?:.*\/)?Config\.pm$/s,
      reads: version("^ *version => '", "',?$"),
    },
  ],
  'julia_version.h': [
    {
      program: 'julia',
      path: /(?:^|\/)include\/julia\/julia_version\.h$/,
      reads: numbers(...['MAJOR', 'MINOR', 'PATCH'].map((one) => define(`JULIA_VERSION_${one}`))),
    },
  ],
  'multirust-channel-manifest.toml': [
    {
      program: 'rust',
      path: /(?:^|\/)lib\/rustlib\/multirust-channel-manifest\.toml$/,
      reads: orNull(version('^\\[pkg\\.rustc\\]\\nversion = "', '[ "]')),
    },
  ],
  'version.php': [
    {
      program: 'wordpress',
      path: /(?:^|\/)wp-includes\/version\.php$/,
      reads: orNull(version("^\\$wp_version = '", "';")),
    },
    {
      program: 'nextcloud',
      path: /\/version\.php$/,
      reads: (text) => {
        const isNextcloud = /^\$vendor = 'nextcloud';/m.test(text)
        return isNextcloud ? (version("^\\$OC_VersionString = '", "';")(text, '') ?? null) : undefined
      },
    },
  ],
  'Drupal.php': [
    {
      program: 'drupal',
      path: /(?:^|\/)core\/lib\/Drupal\.php$/,
      reads: orNull(version("^ *const VERSION = '", "';")),
    },
  ],
  'package.json': [
    {
      program: 'kibana',
      path: /(?:^|\/)kibana[^/]*\/package\.json$/,
      reads: (text) =>
        /"name":\s{0,9}"kibana"/.test(text) ? version('"version":\\s{0,9}"', '"')(text, '') : undefined,
    },
  ],
}

function orNull(reads: Reads): Reads {
  return (text, path) => reads(text, path) ?? null
}

/** rbconfig.rb of Ruby; gems of another Ruby have none. */
function readRbconfig(text: string): string | null | undefined {
  const value = (key: string) => new RegExp(`CONFIG\\["${key}"\\] = "([^"$]+)"`).exec(text)?.[1]
  const joined = [value('MAJOR'), value('MINOR'), value('TEENY')]
  return !text.includes('RbConfig')
    ? undefined
    : (value('RUBY_PROGRAM_VERSION') ?? (joined.includes(undefined) ? null : joined.join('.')))
}

/** Java's release: `17.0.7+7` is 17.0.7, and `1.8.0_342-b07` is what people call 8u342 (JEP 223, JEP 322). */
export function javaVersion(text: string): string {
  const [, old, update] = /^1\.(\d)\.0(?:_(\d{1,4}))?/.exec(text) ?? []
  if (old !== undefined) {
    return update === undefined ? old : `${old}u${update}`
  }
  return /^[\d.]+(?:-ea)?/.exec(text)?.[0] ?? text
}

/** Whether a file is one of these, by its path. */
export function isVersionText(path: string): boolean {
  return textsAt(path).length > 0
}

function textsAt(path: string): readonly VersionText[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const rows = Object.hasOwn(VERSION_TEXTS, name) ? VERSION_TEXTS[name] : undefined
  return (rows ?? []).filter((row) => row.path.test(path))
}

/** What it says; nothing for another file of that name. */
export function readVersionText(text: string, path: string): readonly ApplicationStatement[] {
  const statements = textsAt(path).flatMap(({ program, reads }) => {
    const found = reads(text, path)
    return found === undefined ? [] : [statement('program', program, found)]
  })
  return statements.slice(0, 1)
}

/** The files of Tomcat and Jenkins are in archives: the first line that tells, by the names of archive and entry. */
const IN_ARCHIVES: Readonly<Record<string, VersionText>> = {
  'catalina.jar': {
    program: 'tomcat',
    path: /^org\/apache\/catalina\/util\/ServerInfo\.properties$/,
    reads: orNull(version('^server\\.info=Apache Tomcat/', '\\s*$')),
  },
  'jenkins.war': {
    program: 'jenkins',
    path: /^META-INF\/MANIFEST\.MF$/,
    reads: orNull(version('^Jenkins-Version: ', '\\s*$')),
  },
}

export function isVersionEntry(archive: string, entry: string): boolean {
  return Object.hasOwn(IN_ARCHIVES, archive) && IN_ARCHIVES[archive]?.path.test(entry) === true
}

export function readVersionEntry(archive: string, text: string): readonly ApplicationStatement[] {
  const row = Object.hasOwn(IN_ARCHIVES, archive) ? IN_ARCHIVES[archive] : undefined
  return row === undefined ? [] : [statement('program', row.program, row.reads(text, '') ?? null)]
}

/** Servers in Java whose jar has their version in its name, in the folder that they are installed in. */
const NAMED_ARCHIVES: readonly (readonly [ProgramName, RegExp])[] = [
  ['cassandra', /(?:^|\/)lib\/apache-cassandra-(\d[\w.+-]{0,40})\.jar$/],
  ['elasticsearch', /(?:^|\/)elasticsearch[^/]*\/lib\/elasticsearch-(\d[\w.+-]{0,40})\.jar$/],
  ['neo4j', /(?:^|\/)neo4j[^/]*\/lib\/neo4j-kernel-(\d[\w.+-]{0,40})\.jar$/],
]

export function readArchivePath(path: string): readonly ApplicationStatement[] {
  return NAMED_ARCHIVES.flatMap(([program, named]) => {
    const [, found] = named.exec(path) ?? []
    return found === undefined ? [] : [statement('program', program, found)]
  })
}
