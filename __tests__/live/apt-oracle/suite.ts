import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ServedIndex } from './apt-files.js'
import { inContainer, run, type Suite, startContainer } from './engine.js'
import { CACHE, fetchIndex, keep, type RealIndex } from './real-archive.js'

/** A running container of a suite, with what the cases of that suite are made of. */
export interface SuiteLab {
  readonly suite: Suite
  readonly container: string
  /** dpkg's status file of the base image. */
  readonly base: string
  /** The same with what WANTED brings, as the main archive alone has it. */
  readonly packages: string
  /** The archive's indexes of this suite and the next, narrowed to the names in `packages`. */
  readonly indexes: ReadonlyMap<string, ServedIndex>
}

const WANTED = 'krb5-user nginx curl python3 perl openssh-client git'
const NEXT: Readonly<Record<Suite, string>> = { bullseye: 'bookworm', bookworm: 'trixie', trixie: 'forky' }

/** Lays the whole indexes down, has apt say what WANTED would bring, and narrows the indexes to those names. */
const PREPARE = `
set -e
root=/whole
mkdir -p $root/var/lib/apt/lists/partial $root/var/cache/apt/archives/partial $root/etc/apt /narrow
for f in /xz/*.xz; do /usr/lib/apt/apt-helper cat-file $f >/whole/$(basename $f .xz); done
echo 'deb [trusted=yes] http://whole.example/ main main' >$root/etc/apt/sources.list
ln -s /whole/$1 $root/var/lib/apt/lists/whole.example_dists_main_main_binary-amd64_Packages
printf 'Suite: main\\nCodename: main\\n' >$root/var/lib/apt/lists/whole.example_dists_main_InRelease
printf 'Dir "/whole";\\nDir::State::status "/var/lib/dpkg/status";\\n' >$root/conf
APT_CONFIG=$root/conf apt-get -s install --no-install-recommends $2 | awk '$1 == "Inst" && $3 !~ /^\\[/ { print $2 }' >/names.new
{ cat /names.new; awk '/^Package:/ { print $2 }' /var/lib/dpkg/status; } | sort -u >/names
for f in /xz/*.xz; do
  n=$(basename $f .xz)
  awk 'NR == FNR { want[$1] = 1; next }
    /^Package: / { on = ($2 in want) }
    on' /names /whole/$n >/narrow/$n
done
`

export async function prepareSuite(suite: Suite): Promise<SuiteLab> {
  const names = [suite, `${suite}-updates`, `${suite}-security`, `${suite}-backports`]
  const next = NEXT[suite]
  const all = [...names, next, `${next}-updates`, `${next}-security`]
  const found = (await Promise.all(all.map(fetchIndex))).filter((one): one is RealIndex => one !== null)
  const main = found.find((one) => one.suite === suite)
  if (main === undefined) {
    throw new Error(`the archive has no ${suite}`)
  }
  const container = await startContainer(suite)
  const { narrow, added } = await narrowed(suite, container, found, main)
  const indexes = new Map<string, ServedIndex>()
  for (const index of found) {
    const { suite: name, uri, release } = index
    const packages = narrow[nameOf(index)] ?? ''
    indexes.set(name, { suite: name, uri, release, packages, component: 'main', architecture: 'amd64' })
  }
  const base = await inContainer(container, 'cat /var/lib/dpkg/status')
  const packages = `${base}${asInstalled(indexes.get(suite)?.packages ?? '', new Set(added.trim().split('\n')))}`
  return { suite, container, base, packages, indexes }
}

const nameOf = (index: RealIndex) => basename(index.path, '.xz')

interface Narrowed {
  /** Narrowed indexes by the names of their files. */
  readonly narrow: Readonly<Record<string, string>>
  /** Names of the packages that WANTED brings, a line each. */
  readonly added: string
}

/** What PREPARE makes. It takes ten seconds of CPU time, and is kept for as long as all that it is made of is the same. */
async function narrowed(
  suite: Suite,
  container: string,
  found: readonly RealIndex[],
  main: RealIndex,
): Promise<Narrowed> {
  const image = await run('docker', ['inspect', '-f', '{{.Image}}', container])
  const made = [PREPARE, WANTED, image, nameOf(main), ...found.map(nameOf)]
  const key = createHash('sha256').update(JSON.stringify(made)).digest('hex')
  const path = join(CACHE, `narrow-${suite}-${key}.json`)
  if (existsSync(path)) {
    return JSON.parse(readFileSync(path, 'utf8')) as Narrowed
  }
  await inContainer(container, 'mkdir -p /xz /whole')
  for (const from of new Set(found.map((index) => index.path))) {
    await run('docker', ['cp', from, `${container}:/xz/`])
  }
  await inContainer(container, PREPARE, nameOf(main), WANTED)
  const narrow: Record<string, string> = {}
  for (const index of found) {
    narrow[nameOf(index)] = await inContainer(container, 'cat "/narrow/$1"', nameOf(index))
  }
  const all = { narrow, added: await inContainer(container, 'cat /names.new') }
  for (const name of readdirSync(CACHE).filter((name) => name.startsWith(`narrow-${suite}-`))) {
    rmSync(join(CACHE, name), { force: true })
  }
  keep(path, JSON.stringify(all))
  return all
}

/** Stanzas of an index as dpkg keeps them once they are installed. */
export function asInstalled(packages: string, names: ReadonlySet<string>): string {
  const drop = /^(Status|Filename|Size|MD5sum|SHA1|SHA256|Description-md5|Tag):.*\n([ \t].*\n)*/gm
  return packages
    .split('\n\n')
    .filter((stanza) => names.has(/^Package: (.*)$/m.exec(stanza)?.[1] ?? ''))
    .map((stanza) =>
      `${stanza}\n`.replace(drop, '').replace(/^(Package:.*\n)/, '$1Status: install ok installed\n'),
    )
    .map((stanza) => `${stanza}\n`)
    .join('')
}
