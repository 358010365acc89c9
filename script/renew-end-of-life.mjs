// Renews src/feeds/formats/shipped-ends.ts: the branches of well-known programs and their ends of life, by endoflife.date (MIT).
// Run: node script/renew-end-of-life.mjs [FOLDER]   (default: the API; FOLDER has PRODUCT.json of it, and --date names its day)
//      node script/renew-end-of-life.mjs --cache DIR   as cached data, for `seaworthy feeds export`
// Fails, and changes nothing, if a product is missing.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const FILE = fileURLToPath(new URL('../src/feeds/formats/shipped-ends.ts', import.meta.url))
const API = 'https://endoflife.date/api/'
/** Branches that ended before count as ended, since they are below the oldest listed one. */
const FROM = '2020-01-01'

/** Our name → endoflife.date's. */
export const PRODUCTS = {
  cassandra: 'apache-cassandra',
  consul: 'consul',
  drupal: 'drupal',
  elasticsearch: 'elasticsearch',
  elixir: 'elixir',
  erlang: 'erlang',
  go: 'go',
  grafana: 'grafana',
  haproxy: 'haproxy',
  httpd: 'apache-http-server',
  jenkins: 'jenkins',
  julia: 'julia',
  kibana: 'kibana',
  mariadb: 'mariadb',
  memcached: 'memcached',
  mongodb: 'mongodb',
  mysql: 'mysql',
  neo4j: 'neo4j',
  nextcloud: 'nextcloud',
  nginx: 'nginx',
  node: 'nodejs',
  openjdk: 'eclipse-temurin',
  perl: 'perl',
  php: 'php',
  postgresql: 'postgresql',
  python: 'python',
  rabbitmq: 'rabbitmq',
  redis: 'redis',
  ruby: 'ruby',
  rust: 'rust',
  tomcat: 'tomcat',
  valkey: 'valkey',
  vault: 'hashicorp-vault',
  wordpress: 'wordpress',
}

/** One product's branches as the fields of its row, without those at the end that ended long ago. */
export function fieldsOf(cycles) {
  const isOld = ({ eol }) => eol === true || (typeof eol === 'string' && eol < FROM)
  const last = cycles.findLastIndex((one) => !isOld(one))
  return cycles.slice(0, Math.max(1, last + 1)).map(({ cycle, eol, latest }) => {
    return `${cycle}:${eol === true ? 'yes' : eol === false ? 'no' : eol}:${latest ?? ''}`
  })
}

/** In lines that fit on a screen; a blank continues one. */
function wrapped(line) {
  const lines = ['']
  for (const field of line.split(' ')) {
    const last = lines.at(-1)
    if (last !== '' && last.length + field.length > 100) {
      lines.push(` ${field}`)
    } else {
      lines[lines.length - 1] = last === '' ? field : `${last} ${field}`
    }
  }
  return lines.join('\n')
}

async function cyclesOf(product, folder) {
  if (folder !== undefined) {
    return JSON.parse(readFileSync(join(folder, `${product}.json`), 'utf8'))
  }
  const answer = await fetch(`${API}${product}.json`)
  if (!answer.ok) {
    throw new Error(`${product}: the server answered ${answer.status}`)
  }
  return answer.json()
}

/** As src/feeds/ends.ts caches it. */
function writeCached(cache, text) {
  const feeds = join(cache, 'feeds')
  mkdirSync(feeds, { recursive: true, mode: 0o700 })
  const sha256 = (of) => createHash('sha256').update(of).digest('hex')
  const path = join(feeds, `ends-${sha256(API).slice(0, 16)}`)
  const meta = { url: API, fetchedAt: new Date().toISOString(), sha256: sha256(text) }
  writeFileSync(`${path}.txt`, text, { mode: 0o600 })
  writeFileSync(`${path}.meta.json`, JSON.stringify({ ...meta, etag: null, lastModified: null }), {
    mode: 0o600,
  })
}

async function main(folder, { date, cache }) {
  const lines = []
  for (const [name, product] of Object.entries(PRODUCTS)) {
    lines.push(wrapped([name, ...fieldsOf(await cyclesOf(product, folder))].join(' ')))
  }
  const ends = `${date}\n${lines.join('\n')}\n`
  if (cache !== undefined) {
    return writeCached(cache, ends)
  }
  const text = `/**
 * The branches of programs and their ends of life, by endoflife.date (https://endoflife.date, MIT licence). Used where
 * the published data have none. Written by \`node script/renew-end-of-life.mjs\`.
 */
export const SHIPPED_ENDS = \`${ends}\`
`
  writeFileSync(FILE, text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = { date: { type: 'string' }, cache: { type: 'string' } }
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const { date = new Date().toISOString().slice(0, 10), cache } = values
  await main(positionals[0], { date, cache })
}
