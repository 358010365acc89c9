import type { ProgramName } from '../packages/known-programs.js'

/**
 * - `program`: has the program in its files.
 * - `follows`: a part of the program, in its version.
 * - `companion`: helpers, keyrings, modules.
 */
type Role = 'program' | 'follows' | 'companion'

interface PackageRow {
  readonly names: RegExp
  readonly role: Role
  /** The program that it is, or is a part of. `null`: none of which anything is known. */
  readonly program: ProgramName | null
  /** The file that shows the program, if no bytes of the program tell its version. */
  readonly file?: RegExp
  /** Its versions, if they differ from those of the vendor's others. */
  readonly shape?: RegExp | null
}

interface VendorRow {
  /** The common name of its repository. */
  readonly title: string
  /**
   * Versions that only this vendor writes; `null`: they look like Debian's, or like anybody's. Then only Debian's
   * indexes show that the package is not Debian's.
   */
  readonly shape: RegExp | null
  /**
   * A pattern of these versions for `apt-get install nginx=PATTERN`: apt then never installs Debian's, even if the
   * image lacks the vendor's repository, or Debian's version is the higher one. As in fnmatch(3), but an asterisk at
   * the end is apt's own: it stands for anything after the literal text before it.
   */
  readonly pattern?: string
  readonly packages: readonly PackageRow[]
}

/** Debian's versions end in a digit. */
const LETTER_AT_END = '*~*[a-z]'

const CODENAME = '(?:jessie|stretch|buster|bullseye|bookworm|trixie|forky)'
const ofProgram =
  (role: Role) =>
  (names: RegExp, of: ProgramName | null, file?: RegExp): PackageRow => ({
    names,
    role,
    program: of,
    ...(file && { file }),
  })
const program = ofProgram('program')
const follows = ofProgram('follows')
const companion = (names: RegExp, shape?: RegExp | null): PackageRow => ({
  names,
  role: 'companion',
  program: null,
  ...(shape !== undefined && { shape }),
})
/** A package of the vendor with another program, which is not judged. */
const other = (names: RegExp): PackageRow => program(names, null)

