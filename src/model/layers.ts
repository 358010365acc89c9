import type { ApplicationFile } from './application.js'
import type { LayerFacts, SetuidFile } from './image.js'
import { ancestorsOf, ROOT } from './interest.js'

/** The image's root file system as a container would see it, as far as we read it. */
export interface RootView {
  /** Path -> text of each file of interest. */
  readonly files: Readonly<Record<string, string>>
  /** Path -> diff_id of the layer that the text in `files` is of. */
  readonly introducedBy: Readonly<Record<string, string>>
  /** Path -> why it could not be read. A directory stands for all that is below; `.` for the whole image. */
  readonly unreadable: Readonly<Record<string, string>>
  readonly setuid: readonly SetuidFile[]
  /** Path -> what the file says of applications, and the diff_id of its layer. */
  readonly applications: ReadonlyMap<string, PlacedApplication>
}

export interface PlacedApplication {
  readonly file: ApplicationFile
  readonly diffId: string
}

/** A root file system in the making: layers are put upon it one by one, oldest first. */
export interface RootState {
  readonly files: Map<string, { readonly text: string; readonly diffId: string }>
  readonly unreadable: Map<string, string>
  readonly setuid: Map<string, SetuidFile>
  readonly applications: Map<string, PlacedApplication>
}

export function emptyRoot(): RootState {
  return { files: new Map(), unreadable: new Map(), setuid: new Map(), applications: new Map() }
}

/**
 * Puts one layer upon what lies below, by the rules of the OCI image-spec (layer.md, "Applying Changesets"):
 * whiteouts and opaque directories hide what is in lower layers only, whatever their place in the layer; an
 * entry that is not a directory replaces what was at its path and everything below that path.
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
  const opaque = new Set(layer.opaque)

  if (replaced.size > 0 || opaque.size > 0) {
    const isHidden = (path: string): boolean =>
      replaced.has(path) ||
      (path === ROOT && opaque.has(ROOT)) ||
      ancestorsOf(path).some((above) => replaced.has(above) || opaque.has(above))
    for (const known of [root.files, root.unreadable, root.setuid, root.applications]) {
      for (const path of known.keys()) {
        if (isHidden(path)) {
          known.delete(path)
        }
      }
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
}

/** Every check asks for the root of the same layers, and what it reads there is known by the root (readPackages). */
const KNOWN = new WeakMap<readonly LayerFacts[], RootView>()

/**
 * The root file system of layers given in RootFS order, oldest first. Links are never followed: what lies
 * behind one is in `unreadable` with the reason.
 */
export function mergeLayers(layers: readonly LayerFacts[]): RootView {
  const known = KNOWN.get(layers)
  if (known !== undefined) {
    return known
  }
  const root = emptyRoot()
  for (const layer of layers) {
    applyLayer(root, layer)
  }
  const files = [...root.files]
  const view = {
    files: Object.fromEntries(files.map(([path, file]) => [path, file.text])),
    introducedBy: Object.fromEntries(files.map(([path, file]) => [path, file.diffId])),
    unreadable: Object.fromEntries(root.unreadable),
    setuid: [...root.setuid.values()],
    applications: root.applications,
  }
  KNOWN.set(layers, view)
  return view
}
