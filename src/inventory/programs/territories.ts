import type { ProgramName } from '../../model/index.js'

/** The files that belong to a program, by the path of the file that identifies the program. */
export interface ProgramTerritory {
  readonly kind: ProgramName
  readonly identifiedBy: RegExp
  /** A folder without a slash at its end, or a file; `*` stands for anything in one name. */
  readonly has: (match: RegExpExecArray) => readonly string[]
}

/** Executables in the folder of the file that identifies the program. */
const siblingExecutables =
  (...names: readonly string[]): ProgramTerritory['has'] =>
  ([, folder = '']) =>
    names.map((name) => `${folder}${name}`)

const python: ProgramTerritory['has'] = ([, prefix = '', minor = '']) => [
  ...['python', 'python3', `python${minor}`].map((name) => `${prefix}bin/${name}`),
  `${prefix}lib/libpython3.so`,
  `${prefix}lib/libpython${minor}*`,
  `${prefix}lib/python${minor}/lib-dynload`,
  `${prefix}lib/python${minor}/ensurepip`,
  `${prefix}lib/python${minor}/test`,
  `${prefix}lib/python${minor}/config-${minor}-*`,
]

const php: ProgramTerritory['has'] = ([, prefix = '']) => [
  ...['bin/php', 'bin/php-cgi', 'bin/phpdbg', 'bin/phar.phar', 'sbin/php-fpm'].map((one) => prefix + one),
  `${prefix}lib/php`,
]

/**
 * Executables, own libraries and standard libraries of programs. What is added to them (packages, modules, plugins) has
 * owners of its own, or none.
 */
export const PROGRAM_TERRITORIES: readonly ProgramTerritory[] = [
  {
    kind: 'node',
    identifiedBy: /^(.*)include\/node\/node_version\.h$/,
    has: ([, prefix = '']) => [`${prefix}bin/node`, `${prefix}include/node`],
  },
  { kind: 'python', identifiedBy: /^(.*)include\/python([0-9]+\.[0-9]+)[a-z]*\/patchlevel\.h$/, has: python },
  {
    kind: 'python',
    identifiedBy: /^(.*)(?:bin\/python|lib\/libpython)([23]\.[0-9]+)[a-z]*(?:\.so[.0-9]*)?$/,
    has: python,
  },
  {
    kind: 'ruby',
    identifiedBy: /^(.*)lib\/ruby\/([^/]+)\/([^/]+)\/rbconfig\.rb$/,
    has: ([, prefix = '', abi = '', platform = '']) => [
      `${prefix}bin/ruby`,
      `${prefix}lib/libruby.so*`,
      `${prefix}lib/ruby/${abi}/${platform}`,
    ],
  },
  {
    kind: 'ruby',
    identifiedBy: /^(.*)(?:bin\/ruby|lib\/libruby\.so)[.0-9]*$/,
    has: ([, prefix = '']) => [`${prefix}bin/ruby`, `${prefix}lib/libruby.so*`],
  },
  { kind: 'php', identifiedBy: /^(.*)include\/php\/main\/php_version\.h$/, has: php },
  { kind: 'php', identifiedBy: /^(.*)(?:bin\/php[.0-9]*|bin\/php-cgi|sbin\/php-fpm[.0-9]*)$/, has: php },
  { kind: 'openjdk', identifiedBy: /^(.+)\/release$/, has: ([, home = '']) => [home] },
  {
    kind: 'openjdk',
    identifiedBy: /^(.+?)(?:\/jre)?\/lib\/(?:[^/]+\/)?[a-z]+\/libjvm\.so$/,
    has: ([, home = '']) => [`${home}/bin`, `${home}/lib`, `${home}/jre`],
  },
  {
    kind: 'postgresql',
    identifiedBy: /^(.*bin\/)postgres$/,
    has: siblingExecutables(
      'initdb',
      'pg_*',
      'psql',
      'createdb',
      'createuser',
      'dropdb',
      'dropuser',
      'clusterdb',
      'reindexdb',
      'vacuumdb',
      'vacuumlo',
      'oid2name',
      'pgbench',
      'ecpg',
    ),
  },
  {
    kind: 'redis',
    identifiedBy: /^(.*bin\/)redis-(?:server|sentinel|check-aof|check-rdb)$/,
    has: siblingExecutables('redis-*'),
  },
  {
    kind: 'valkey',
    identifiedBy: /^(.*bin\/)valkey-(?:server|sentinel|check-aof|check-rdb)$/,
    has: siblingExecutables('valkey-*'),
  },
  {
    kind: 'httpd',
    identifiedBy: /^(.*bin\/)httpd$/,
    has: siblingExecutables(
      'ab',
      'htcacheclean',
      'htdbm',
      'htdigest',
      'htpasswd',
      'httxt2dbm',
      'logresolve',
      'rotatelogs',
      'checkgid',
      'fcgistarter',
      'apxs',
    ),
  },
  {
    kind: 'erlang',
    identifiedBy: /^(.*)releases\/[^/]+\/OTP_VERSION$/,
    has: ([, home = '']) => ['bin', 'erts-*', 'lib'].map((one) => `${home}${one}`),
  },
  {
    kind: 'tomcat',
    identifiedBy: /^(.+)\/lib\/catalina\.jar$/,
    has: ([, home = '']) => [`${home}/lib`, `${home}/bin`],
  },
  {
    kind: 'cassandra',
    identifiedBy: /^(.+)\/lib\/apache-cassandra-[^/]+\.jar$/,
    has: ([, home = '']) => [`${home}/bin`, `${home}/tools/bin`],
  },
  {
    kind: 'elasticsearch',
    identifiedBy: /^(.+)\/lib\/elasticsearch-[^/]+\.jar$/,
    has: ([, home = '']) => [`${home}/bin`],
  },
  {
    kind: 'neo4j',
    identifiedBy: /^(.+)\/lib\/neo4j-kernel-[^/]+\.jar$/,
    has: ([, home = '']) => [`${home}/bin`],
  },
]