/** Repositories whose packages are common in Debian images. */
const VENDORS: readonly VendorRow[] = [
  {
    title: 'nginx.org',
    shape: new RegExp(`-\\d+~${CODENAME}$`),
    pattern: LETTER_AT_END,
    packages: [program(/^nginx$/, 'nginx'), companion(/^nginx-module-[\w.-]+$/), other(/^nginx-[\w.-]+$/)],
  },
  {
    title: 'apt.postgresql.org',
    shape: /\.pgdg\d+\+\d+(?:\+b\d+)?$/,
    pattern: '*.pgdg*[0-9]',
    packages: [
      program(/^postgresql-\d+$/, 'postgresql'),
      follows(/^libpq5$/, 'postgresql', /^usr\/lib\/[^/]+\/libpq\.so\.5(?:\.\d+)?$/),
      follows(/^libecpg6$/, 'postgresql', /^usr\/lib\/[^/]+\/libecpg\.so\.6(?:\.\d+)?$/),
      follows(/^libpgtypes3$/, 'postgresql', /^usr\/lib\/[^/]+\/libpgtypes\.so\.3(?:\.\d+)?$/),
      follows(/^postgresql-client-\d+$/, 'postgresql', /^usr\/lib\/postgresql\/\d+\/bin\/psql$/),
      follows(
        /^(?:postgresql-(?:(?:plperl|plpython3|pltcl|server-dev|doc)-\d+|\d+-jit)|lib(?:pq|ecpg)-dev|libpq-oauth)$/,
        'postgresql',
      ),
      companion(/^postgresql(?:-client)?(?:-common(?:-dev)?)?$/),
      companion(/^pgdg-keyring$/, null),
      other(/^(?:postgresql-\d+-[a-z][\w.-]*|pgbouncer|pgbackrest|pgpool2|pgloader|postgis)$/),
    ],
  },
  {
    title: 'repo.mysql.com',
    shape: /-\d+(?:debian|ubuntu)\d+(?:\.\d+)?$/,
    packages: [
      program(/^mysql-community-server-core$/, 'mysql', /^usr\/sbin\/mysqld$/),
      follows(/^(?:mysql-community-[\w-]+|mysql-(?:common|client|server)|libmysqlclient\d+)$/, 'mysql'),
    ],
  },
  {
    title: 'mariadb.org',
    shape: /\+maria~[a-z]+\d*$/,
    pattern: '*+maria~*[0-9a-z]',
    packages: [
      program(/^mariadb-(?:server|client)-core(?:-\d+\.\d+)?$/, 'mariadb'),
      follows(/^libmariadb3$/, 'mariadb', /^usr\/lib\/[^/]+\/libmariadb\.so\.3$/),
      follows(
        /^(?:mariadb-(?:server|client|backup)(?:-\d+\.\d+)?|mariadb-(?:common|plugin-[\w-]+)|mysql-common|libmariadb(?:3-compat|-dev|d\d+))$/,
        'mariadb',
      ),
      companion(/^galera-4$/, /^26\.[\d.]+-(?:deb\d+|bookworm|bullseye|trixie)$/),
    ],
  },
  {
    title: 'repo.mongodb.org',
    shape: null,
    packages: [
      program(/^mongodb-org-server$/, 'mongodb', /^usr\/bin\/mongod$/),
      follows(/^mongodb-org(?:-mongos|-shell|-database)?$/, 'mongodb'),
      companion(/^mongodb-(?:org-tools|org-database-tools-extra|mongosh|database-tools)$/),
    ],
  },
  {
    // The server is a link to a program of redis-tools.
    title: 'packages.redis.io',
    shape: /-\d+rl\d+(?:~[a-z]+\d*)?$/,
    pattern: '*-*rl*[0-9]',
    packages: [program(/^redis-tools$/, 'redis'), follows(/^redis(?:-server|-sentinel)?$/, 'redis')],
  },
  {
    title: 'NodeSource',
    shape: /-\d+nodesource\d*(?:\+repack\d+)?$/,
    pattern: '*nodesource*[0-9]',
    packages: [program(/^nodejs$/, 'node')],
  },
  {
    title: 'packages.sury.org',
    shape: /\+0~\d{8}\.\d+\+debian\d+~[\w.]+$/,
    pattern: '*+0~*+debian*[0-9a-z]',
    packages: [
      program(/^(?:php\d\.\d-(?:cli|cgi|fpm|phpdbg)|libapache2-mod-php\d\.\d|libphp\d\.\d-embed)$/, 'php'),
      // Some are extensions of other projects, in versions of their own.
      follows(/^php\d\.\d(?:-[\w-]+)?$/, 'php'),
      companion(/^php-common$/),
      companion(/^debsuryorg-archive-keyring$/, null),
      other(/^php-[\w-]+$/),
    ],
  },
  {
    title: 'download.docker.com',
    shape: /-\d+~debian\.\d+~[a-z]+$/,
    packages: [
      other(/^docker-(?:ce(?:-cli|-rootless-extras)?|(?:buildx|compose|model|scan)-plugin)$/),
      { ...other(/^containerd\.io$/), shape: null },
    ],
  },
  {
    title: 'apt.releases.hashicorp.com',
    shape: null,
    packages: [
      program(/^vault$/, 'vault', /^usr\/bin\/vault$/),
      program(/^consul$/, 'consul', /^usr\/bin\/consul$/),
      other(/^(?:terraform|nomad|packer|boundary)$/),
    ],
  },
  {
    title: 'apt.grafana.com',
    shape: null,
    packages: [
      program(/^grafana$/, 'grafana', /^usr\/(?:share\/grafana\/bin|sbin)\/grafana(?:-server)?$/),
      other(/^grafana-enterprise$/),
    ],
  },
  {
    title: 'artifacts.elastic.co',
    shape: null,
    packages: [
      program(/^elasticsearch$/, 'elasticsearch'),
      program(/^kibana$/, 'kibana'),
      other(/^logstash$/),
    ],
  },
  {
    title: 'repos.influxdata.com',
    shape: null,
    packages: [other(/^(?:influxdb2?(?:-cli)?|telegraf)$/)],
  },
  {
    title: 'RabbitMQ',
    shape: null,
    packages: [
      program(/^rabbitmq-server$/, 'rabbitmq'),
      program(/^erlang-base$/, 'erlang'),
      follows(/^erlang-[\w-]+$/, 'erlang'),
    ],
  },
  {
    title: 'packages.adoptium.net',
    shape: null,
    packages: [program(/^temurin-\d+-(?:jdk|jre)$/, 'openjdk'), companion(/^adoptium-ca-certificates$/)],
  },
  {
    title: 'packages.microsoft.com',
    shape: null,
    packages: [other(/^(?:dotnet-[\w.-]+|aspnetcore-[\w.-]+|msodbcsql\d+|mssql-tools\d*|powershell)$/)],
  },
  {
    title: 'dl.google.com',
    shape: null,
    packages: [other(/^google-chrome-(?:stable|beta|unstable)$/)],
  },
  {
    title: 'packagecloud.io/varnishcache',
    shape: new RegExp(`-\\d+~${CODENAME}$`),
    pattern: LETTER_AT_END,
    packages: [program(/^varnish$/, 'varnish')],
  },
  { title: 'haproxy.debian.net', shape: null, packages: [program(/^haproxy$/, 'haproxy')] },
  { title: 'packages.konghq.com', shape: null, packages: [other(/^kong(?:-enterprise-edition)?$/)] },
  {
    title: 'apache.jfrog.io/couchdb',
    shape: new RegExp(`^[\\d.]+~${CODENAME}$`),
    pattern: LETTER_AT_END,
    packages: [program(/^couchdb$/, 'couchdb')],
  },
]

