import type { ProgramName } from '../../../model/known-programs.js'

/** What a program's bytes say about its version. Bounded, and followed by more: a text may go on in the next piece. */
export interface Pattern {
  readonly program: ProgramName
  /** Its first group is the version. */
  readonly text: string
}

/** A file that is one of these programs by its name, whatever its mode is. */
export interface NamedProgram {
  /** What it is if no pattern is found in it. */
  readonly program: ProgramName
  readonly patterns: readonly Pattern[]
}

/** Two to four numbers, maybe with a word behind them; no longer version is one. */
const VERSION = '(\\d{1,4}(?:\\.\\d{1,6}){1,3}(?:[-+~]?[A-Za-z][A-Za-z0-9]{0,15})?(?![A-Za-z0-9.]))'

const pattern = (program: ProgramName, text: string): Pattern => ({
  program,
  text: text.replace('<V>', VERSION),
})

const NODE = [pattern('node', 'node\\.js/v<V>\\0'), pattern('node', '/download/release/v<V>/node-v')]
const RUBY = [
  pattern(
    'ruby',
    'ruby (\\d{1,2}\\.\\d{1,2}\\.\\d{1,3}[a-z0-9]{0,12}?)(?:p-?\\d{1,4})? \\(\\d{4}-\\d\\d-\\d\\d ',
  ),
]
const PHP = [pattern('php', 'X-Powered-By: PHP/<V>')]
/** The second version is Java's; the first is the virtual machine's own, which was another one up to Java 8. */
const OPENJDK = [
  pattern(
    'openjdk',
    'OpenJDK [A-Za-z0-9-]{0,10} ?[A-Z][a-z]{2,10} VM \\([^)\\0]{1,60}\\) for [\\w-]{1,30} JRE \\((\\d[\\w.+-]{0,40})\\)',
  ),
]
/** OpenResty's first three numbers are those of its nginx. */
const NGINX = [
  pattern('nginx', 'nginx version: nginx/<V>'),
  pattern('openresty', 'nginx version: openresty/<V>'),
]
const HTTPD = [pattern('httpd', '\\0Apache/<V> \\(')]
const HAPROXY = [
  pattern(
    'haproxy',
    ' version (\\d{1,2}(?:\\.\\d{1,4}){1,2}(?:-dev\\d{1,3})?)(?:-[\\w.+~-]{0,60})?, released \\d{4}/',
  ),
]
const POSTGRESQL = [
  pattern(
    'postgresql',
    'postgres \\(PostgreSQL\\) (\\d{1,2}(?:\\.\\d{1,3}){1,2}|\\d{1,2}(?:beta|rc)\\d{1,2}|\\d{1,2}devel)(?![\\w.])',
  ),
]
const MARIADB = [pattern('mariadb', '\\0<V>-MariaDB')]
const VARNISH = [pattern('varnish', 'varnish-<V> revision')]
const MEMCACHED = [pattern('memcached', 'memcached <V>[\\0\\n]')]

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
  // MariaDB's server had this name for long; no bytes that tell MySQL's version are known.
  [/^mysqld$/, { program: 'mysql', patterns: MARIADB }],
  [/^mongod$/, { program: 'mongodb', patterns: [] }],
  [/^varnishd$/, { program: 'varnish', patterns: VARNISH }],
  [/^redis-(?:server|sentinel|check-aof|check-rdb)$/, { program: 'redis', patterns: [] }],
  [/^valkey-(?:server|sentinel|check-aof|check-rdb)$/, { program: 'valkey', patterns: [] }],
]

/** `python3.11`, `libpython3.11.so.1.0`, `libpython3.6m.so.1.0`: the branch is in the name. */
const PYTHON_NAME = /^(?:python|libpython)([23]\.\d{1,2})[a-z]{0,2}(?:\.so[\d.]*)?$/

/** `null`: a file of another name. */
export function namedProgram(path: string): NamedProgram | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const [, series] = PYTHON_NAME.exec(name) ?? []
  if (series !== undefined) {
    // Linkers merge the ends of strings, so before it is what stands there in a longer one, as a path.
    const version = `[\\0/-](${series.replace('.', '\\.')}\\.\\d{1,3}(?:(?:a|b|rc)\\d{1,2})?\\+?)\\0`
    return { program: 'python', patterns: [{ program: 'python', text: version }] }
  }
  return PROGRAMS_BY_NAME.find(([namePattern]) => namePattern.test(name))?.[1] ?? null
}

/** Those that no other program has: they tell what a file of any name is. */
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
