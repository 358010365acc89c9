import { CLAIR_ECOSYSTEMS } from '../applications/ecosystems.js'

/** Port of Clair's API inside its container. */
export const CLAIR_PORT = 6060
export const POSTGRES_PORT = 5432

/** How long Clair waits for an answer about a jar: half an hour. */
const JAR_SEARCH_NANOSECONDS = 30 * 60 * 1e9

/** Clair silently ignores a name that it does not know: only the canaries show that. */
const APPLICATION_MATCHERS = ['python', 'java-maven', 'ruby-gem', 'gobin']

/**
 * Clair's configuration for a run without internet access: Debian's updater, which reads our tracker, and if
 * application packages are judged the OSV updater, which reads our advisories. JSON is YAML. Each unusual
 * line avoids a known trap. Why nothing is kept, mounted or enriched: docs/decisions/0004-held-requests.md.
 * @param feedUrl the feed server's URL, without a slash at the end
 */
export function clairConfig(
  feedUrl: string,
  database: { host: string; password: string },
  applications = false,
): string {
  const connstring = `host=${database.host} port=${POSTGRES_PORT} user=postgres password=${database.password} dbname=postgres sslmode=disable`
  const ownUrl = `http://localhost:${CLAIR_PORT}/`
  const json_url = `${feedUrl}/tracker/data/json`
  return JSON.stringify({
    http_listen_addr: `:${CLAIR_PORT}`,
    introspection_addr: ':8089',
    log_level: 'warn',
    indexer: {
      connstring,
      migrations: true,
      airgap: true,
      // Without these files each index request ends in an error, even for images that are not Red Hat's.
      scanner: {
        repo: {
          'rhel-repository-scanner': { repo2cpe_mapping_file: `${CONFIG_FOLDER}/empty.json` },
          'rhcc-repository-scanner': { name2repos_mapping_file: `${CONFIG_FOLDER}/empty.json` },
        },
        package: {
          rhel_containerscanner: { name2repos_mapping_file: `${CONFIG_FOLDER}/empty.json` },
          // By default Clair asks Maven Central about each jar without coordinates, and waits 2 s in vain.
          // Our server holds the request until the image has been read. In nanoseconds.
          java: applications
            ? { api: `${feedUrl}/search`, api_request_timeout: JAR_SEARCH_NANOSECONDS }
            : { disable_api: true },
        },
      },
    },
    matcher: { connstring, migrations: true, indexer_addr: ownUrl, period: '6h' },
    matchers: { names: ['debian-matcher', ...(applications ? APPLICATION_MATCHERS : [])] },
    updaters: {
      sets: ['debian', ...(applications ? ['osv'] : [])],
      config: {
        debian: { mirror_url: `${feedUrl}/`, json_url },
        'debian/updater': { json_url },
        ...(applications && { osv: { url: `${feedUrl}/osv`, allowlist: CLAIR_ECOSYSTEMS } }),
      },
    },
    // Combo mode starts the notifier whatever the configuration says; without a database it never becomes
    // ready.
    notifier: {
      connstring,
      migrations: true,
      indexer_addr: ownUrl,
      matcher_addr: ownUrl,
      poll_interval: '24h',
      delivery_interval: '24h',
    },
  })
}

export const CONFIG_FOLDER = '/seaworthy'

/** Files of Clair's container, for `containers.put` at `/`. */
export function clairFiles(config: string) {
  return [
    { path: `${CONFIG_FOLDER.slice(1)}/`, text: null },
    { path: `${CONFIG_FOLDER.slice(1)}/config.yaml`, text: config },
    { path: `${CONFIG_FOLDER.slice(1)}/empty.json`, text: '{"data":{}}' },
  ]
}

/**
 * Starts PostgreSQL with a database that lives as long as the run: nothing is synced to disk, and the data is in a
 * tmpfs. Works with the official image and with Debian's package, as any user, even one that may not write elsewhere.
 */
export const POSTGRES_COMMAND = [
  'sh',
  '-c',
  [
    'set -e',
    'export PGDATA=/pg/data',
    `initdb --username=postgres --auth=scram-sha-256 --pwfile=${CONFIG_FOLDER}/password --no-sync --no-instructions --locale=C --encoding=UTF8 >/dev/null`,
    // initdb allows local connections only; Clair connects over the network.
    'echo "host all all all scram-sha-256" >> $PGDATA/pg_hba.conf',
    "exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c max_wal_size=256MB -c shared_buffers=64MB -c log_min_messages=fatal",
  ].join('\n'),
]
