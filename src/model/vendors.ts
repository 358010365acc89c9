import type { ProgramName } from './known-programs.js'

/**
 * - `program`: has the program in its files. - `follows`: a library with the program's version. - `companion`: helpers,
 * keyrings, modules.
 */
type Role = 'program' | 'follows' | 'companion'

interface PackageRow {
  readonly names: RegExp
  readonly role: Role
  /** The program that it is, or is beside. `null`: none of which anything is known. */
  readonly program: ProgramName | null
  /** The file that shows it, where no bytes of the program tell its version. */
  readonly file?: RegExp
}

interface VendorRow {
  /** As people know its repository. */
  readonly title: string
  /**
   * Versions that only this vendor writes; `null`: they look like Debian's, or like anybody's. Then only Debian's indexes
   * show that the package is not Debian's.
   */
  readonly shape: RegExp | null
  readonly packages: readonly PackageRow[]
}

const CODENAME = '(?:jessie|stretch|buster|bullseye|bookworm|trixie|forky)'
const program = (names: RegExp, of: ProgramName | null, file?: RegExp): PackageRow => ({
  names,
  role: 'program',
  program: of,
  ...(file && { file }),
})
const follows = (names: RegExp, of: ProgramName, file: RegExp): PackageRow => ({
  names,
  role: 'follows',
  program: of,
  file,
})
const companion = (names: RegExp): PackageRow => ({ names, role: 'companion', program: null })