export interface VendorPackage extends Pick<PackageRow, 'role' | 'program' | 'file'> {
  readonly title: string
  /** Whether only this vendor writes such versions. */
  readonly hasVendorVersion: boolean
}

/** The vendor that publishes a package of this name; the version counts too where it is distinctive. `null`: none that is known. */
export function vendorOf(name: string, version: string): VendorPackage | null {
  for (const { title, shape: ofVendor, packages } of VENDORS) {
    const row = packages.find(({ names }) => names.test(name))
    const shape = row?.shape === undefined ? ofVendor : row.shape
    if (row !== undefined && (shape === null || shape.test(version))) {
      const { role, program: of, file } = row
      return { title, role, program: of, hasVendorVersion: shape !== null, ...(file && { file }) }
    }
  }
  return null
}

/** Which versions are this vendor's, for apt; `null`: Debian has no package of that name, or only lower versions. */
export function patternOf(title: string): string | null {
  return VENDORS.find((one) => one.title === title)?.pattern ?? null
}

/** What only Debian's own maintainers write (Developer's Reference 5.8.5.4, 5.11.2; devref, "repackaged"). */
const DEBIAN_REVISION = /[+~]deb\d+u\d|dfsg|[+~.]ds\d*-|-\d+\.\d+|\+b\d+$/

/**
 * The vendor that may have published a package although its version looks like Debian's; `null`: none.
 * @param version as installed
 */
export function maybeVendorOf(name: string, version: string): string | null {
  const vendor = vendorOf(name, version)
  return vendor === null || vendor.hasVendorVersion || DEBIAN_REVISION.test(version) ? null : vendor.title
}

/** The project's version in one of dpkg: `1:10.11.5+maria~deb12` is 10.11.5. */
export function upstreamVersion(version: string): string {
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version
}

/** Whether a program's version is that of its package; Temurin adds zeros: `17.0.8.1.0` is Java 17.0.8.1. */
export function isOfPackage(version: string, packaged: string): boolean {
  const numbers = (text: string) => text.replace(/^(\d{1,2})u(\d+)$/, '$1.0.$2').replace(/(?:\.0)+$/, '')
  return numbers(version) === numbers(upstreamVersion(packaged))
}
