import { cached } from '../cached.js'
import type { Account, CredentialFile } from '../credentials/credential.js'
import type { ApplicationFile } from '../packages/application.js'
import { type ProgramFile, programsIn } from '../packages/programs.js'
import type { Image, LayerFacts, SetuidFile } from './image.js'
import { ancestorsOf, ROOT } from './interest.js'

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
  readonly applications: ReadonlyMap<string, PlacedApplication>
  /** Path -> the program there, and the diff_id of its layer. */
  readonly programs: ReadonlyMap<string, PlacedProgram>
  /** Path -> the file with credentials that is there, and the diff_id of its layer. */
  readonly credentials: ReadonlyMap<string, PlacedCredentials>
  /** `etc/passwd`, `etc/shadow` -> accounts of note. */
  readonly accounts: ReadonlyMap<string, PlacedAccounts>
}

export interface PlacedCredentials {
  readonly file: CredentialFile
  readonly diffId: string
}

export interface PlacedAccounts {
  readonly accounts: readonly Account[]
  readonly diffId: string
}

export interface PlacedProgram {
  readonly file: ProgramFile
  readonly diffId: string
}

export interface PlacedApplication {
  readonly file: ApplicationFile
  readonly diffId: string
}

/** A root file system under construction: layers are added one by one, oldest first. */
export interface RootState {
  readonly files: Map<string, { readonly text: string; readonly diffId: string }>
  readonly unreadable: Map<string, string>
  readonly setuid: Map<string, SetuidFile>
  readonly applications: Map<string, PlacedApplication>
  readonly programs: Map<string, PlacedProgram>
  readonly credentials: Map<string, PlacedCredentials>
  readonly accounts: Map<string, PlacedAccounts>
  /**
   * Directory -> what is known directly below it, and may be gone by now, so that its content can be removed without
   * scanning the rest.
   */
  readonly below: Map<string, Set<string>>
}

export function emptyRoot(): RootState {
  return {
    files: new Map(),
    unreadable: new Map(),
    setuid: new Map(),
    applications: new Map(),
    programs: new Map(),
    credentials: new Map(),
    accounts: new Map(),
    below: new Map(),
  }
}

export function isKnown(root: RootState, path: string): boolean {
  return knownIn(root).some((known) => known.has(path))
}

function knownIn(root: RootState) {
  const { files, unreadable, setuid, applications, programs, credentials, accounts } = root
  return [files, unreadable, setuid, applications, programs, credentials, accounts]
}

/** Registers a path with the directories above it. */
function note(root: RootState, path: string): void {
  let at = path
  for (const above of ancestorsOf(path)) {
    const names = root.below.get(above)
    if (names === undefined) {
      root.below.set(above, new Set([at]))
    } else if (names.has(at)) {
      return
    } else {
      names.add(at)
    }
    at = above
  }
}

/** Calls with all paths registered below a directory. */
export function eachBelow(root: RootState, directory: string, call: (path: string) => void): void {
  const pathsToVisit = [...(root.below.get(directory) ?? [])]
  for (let path = pathsToVisit.pop(); path !== undefined; path = pathsToVisit.pop()) {
    call(path)
    for (const one of root.below.get(path) ?? []) {
      pathsToVisit.push(one)
    }
  }
}

/** Everything below a directory is removed. Each path is removed once, whatever the number of layers is. */
function empty(root: RootState, directory: string): void {
  const gone: string[] = []
  eachBelow(root, directory, (path) => gone.push(path))
  root.below.delete(directory)
  for (const path of gone) {
    forget(root, path)
    root.below.delete(path)
  }
}

function forget(root: RootState, path: string): void {
  for (const known of knownIn(root)) {
    known.delete(path)
  }
}

/**
 * Applies one layer to those below, by the rules of the OCI image-spec (layer.md, "Applying Changesets"): whiteouts
 * and opaque directories hide only content of lower layers, whatever their position in the layer; an entry that is
 * not a directory replaces what was at its path and everything below that path.
 */
export function applyLayer(root: RootState, layer: LayerFacts): void {
  const replaced = new Set(layer.removed)
  for (const path of Object.keys(layer.files)) {
    replaced.add(path)
  }
  for (const path of Object.keys(layer.unreadable)) {
    if (path !== ROOT) {
      replaced.add(path)
    }
  }
  for (const file of layer.setuid) {
    replaced.add(file.path)
  }
  const applications = Object.entries(layer.applications?.files ?? {})
  for (const [path] of applications) {
    replaced.add(path)
  }
  const programs = layer.programs === undefined ? new Map<string, ProgramFile>() : programsIn(layer.programs)
  for (const path of programs.keys()) {
    replaced.add(path)
  }
  const credentials = shownCredentials(layer)
  const accounts = Object.entries(layer.credentials?.accounts ?? {})
  for (const [path] of [...credentials, ...accounts]) {
    replaced.add(path)
  }

  for (const path of replaced) {
    forget(root, path)
    empty(root, path)
  }
  for (const directory of layer.opaque) {
    empty(root, directory)
    if (directory === ROOT) {
      forget(root, ROOT)
    }
  }

  for (const [path, text] of Object.entries(layer.files)) {
    root.files.set(path, { text, diffId: layer.diffId })
  }
  for (const [path, reason] of Object.entries(layer.unreadable)) {
    root.unreadable.set(path, reason)
  }
  for (const file of layer.setuid) {
    root.setuid.set(file.path, file)
  }
  for (const [path, file] of applications) {
    root.applications.set(path, { file, diffId: layer.diffId })
  }
  for (const [path, file] of programs) {
    root.programs.set(path, { file, diffId: layer.diffId })
    note(root, path)
  }
  for (const [path, file] of credentials) {
    root.credentials.set(path, { file, diffId: layer.diffId })
    note(root, path)
  }
  for (const [path, all] of accounts) {
    root.accounts.set(path, { accounts: all, diffId: layer.diffId })
    note(root, path)
  }
  for (const known of [layer.files, layer.unreadable, layer.applications?.files ?? {}]) {
    for (const path of Object.keys(known)) {
      note(root, path)
    }
  }
  for (const { path } of layer.setuid) {
    note(root, path)
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