/** Repositories whose packages are common in Debian images. */
const VENDORS: readonly VendorRow[] = [
  {
    title: 'nginx.org',
    shape: new RegExp(`-\\d+~${CODENAME}$`),
    packages: [program(/^nginx$/, 'nginx'), companion(/^nginx-module-[\w.-]+$/)],
  },
  {
    title: 'apt.postgresql.org',
    shape: /\.pgdg\d+\+\d+$/,
    packages: [
      program(/^postgresql-\d+$/, 'postgresql'),
      follows(/^libpq5$/, 'postgresql', /^usr\/lib\/[^/]+\/libpq\.so\.5/),
      companion(
        /^(?:libpq-dev|libecpg\d*|libpgtypes3|postgresql-client-\d+|postgresql(?:-client)?-common|postgresql(?:-client)?|pgdg-keyring)$/,
      ),
    ],
  },
  {
    title: 'repo.mysql.com',
    shape: /-\d+(?:debian|ubuntu)\d+(?:\.\d+)?$/,
    packages: [
      program(/^mysql-community-server-core$/, 'mysql', /^usr\/sbin\/mysqld$/),
      companion(/^(?:mysql-community-[\w-]+|mysql-(?:common|client|server)|libmysqlclient\d+)$/),
    ],
  },
  {
    title: 'mariadb.org',
    shape: /\+maria~/,
    packages: [
      program(/^mariadb-(?:server|client)-core$/, 'mariadb'),
      follows(/^libmariadb3$/, 'mariadb', /^usr\/lib\/[^/]+\/libmariadb\.so\.3$/),
      companion(/^(?:mariadb-(?:server|client|common|backup)|mysql-common|libmariadb3-compat|galera-4)$/),
    ],
  },
  {
    title: 'repo.mongodb.org',
    shape: null,
    packages: [
      program(/^mongodb-org-server$/, 'mongodb', /^usr\/bin\/mongod$/),
      companion(
        /^mongodb-(?:org(?:-mongos|-shell|-tools|-database(?:-tools-extra)?)?|mongosh|database-tools)$/,
      ),
    ],
  },
  {
    title: 'packages.redis.io',
    shape: /-\d+rl\d+(?:~[a-z]+\d*)?$/,
    packages: [
      program(/^redis-(?:server|tools)$/, 'redis'),
      companion(/^redis(?:-sentinel|-stack-server)?$/),
    ],
  },
  {
    title: 'NodeSource',
    shape: /-\d+nodesource\d*(?:\+repack\d+)?$/,
    packages: [program(/^nodejs$/, 'node')],
  },
  {
    title: 'packages.sury.org',
    shape: /\+0~\d{8}\.\d+\+/,
    packages: [
      program(/^(?:php\d\.\d-(?:cli|cgi|fpm|phpdbg)|libapache2-mod-php\d\.\d|libphp\d\.\d-embed)$/, 'php'),
      companion(/^(?:php\d\.\d(?:-(?!cli$|cgi$|fpm$|phpdbg$)[\w-]+)?|php-common)$/),
    ],
  },
  {
    title: 'download.docker.com',
    shape: /-\d+~debian\.\d+~[a-z]+$/,
    packages: [
      program(
        /^(?:docker-ce(?:-cli|-rootless-extras)?|containerd\.io|docker-(?:buildx|compose)-plugin)$/,
        null,
      ),
    ],
  },
  {
    title: 'apt.releases.hashicorp.com',
    shape: null,
    packages: [
      program(/^vault$/, 'vault', /^usr\/bin\/vault$/),
      program(/^consul$/, 'consul', /^usr\/bin\/consul$/),
      program(/^(?:terraform|nomad|packer|boundary)$/, null),
    ],
  },
  {
    title: 'apt.grafana.com',
    shape: null,
    packages: [
      program(
        /^grafana(?:-enterprise)?$/,
        'grafana',
        /^usr\/(?:share\/grafana\/bin|sbin)\/grafana(?:-server)?$/,
      ),
    ],
  },
  {
    title: 'artifacts.elastic.co',
    shape: null,
    packages: [
      program(
        /^elasticsearch$/,
        'elasticsearch',
        /^usr\/share\/elasticsearch\/lib\/elasticsearch-\d[\w.-]*\.jar$/,
      ),
      program(/^kibana$/, 'kibana'),
      program(/^logstash$/, null),
    ],
  },
  {
    title: 'repos.influxdata.com',
    shape: null,
    packages: [program(/^(?:influxdb2?(?:-cli)?|telegraf)$/, null)],
  },
  {
    title: 'RabbitMQ',
    shape: null,
    packages: [
      program(/^rabbitmq-server$/, 'rabbitmq'),
      program(/^erlang-base$/, 'erlang'),
      companion(/^erlang-[\w-]+$/),
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
    packages: [
      program(/^(?:dotnet-[\w.-]+|aspnetcore-[\w.-]+|msodbcsql\d+|mssql-tools\d*|powershell)$/, null),
    ],
  },
  {
    title: 'dl.google.com',
    shape: null,
    packages: [program(/^google-chrome-(?:stable|beta|unstable)$/, null)],
  },
  {
    title: 'packagecloud.io/varnishcache',
    shape: new RegExp(`-\\d+~${CODENAME}$`),
    packages: [program(/^varnish$/, 'varnish')],
  },
  { title: 'haproxy.debian.net', shape: null, packages: [program(/^haproxy$/, 'haproxy')] },
  { title: 'packages.konghq.com', shape: null, packages: [program(/^kong(?:-enterprise-edition)?$/, null)] },
  {
    title: 'apache.jfrog.io/couchdb',
    shape: new RegExp(`^[\\d.]+~${CODENAME}$`),
    packages: [program(/^couchdb$/, 'couchdb')],
  },
]

/** A package that a vendor publishes. */
export interface VendorPackage extends Pick<PackageRow, 'role' | 'program' | 'file'> {
  readonly title: string
  /** Whether only this vendor writes such versions. */
  readonly isShaped: boolean
}

/** Which vendor publishes a package of this name, in such a version if that tells; `null`: none that is known. */
export function vendorOf(name: string, version: string): VendorPackage | null {
  for (const { title, shape, packages } of VENDORS) {
    const row = packages.find(({ names }) => names.test(name))
    if (row !== undefined && (shape === null || shape.test(version))) {
      const { role, program: of, file } = row
      return { title, role, program: of, isShaped: shape !== null, ...(file && { file }) }
    }
  }
  return null
}

/** The vendor that may have published a package whose version looks like Debian's; `null`: none. */
export function maybeVendorOf(name: string): string | null {
  const row = VENDORS.find(
    ({ shape, packages }) => shape === null && packages.some(({ names }) => names.test(name)),
  )
  return row?.title ?? null
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
