import type { ProgramName } from '../../../../model/index.js'

/**
 * A pattern for a program's version in its bytes. It has a bounded length and requires a character after the
 * version, because a text may continue in the next chunk.
 */
export interface Pattern {
  readonly program: ProgramName
  /** A regular expression, whose first group is the version. */
  readonly text: string
  /**
   * A part of each match that is rare in programs, and begins with a byte that is: bytes without it are not searched.
   * Node finds fewer than 8 bytes two to four times as fast as more (StringSearch in src/string_search.h).
   */
  readonly rarePart: string
}

/** A well-known program, recognized by the name of its file, whatever the file's mode is. */
export interface NamedProgram {
  /** The program to report, without a version, if no pattern matches. */
  readonly program: ProgramName
  readonly patterns: readonly Pattern[]
}

/** A version: two to four numbers, and possibly a suffix such as `-rc1`; longer numbers are not versions. */
const VERSION = '(\\d{1,4}(?:\\.\\d{1,6}){1,3}(?:[-+~]?[A-Za-z][A-Za-z0-9]{0,15})?(?![A-Za-z0-9.]))'

const pattern = (program: ProgramName, text: string, rarePart: string): Pattern => ({
  program,
  text: text.replace('<V>', VERSION),
  rarePart,
})

const NODE = [
  pattern('node', 'node\\.js/v<V>\\0', 'js/v'),
  pattern('node', '/download/release/v<V>/node-v', 'wnload/'),
]
const RUBY = [
  pattern(
    'ruby',
    'ruby (\\d{1,2}\\.\\d{1,2}\\.\\d{1,3}[a-z0-9]{0,12}?)(?:p-?\\d{1,4})? \\(\\d{4}-\\d\\d-\\d\\d ',
    'ruby ',
  ),
]
const PHP = [pattern('php', 'X-Powered-By: PHP/<V>', 'X-Power')]
/**
 * The version of Java, which is in parentheses; the one before it is the virtual machine's, which differs up
 * to Java 8.
 */
const OPENJDK = [
  pattern(
    'openjdk',
    'OpenJDK [A-Za-z0-9-]{0,10} ?[A-Z][a-z]{2,10} VM \\([^)\\0]{1,60}\\) for [\\w-]{1,30} JRE \\((\\d[\\w.+-]{0,40})\\)',
    'JRE (',
  ),
]
/** OpenResty's first three numbers are those of its nginx. */
const NGINX = [
  pattern('nginx', 'nginx version: nginx/<V>', 'nx vers'),
  pattern('openresty', 'nginx version: openresty/<V>', 'nx vers'),
]
const HTTPD = [pattern('httpd', '\\0Apache/<V> \\(', 'pache/')]
const HAPROXY = [
  pattern(
    'haproxy',
    ' version (\\d{1,2}(?:\\.\\d{1,4}){1,2}(?:-dev\\d{1,3})?)(?:-[\\w.+~-]{0,60})?, released \\d{4}/',
    ', relea',
  ),
]
const POSTGRESQL = [
  pattern(
    'postgresql',
    'postgres \\(PostgreSQL\\) (\\d{1,2}(?:\\.\\d{1,3}){1,2}|\\d{1,2}(?:beta|rc)\\d{1,2}|\\d{1,2}devel)(?![\\w.])',
    '(Postgr',
  ),
]
const MARIADB = [pattern('mariadb', '\\0<V>-MariaDB', 'MariaDB')]
const VARNISH = [pattern('varnish', 'varnish-<V> revision', 'varnish')]
const MEMCACHED = [pattern('memcached', 'memcached <V>[\\0\\n]', 'memcach')]

/** By the file's name, which may be followed by its version: `php8.3`, `libruby.so.3.1`. */
const PROGRAMS_BY_NAME: readonly (readonly [RegExp, NamedProgram])[] = [
  [/^node(?:js)?$/, { program: 'node', patterns: NODE }],
  [/^(?:ruby[\d.]*|libruby[\w.-]*\.so[\d.]*)$/, { program: 'ruby', patterns: RUBY }],
  [
    /^(?:php[\d.]*|php-(?:fpm|cgi|cli)[\d.]*|phpdbg[\d.]*|libphp[\d.]*\.so)$/,
    { program: 'php', patterns: PHP },
  ],
  [/^libjvm\.so$/, { program: 'openjdk', patterns: OPENJDK }],
  [/^(?:nginx|nginx-debug|openresty)$/, { program: 'nginx', patterns: NGINX }],
  [/^(?:httpd|apache2)$/, { program: 'httpd', patterns: HTTPD }],
  [/^memcached$/, { program: 'memcached', patterns: MEMCACHED }],
  [/^haproxy$/, { program: 'haproxy', patterns: HAPROXY }],
  [/^postgres$/, { program: 'postgresql', patterns: POSTGRESQL }],
  [/^(?:mariadbd|mariadb)$/, { program: 'mariadb', patterns: MARIADB }],
  // MariaDB's server long had this name; no bytes that show MySQL's version are known.
  [/^mysqld$/, { program: 'mysql', patterns: MARIADB }],
  [/^mongod$/, { program: 'mongodb', patterns: [] }],
  [/^varnishd$/, { program: 'varnish', patterns: VARNISH }],
  [/^redis-(?:server|sentinel|check-aof|check-rdb)$/, { program: 'redis', patterns: [] }],
  [/^valkey-(?:server|sentinel|check-aof|check-rdb)$/, { program: 'valkey', patterns: [] }],
]

/** `python3.11`, `libpython3.11.so.1.0`, `libpython3.6m.so.1.0`: the branch is in the name. */
const PYTHON_NAME = /^(?:python|libpython)([23]\.\d{1,2})[a-z]{0,2}(?:\.so[\d.]*)?$/

/** The well-known program of this name; `null`: not one of them. */
export function namedProgram(path: string): NamedProgram | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const [, series] = PYTHON_NAME.exec(name) ?? []
  if (series !== undefined) {
    // Linkers merge strings with the same end, so the version may be the end of a longer string, such as a
    // path.
    const version = `[\\0/-](${series.replace('.', '\\.')}\\.\\d{1,3}(?:(?:a|b|rc)\\d{1,2})?\\+?)\\0`
    return { program: 'python', patterns: [{ program: 'python', text: version, rarePart: `${series}.` }] }
  }
  return PROGRAMS_BY_NAME.find(([namePattern]) => namePattern.test(name))?.[1] ?? null
}

/** Patterns that occur in no other program, so they identify a file of any name. */
export const DISTINCTIVE_PATTERNS: readonly Pattern[] = [
  ...NODE.slice(0, 1),
  ...RUBY,
  ...PHP,
  ...OPENJDK,
  ...NGINX,
  ...HTTPD,
  ...HAPROXY,
  ...POSTGRESQL,
  ...VARNISH,
]
