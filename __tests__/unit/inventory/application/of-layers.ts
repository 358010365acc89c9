import { applicationInventory, ownItems, summaryOf } from '../../../../src/inventory/application/inventory.js'
import type { Limits } from '../../../../src/io/archive/image/image-archive.js'
import type { Image } from '../../../../src/model/image/image.js'
import { summaryText } from '../../../../src/model/packages/application-summary.js'
import type { InstalledPackage } from '../../../../src/model/packages/package.js'
import type { ForeignPackage } from '../../../../src/model/provenance/origin.js'
import { type Entry, readAlike, tarOf } from '../../io/archive/build.js'

export const file = (path: string, body: string | Buffer = ''): Entry => ({ path, body })

export const program = (path: string, body: Buffer): Entry => ({ path, body, mode: 0o755 })

export const npm = (folder: string, name: string, version: string): Entry =>
  file(`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, version }))

export const python = (folder: string, name: string, version: string): Entry =>
  file(`${folder}/${name}-${version}.dist-info/METADATA`, `Name: ${name}\nVersion: ${version}\n`)

export type Layers = readonly (readonly Entry[])[]

export async function imageOf(layers: Layers, limits: Partial<Limits> = {}): Promise<Image> {
  return (await readAlike(layers.map(tarOf), {}, { limits })).image
}

export interface Known {
  readonly packages?: readonly InstalledPackage[]
  readonly foreign?: readonly ForeignPackage[]
  readonly limits?: Partial<Limits>
}

export async function inventoryOf(layers: Layers, { packages = [], foreign = [], limits = {} }: Known = {}) {
  const image = await imageOf(layers, limits)
  const inventory = applicationInventory(image, { installed: packages, foreign })
  if (inventory === null) {
    throw new Error('nobody has looked')
  }
  return { image, inventory }
}

/** `npm lodash 4.17.4 at a, b [debian]`, of all or of the application's own. */
export async function listed(
  layers: Layers,
  known: Known & { readonly all?: boolean } = {},
): Promise<string[]> {
  const { inventory } = await inventoryOf(layers, known)
  const items = known.all ? inventory.items : ownItems(inventory)
  return items.map(({ kind, name, version, places }) => {
    const where = places.map(({ path, inside }) => (inside === null ? path : `${path}:${inside}`)).join(', ')
    return `${kind} ${name} ${version} at ${where}`
  })
}

export async function head(layers: Layers, known: Known = {}): Promise<string | null> {
  return summaryText(summaryOf((await inventoryOf(layers, known)).inventory))
}
