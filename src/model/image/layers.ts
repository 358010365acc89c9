import { cached } from '../cached.js'
import type { Account, CredentialFile } from '../credentials/credential.js'
import type { ApplicationFile } from '../packages/application.js'
import { type ProgramFile, programsIn } from '../packages/programs.js'
import type { Image, LayerFacts, SetuidFile } from './image.js'
import { ROOT } from './interest.js'
import { createKnownPaths, type KnownPaths } from './known-paths.js'

/** The image's root file system as a container would see it, as far as we read it. */
export interface RootView {
  /** Path -> text of each file of interest. */
  readonly files: Readonly<Record<string, string>>
  /** Path -> diff_id of the layer that the text in `files` comes from. */
  readonly introducedBy: Readonly<Record<string, string>>
  /** Path -> why it could not be read. A directory stands for everything below it; `.` for the whole image. */
  readonly unreadable: Readonly<Record<string, string>>
  readonly setuid: readonly SetuidFile[]
  /** Path -> what the file says about applications, and the diff_id of its layer. */
  readonly applications: ReadonlyMap<string, Placed<ApplicationFile>>
  /** Path -> the program there, and the diff_id of its layer. */
  readonly programs: ReadonlyMap<string, PlacedProgram>
  /** Path -> the file with credentials that is there, and the diff_id of its layer. */
  readonly credentials: ReadonlyMap<string, Placed<CredentialFile>>
  /** `etc/passwd`, `etc/shadow` -> accounts of note. */
  readonly accounts: ReadonlyMap<string, PlacedAccounts>
}

interface Placed<File> {
  readonly file: File
  readonly diffId: string
}
export type PlacedProgram = Placed<ProgramFile>

interface PlacedAccounts {
  readonly accounts: readonly Account[]
  readonly diffId: string
}

interface RootMaps {
  readonly files: Map<string, { readonly text: string; readonly diffId: string }>
  readonly unreadable: Map<string, string>
  readonly setuid: Map<string, SetuidFile>
  readonly applications: Map<string, Placed<ApplicationFile>>
  readonly programs: Map<string, PlacedProgram>
  readonly credentials: Map<string, Placed<CredentialFile>>
  readonly accounts: Map<string, PlacedAccounts>
}

/** A root file system under construction: layers are added one by one, oldest first. */
export interface RootState extends RootMaps {
  readonly known: KnownPaths
}

export function emptyRoot(): RootState {
  const maps: RootMaps = {
    files: new Map(),
    unreadable: new Map(),
    setuid: new Map(),
    applications: new Map(),
    programs: new Map(),
    credentials: new Map(),
    accounts: new Map(),
  }
  return { ...maps, known: createKnownPaths(Object.values(maps)) }
}

/**
 * Applies one layer to those below, by the rules of the OCI image-spec (layer.md, "Applying Changesets"): whiteouts
 * and opaque directories hide only content of lower layers, whatever their position in the layer; an entry that is
 * not a directory replaces what was at its path and everything below that path.
 */
export function applyLayer(root: RootState, layer: LayerFacts): void {
  const { diffId } = layer
  const added: { readonly path: string; readonly note: () => void }[] = []
  const add = <Value>(known: Map<string, Value>, path: string, value: Value) => {
    added.push({ path, note: () => root.known.note(known, path, value) })
  }
  for (const [path, text] of Object.entries(layer.files)) {
    add(root.files, path, { text, diffId })
  }
  for (const [path, reason] of Object.entries(layer.unreadable)) {
    add(root.unreadable, path, reason)
  }
  for (const file of layer.setuid) {
    add(root.setuid, file.path, file)
  }
  for (const [path, file] of Object.entries(layer.applications?.files ?? {})) {
    add(root.applications, path, { file, diffId })
  }
  for (const [path, file] of layer.programs === undefined ? [] : programsIn(layer.programs)) {
    add(root.programs, path, { file, diffId })
  }
  for (const [path, file] of shownCredentials(layer)) {
    add(root.credentials, path, { file, diffId })
  }
  for (const [path, accounts] of Object.entries(layer.credentials?.accounts ?? {})) {
    add(root.accounts, path, { accounts, diffId })
  }

  // What is said of the root itself, that it is unreadable, replaces nothing.
  const replaced = added.map(({ path }) => path).filter((path) => path !== ROOT)
  for (const path of new Set([...layer.removed, ...replaced])) {
    root.known.forget(path, false)
  }
  for (const directory of layer.opaque) {
    root.known.empty(directory)
    if (directory === ROOT) {
      root.known.forget(ROOT, true)
    }
  }
  for (const { note } of added) {
    note()
  }
}

function shownCredentials({ credentials }: LayerFacts): readonly (readonly [string, CredentialFile])[] {
  return Object.entries(credentials?.files ?? {}).flatMap(([path, files]) =>
    files.filter(({ isReplaced }) => !isReplaced).map((file) => [path, file] as const),
  )
}

/**
 * The root file system of layers in RootFS order, oldest first. Links are never followed: content behind one is in
 * `unreadable` with the reason. Cached: every check asks for the root of the same layers, and parsed results are
 * cached by root (readPackages).
 */
export const mergeLayers = cached((layers: readonly LayerFacts[]): RootView => {
  const root = emptyRoot()
  for (const layer of layers) {
    applyLayer(root, layer)
  }
  const files = [...root.files]
  return {
    files: Object.fromEntries(files.map(([path, file]) => [path, file.text])),
    introducedBy: Object.fromEntries(files.map(([path, file]) => [path, file.diffId])),
    unreadable: Object.fromEntries(root.unreadable),
    setuid: [...root.setuid.values()],
    applications: root.applications,
    programs: root.programs,
    credentials: root.credentials,
    accounts: root.accounts,
  }
})

/**
 * The history line, from 0, that made each layer: layer n belongs to the n-th line that is not an empty layer (OCI
 * image-spec, config.md). `null` if the counts differ: nobody knows then which line made which layer.
 */
export function linesOfLayers({
  history,
  layers,
}: Pick<Image, 'history' | 'layers'>): readonly number[] | null {
  const lines = history.flatMap(({ emptyLayer }, line) => (emptyLayer ? [] : [line]))
  return lines.length === layers.length ? lines : null
}
