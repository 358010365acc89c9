import { createHash } from 'node:crypto'
import { parseStanzas } from '../../debian/control.js'
import { type TarMember, tarOfMembers } from '../../io/archive/tar-writer.js'
import { containers } from '../../io/engine/docker.js'
import { labelsOf } from '../../io/engine/leftovers.js'
import { getStream } from '../../io/http/http.js'
import { bodyOf } from '../../io/http/plain-http.js'
import { SeaworthyError } from '../../model/problem.js'
import { plural } from '../../model/text.js'
import { halve } from '../plan/halving.js'
import type { LeftOut } from '../plan/outcome.js'
import type { PlannedPackage } from '../plan/plan.js'
import { byApt, type Way, type WayBuilt } from '../way.js'
import { make, sameConfig, type Workshop } from '../workshop.js'
import { readFolderIn, type Stat, statIn } from './container-files.js'
import { badDeb, readDeb } from './deb.js'
import { layOver, type StatusPart } from './lay-over.js'

const STATUS = 'var/lib/dpkg/status.d'

/** Uses the packages' files, for images without apt or a shell. `container`: one of the image, for inspection. */
function byFiles(shop: Workshop, container: string): Way {
  const laid = new Map<PlannedPackage, Promise<{ members: readonly TarMember[] } | { refused: string }>>()
  const stats = new Map<string, Promise<Stat>>()
  const stat = (path: string) => remember(stats, path, () => statIn(shop.engine, container, path))
  let parts: Promise<ReadonlyMap<string, StatusPart>> | null = null
  const lay = (one: PlannedPackage) =>
    remember(laid, one, async () => {
      parts ??= statusParts(shop, container)
      const part = (await parts).get(`${one.name}:${one.architecture}`)
      if (part === undefined) {
        return { refused: `it is not in the image's ${STATUS}` }
      }
      return layOver(await fetchDeb(one, shop.signal), part, { stat })
    })
  const image = async (packages: readonly PlannedPackage[]) => {
    const layers = await Promise.all(packages.map(lay))
    const members = layers.flatMap((one) => ('members' in one ? one.members : []))
    const dockerfile = `FROM ${shop.id}\nADD layer.tar /\n`
    return make(shop, dockerfile, { 'layer.tar': tarOfMembers(members) }, 'no-network')
  }
  return {
    async build(packages): Promise<WayBuilt> {
      shop.progress(`adding the files of ${plural(packages.length, 'package')} on top of the image`)
      const layers = await Promise.all(packages.map(async (one) => ({ one, laid: await lay(one) })))
      const leftOut = layers.flatMap(({ one, laid }): LeftOut[] =>
        'refused' in laid ? [{ package: one, by: 'files', said: laid.refused }] : [],
      )
      const rest = layers.flatMap(({ one, laid }) => ('members' in laid ? [one] : []))
      if (rest.length === 0) {
        return { patched: null, packages: [], leftOut }
      }
      const built = await image(rest)
      if (built.id === null) {
        throw noSuchDeb(shop.id, built.error ?? 'the engine could not add the files')
      }
      return {
        patched: { id: built.id, bytes: await sameConfig(shop, built.id), along: [] },
        packages: rest,
        leftOut,
      }
    },
    working: (packages, test, said) =>
      halve(
        packages,
        async (some) => {
          const built = await image(some)
          return built.id === null ? (built.error ?? 'not built') : test(built.id)
        },
        said,
      ),
  }
}

function remember<K, V>(map: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = map.get(key)
  if (known !== undefined) {
    return known
  }
  const made = make()
  map.set(key, made)
  return made
}

/** `name:architecture` -> its data in the image's `status.d`. */
async function statusParts(shop: Workshop, container: string): Promise<ReadonlyMap<string, StatusPart>> {
  const files = await readFolderIn(shop.engine, container, STATUS)
  const parts = new Map<string, StatusPart>()
  for (const [name, text] of files) {
    if (name.endsWith('.md5sums')) {
      continue
    }
    const [stanza] = parseStanzas(text, `${STATUS}/${name}`)
    const sums = files.get(`${name}.md5sums`)
    const key = `${stanza?.fields.get('package') ?? ''}:${stanza?.fields.get('architecture') ?? ''}`
    const path = `${STATUS}/${name}`
    parts.set(key, { path, sums: sums === undefined ? null : { path: `${path}.md5sums`, text: sums } })
  }
  return parts
}

async function fetchDeb(one: PlannedPackage, signal: AbortSignal) {
  if (one.deb === null) {
    throw noSuchDeb(one.name, 'no signed index lists its .deb file')
  }
  // At the mirror that served the signed index, which may be the user's own.
  const answer = await getStream(one.deb.url, { signal, timeoutMs: 120_000, mayBePrivate: () => true })
  const bytes = await bodyOf(answer.body, answer.url)
  if (answer.status !== 200) {
    throw noSuchDeb(answer.url, `the archive returned ${answer.status}`)
  }
  if (createHash('sha256').update(bytes).digest('hex') !== one.deb.sha256) {
    throw badDeb(answer.url, 'it is not the file that the signed index lists')
  }
  return readDeb(bytes, one.name)
}

/** With apt if the image has it, else with the packages' files. */
export async function wayOf(shop: Workshop, native: string | null): Promise<Way> {
  const { engine, runId, id, signal } = shop
  const labels = labelsOf(runId, Math.ceil(Date.now() / 1000) + 3600)
  // Never started, only inspected. An image without a command needs one for a container to be created.
  const body = { Image: id, Labels: labels, Entrypoint: ['/nothing'], HostConfig: { NetworkMode: 'none' } }
  const { Id } = await containers.create(engine, `seaworthy-${runId}-update`, body, signal)
  shop.containers.add(Id)
  const [apt, shell] = await Promise.all([
    statIn(engine, Id, 'usr/bin/apt-get'),
    statIn(engine, Id, 'bin/sh'),
  ])
  return apt === 'missing' || shell === 'missing' ? byFiles(shop, Id) : byApt(shop, native)
}

function noSuchDeb(where: string, what: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-no-package',
    what: `a package cannot be added on top of the image: ${what}`,
    where,
  })
}
