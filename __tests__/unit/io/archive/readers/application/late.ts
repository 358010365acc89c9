import { applicationInventory } from '../../../../../../src/inventory/application/inventory.js'
import type { Limits } from '../../../../../../src/io/archive/image/image-archive.js'
import type { InstalledPackage } from '../../../../../../src/model/packages/package.js'
import { type Entry, readAlike, tarOf } from '../../build.js'

export type Layers = readonly (readonly Entry[])[]

export const packageOf = (name: string, version: string, more: object = {}): string =>
  JSON.stringify({ name, version, ...more })
export const file = (path: string, body: string = packageOf('acme', '1.2.3')): Entry => ({ path, body })
export const symlink = (path: string, linkpath: string): Entry => ({ path, linkpath, type: 'SymbolicLink' })
export const hardlink = (path: string, linkpath: string): Entry => ({ path, linkpath, type: 'Link' })
export const folder = (path: string): Entry => ({ path, type: 'Directory' })
export const gone = (path: string): Entry => file(path.replace(/[^/]+$/, '.wh.$&'), '')

interface Known {
  readonly limits?: Partial<Limits>
  /** Of the image. */
  readonly config?: Readonly<Record<string, unknown>>
  readonly installed?: readonly InstalledPackage[]
}

/** `npm acme 1.2.3 at srv/acme/package.json, loose`, with what was not read. */
export async function listed(
  layers: Layers,
  { limits = {}, config = {}, installed = [] }: Known = {},
): Promise<readonly string[]> {
  const tars = layers.map((entries) => tarOf(entries))
  const { image } = await readAlike(tars, { config }, { limits })
  const inventory = applicationInventory(image, { installed, foreign: [] })
  return [
    ...(inventory?.items ?? []).flatMap(({ kind, name, version, places }) =>
      places.map(({ path, isLoose, owner }) => {
        const more = [...(isLoose ? ['loose'] : []), ...(owner.by === 'nobody' ? [] : [owner.by])]
        return [`${kind} ${name} ${version} at ${path}`, ...more].join(', ')
      }),
    ),
    ...(inventory?.cut ?? []).map(({ why, at }) => `cut ${why} at ${at}`),
  ]
}
