/**
 * Programs that images often have from their vendor or from source, by the names that we give them
 * (docs/programs.md). What they are called in texts, and under which name Bitnami's advisories know them; `null`: no
 * advisories are read for it.
 */
export const KNOWN_PROGRAMS = {
  node: { title: 'Node.js', bitnami: 'node' },
  python: { title: 'Python', bitnami: 'python' },
  ruby: { title: 'Ruby', bitnami: 'ruby' },
  php: { title: 'PHP', bitnami: 'php' },
  // By the Go project's own records, as modules are (`stdlib`, `toolchain`).
  go: { title: 'Go', bitnami: null },
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

/** "nginx 1.27.3", "Node.js of unknown version". The version is text from the image. */
export function programWords(name: string, version: string | null): string {
  return `${knownProgram(name)?.title ?? name} ${version ?? 'of unknown version'}`
}
