import { parseStanzas } from '../../debian/control.js'
import { applyLayer, emptyRoot, type PackageRecords, SeaworthyError } from '../../model/index.js'
import type { RecordedLayer } from './contents.js'

/** A package in a status file, whatever its state. */
export interface Entry {
  readonly name: string
  readonly architecture: string
  readonly version: string
  readonly state: string
  /** Names of dpkg's files about it, one of which exists: dpkg(1) adds the architecture for some. */
  readonly records: readonly string[]
}

/** What the layers show about a package's files when its list was rewritten or removed. */
type OutdatedRecord = PackageRecords['outdated'][string]

/** The last layer that changed what is installed of a package. */
export interface Change {
  readonly kind: 'added' | 'other-version' | 'dropped'
  /** Index of the layer. */
  readonly layer: number
  readonly entry: Entry
  /** Whether its list existed before that layer and after it, and whether the layer wrote it. */
  readonly list: { readonly before: boolean; readonly after: boolean; readonly written: boolean }
}

/** The image's own package database, layer by layer. */
export interface History {
  /** By name and architecture. */
  readonly changes: ReadonlyMap<string, Change>
  /** Name of a list that a package has or might have -> indexes of the layers that change what is installed of it. */
  readonly changedIn: ReadonlyMap<string, readonly number[]>
  /** The final state; includes what is not installed. */
  readonly entries: readonly Entry[]
  /** Name of dpkg's file about a package -> index of the last layer that has it. */
  readonly lastListed: ReadonlyMap<string, number>
  /** What became of the files in a list that was the package's before this layer; `null`: not known. */
  outdated(change: Change): OutdatedRecord | null
}

const STATUS = 'var/lib/dpkg/status'
const PARTS_FOLDER = 'var/lib/dpkg/status.d/'
const UNINSTALLED_STATES = ['not-installed', 'config-files']

export function isInstalled({ state }: Entry): boolean {
  return !UNINSTALLED_STATES.includes(state)
}

export function historyOf(layers: readonly RecordedLayer[]): History {
  const root = emptyRoot()
  const read = reader()
  const listed = new Set<string>()
  /** Folder of lists -> its content: a layer that hides the folder hides all of it. */
  const folders = new Map<string, Set<string>>()
  const lastListed = new Map<string, number>()
  const changes = new Map<string, Change>()
  const changedIn = new Map<string, number[]>()
  let known: ReadonlyMap<string, Entry> = new Map()
  let before = ''
  for (const [index, layer] of layers.entries()) {
    applyLayer(root, layer)
    const files = [...root.files].filter(([path]) => path === STATUS || path.startsWith(PARTS_FOLDER))
    const now = files.map(([path, { diffId }]) => `${path} ${diffId}`).join('\n')
    const next = now === before ? known : (read(files.map(([path, { text }]) => ({ path, text }))) ?? known)
    before = now
    const found = changed(known, next).map((one) => ({
      ...one,
      wasListed: one.entry.records.some((name) => listed.has(name)),
    }))
    for (const hiddenPath of layer.records.hides) {
      for (const name of [hiddenPath, ...(folders.get(hiddenPath) ?? [])]) {
        if (listed.delete(name)) {
          lastListed.set(name, index - 1)
        }
      }
      folders.delete(hiddenPath)
    }
    const written = new Set(layer.records.holds)
    for (const name of written) {
      listed.add(name)
      const folder = name.slice(0, name.indexOf('/'))
      folders.set(folder, (folders.get(folder) ?? new Set()).add(name))
    }
    for (const { kind, entry, wasListed } of found) {
      const { records } = entry
      const list = {
        before: wasListed,
        after: records.some((name) => listed.has(name)),
        written: records.some((name) => written.has(name)),
      }
      changes.set(keyOf(entry), { kind, entry, layer: index, list })
      for (const name of records) {
        changedIn.set(name, [...(changedIn.get(name) ?? []), index])
      }
    }
    known = next
  }
  for (const name of listed) {
    lastListed.set(name, layers.length - 1)
  }
  return {
    changes,
    changedIn,
    entries: [...known.values()],
    lastListed,
    outdated({ entry, layer }) {
      const hasOutdated = (one: string, { records }: RecordedLayer) => Object.hasOwn(records.outdated, one)
      const below = layers
        .slice(0, layer)
        .findLast((one) => entry.records.some((name) => hasOutdated(name, one)))
      const name = below && entry.records.find((one) => hasOutdated(one, below))
      return (name !== undefined && below?.records.outdated[name]) || null
    },
  }
}

function keyOf({ name, architecture }: Entry): string {
  return `${name}:${architecture}`
}

function changed(
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): Pick<Change, 'kind' | 'entry'>[] {
  const found: Pick<Change, 'kind' | 'entry'>[] = []
  if (before === after) {
    return found
  }
  for (const [key, entry] of after) {
    const earlierEntry = before.get(key)
    const was = earlierEntry !== undefined && isInstalled(earlierEntry)
    if (isInstalled(entry) && !was) {
      found.push({ kind: 'added', entry })
    } else if (!isInstalled(entry) && was) {
      found.push({ kind: 'dropped', entry })
    } else if (was && earlierEntry.version !== entry.version) {
      found.push({ kind: 'other-version', entry })
    }
  }
  for (const [key, entry] of before) {
    if (isInstalled(entry) && !after.has(key)) {
      found.push({ kind: 'dropped', entry })
    }
  }
  return found
}

/** Reads databases one after another; stanzas that were there before are not read again. */
function reader() {
  let entriesByKey = new Map<string, Entry>()
  /** `null` for a damaged one: the image's own is refused elsewhere, and one below it does not count. */
  return (files: readonly { readonly path: string; readonly text: string }[]) => {
    const read = new Map<string, Entry>()
    try {
      for (const { path, text } of files) {
        for (const stanza of text.split(/\n{2,}/).filter((one) => one.trim() !== '')) {
          const key = `${path}\n${stanza}`
          read.set(key, entriesByKey.get(key) ?? entryOf(stanza, path))
        }
      }
    } catch (error) {
      if (error instanceof SeaworthyError) {
        return null
      }
      throw error
    }
    entriesByKey = read
    return new Map([...read.values()].map((entry) => [keyOf(entry), entry]))
  }
}

function entryOf(text: string, path: string): Entry {
  const [stanza] = parseStanzas(text.endsWith('\n') ? text : `${text}\n`, path)
  const field = (name: string) => stanza?.fields.get(name) ?? ''
  const name = field('package').toLowerCase()
  const architecture = field('architecture')
  const isPart = path.startsWith(PARTS_FOLDER)
  const [, , state = 'installed'] = field('status').toLowerCase().split(/\s+/)
  return {
    name,
    architecture,
    version: field('version'),
    state,
    records: isPart
      ? [`status.d/${path.slice(PARTS_FOLDER.length)}.md5sums`]
      : [`info/${name}.list`, `info/${name}:${architecture}.list`],
  }
}
