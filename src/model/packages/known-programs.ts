/**
 * Programs that images often have from their vendor or from source, by the names that we give them
 * (docs/programs.md, docs/decisions/0097-programs.md). What they are called in texts, and under which name Bitnami knows them; `null`: it does not, and
 * no advisories are read for it.
 */
export const KNOWN_PROGRAMS = {
  node: { title: 'Node.js', bitnami: 'node' },
  python: { title: 'Python', bitnami: 'python' },
  ruby: { title: 'Ruby', bitnami: 'ruby' },
  php: { title: 'PHP', bitnami: 'php' },
  go: { title: 'Go', bitnami: 'golang' },
  openjdk: { title: 'OpenJDK', bitnami: 'java' },
  nginx: { title: 'nginx', bitnami: 'nginx' },
  openresty: { title: 'OpenResty', bitnami: 'openresty' },
  httpd: { title: 'Apache httpd', bitnami: 'apache' },
  redis: { title: 'Redis', bitnami: 'redis' },
  valkey: { title: 'Valkey', bitnami: 'valkey' },
  memcached: { title: 'Memcached', bitnami: 'memcached' },
  haproxy: { title: 'HAProxy', bitnami: 'haproxy' },
  postgresql: { title: 'PostgreSQL', bitnami: 'postgresql' },
  mariadb: { title: 'MariaDB', bitnami: 'mariadb' },
  mysql: { title: 'MySQL', bitnami: null },
  mongodb: { title: 'MongoDB', bitnami: 'mongodb' },
  varnish: { title: 'Varnish', bitnami: 'varnish' },
  tomcat: { title: 'Apache Tomcat', bitnami: 'tomcat' },
  erlang: { title: 'Erlang/OTP', bitnami: null },
  rabbitmq: { title: 'RabbitMQ', bitnami: 'rabbitmq' },
  elixir: { title: 'Elixir', bitnami: null },
  couchdb: { title: 'Apache CouchDB', bitnami: 'couchdb' },
  cassandra: { title: 'Apache Cassandra', bitnami: 'cassandra' },
  neo4j: { title: 'Neo4j', bitnami: 'neo4j' },
  elasticsearch: { title: 'Elasticsearch', bitnami: 'elasticsearch' },
  jenkins: { title: 'Jenkins', bitnami: 'jenkins' },
  kibana: { title: 'Kibana', bitnami: 'kibana' },
  grafana: { title: 'Grafana', bitnami: 'grafana' },
  wordpress: { title: 'WordPress', bitnami: 'wordpress' },
  drupal: { title: 'Drupal', bitnami: 'drupal' },
  nextcloud: { title: 'Nextcloud', bitnami: 'nextcloud' },
  vault: { title: 'HashiCorp Vault', bitnami: 'vault' },
  consul: { title: 'HashiCorp Consul', bitnami: 'consul' },
  perl: { title: 'Perl', bitnami: null },
  rust: { title: 'Rust', bitnami: null },
  julia: { title: 'Julia', bitnami: null },
} as const satisfies Readonly<Record<string, KnownProgram>>

interface KnownProgram {
  readonly title: string
  readonly bitnami: string | null
}

export type ProgramName = keyof typeof KNOWN_PROGRAMS

/** `null` for a name that is not in the table. Evidence is text from outside. */
export function knownProgram(name: string): KnownProgram | null {
  return Object.hasOwn(KNOWN_PROGRAMS, name) ? KNOWN_PROGRAMS[name as ProgramName] : null
}

/** Of Go, its project's own records are read: about `stdlib` and `toolchain`, as if these were modules. */
export const GO = 'go'

const PROGRAM_BY_BITNAMI_NAME = new Map<string, ProgramName>(
  (Object.keys(KNOWN_PROGRAMS) as ProgramName[]).flatMap((name) => {
    const { bitnami } = KNOWN_PROGRAMS[name]
    return bitnami === null ? [] : [[bitnami, name] as const]
  }),
)

/** The program with this name in Bitnami's records; `null`: not a program that Seaworthy recognizes. */
export function programOfBitnami(name: string): ProgramName | null {
  return PROGRAM_BY_BITNAMI_NAME.get(name) ?? null
}

/** A version as package URLs of Bitnami have it: three numbers, and four only for OpenResty. */
export function bitnamiVersion(name: string, version: string): string {
  const [, java, update] = /^(\d{1,2})u(\d+)$/.exec(version) ?? []
  if (java !== undefined) {
    return `${java}.0.${update}`
  }
  if (!/^\d+(?:\.\d+)*$/.test(version)) {
    return version
  }
  const numbers = version.split('.')
  const maxParts = name === 'openresty' ? 4 : 3
  return [...numbers, '0', '0'].slice(0, Math.max(3, Math.min(maxParts, numbers.length))).join('.')
}

/**
 * A version of Bitnami's records as the program's project writes it. An exact version of PostgreSQL that a record says
 * is affected becomes a range that ends at a third number, which no release has: the next release is meant.
 */
export function projectVersion(name: string, version: string): string {
  const [, first = '', second = '', third = ''] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? []
  if (name === 'postgresql' && Number(first) >= 10) {
    return `${first}.${third === '0' ? second : Number(second) + 1}`
  }
  if (name === 'openjdk' && second === '0') {
    return first === '8' ? `8u${third}` : third === '0' ? first : version
  }
  return version
}

/** "nginx 1.27.3", "Node.js of unknown version". The version is text from the image. */
export function programText(name: string, version: string | null): string {
  return `${knownProgram(name)?.title ?? name} ${version ?? 'of unknown version'}`
}
