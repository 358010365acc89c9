import { createHash } from 'node:crypto'
import { accountOf } from '../../../../src/inventory/account/account.js'
import {
  type AdvisoryResults,
  applicationInventory,
  NOTHING_JUDGED,
} from '../../../../src/inventory/application/inventory.js'
import { dpkgPackages } from '../../../../src/inventory/application/owners.js'
import type { Limits } from '../../../../src/io/archive/image/image-archive.js'
import type { Image } from '../../../../src/model/image/image.js'
import type { ImageAccount } from '../../../../src/model/packages/account.js'
import type { InstalledPackage } from '../../../../src/model/packages/package.js'
import type { ForeignPackage } from '../../../../src/model/provenance/origin.js'
import { type Entry, readAlike, tarOf } from '../../io/archive/build.js'

export type Layers = readonly (readonly Entry[])[]

export const md5 = (body: string | Buffer): string => createHash('md5').update(body).digest('hex')
export const sha256 = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex')
export const file = (path: string, body: string | Buffer = ''): Entry => ({ path, body })
export const program = (path: string, body: string | Buffer): Entry => ({ path, body, mode: 0o755 })
export const elf = (text: string): Buffer =>
  Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.from(text)])

/** dpkg's database with these packages, each in a version. */
export function status(packages: Readonly<Record<string, string>>): Entry {
  const stanzas = Object.entries(packages).map(
    ([name, version]) =>
      `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`,
  )
  return file('var/lib/dpkg/status', stanzas.join('\n'))
}

/** A package's lists of these files, as dpkg writes them. */
export function lists(name: string, files: readonly Entry[]): readonly Entry[] {
  const info = `var/lib/dpkg/info/${name}`
  return [
    file(`${info}.list`, files.map(({ path }) => `/${path}\n`).join('')),
    file(`${info}.md5sums`, files.map(({ path, body = '' }) => `${md5(body)}  ${path}\n`).join('')),
  ]
}

export function installed(...names: readonly string[]): InstalledPackage[] {
  return names.map((name) => ({
    name,
    version: '1',
    architecture: 'amd64',
    source: name,
    sourceVersion: '1',
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'var/lib/dpkg/status',
  }))
}

export async function imageOf(
  layers: Layers,
  more: Readonly<Record<string, unknown>> = {},
  limits: Partial<Limits> = {},
): Promise<Image> {
  return (await readAlike(layers.map(tarOf), more, { limits })).image
}

export interface Known {
  readonly packages?: readonly string[]
  readonly foreign?: readonly ForeignPackage[]
  readonly judged?: AdvisoryResults['judged']
  readonly open?: AdvisoryResults['open']
  /** Indexes of layers that a Dockerfile copies. */
  readonly copied?: readonly number[]
  readonly config?: Readonly<Record<string, unknown>>
  readonly limits?: Partial<Limits>
}

export const ALL: AdvisoryResults['judged'] = new Set(['npm', 'pypi', 'maven', 'gem', 'golang', 'composer'])

export async function accountIn(
  layers: Layers,
  { packages = [], foreign = [], judged = ALL, open = [], copied = [], config = {}, limits = {} }: Known = {},
): Promise<ImageAccount> {
  const image = await imageOf(layers, { config }, limits)
  const known = { installed: installed(...packages), foreign }
  const inventory = applicationInventory(image, known)
  if (inventory === null) {
    throw new Error('the layers were not read')
  }
  const account = accountOf(image, {
    inventory,
    looked: { ...NOTHING_JUDGED, judged, open },
    packages: dpkgPackages(known),
    copied: new Set(copied.map((at) => image.layers[at]?.diffId ?? '')),
  })
  if (account === null) {
    throw new Error('there is no account')
  }
  return account
}

/** `unowned elf srv/app: why`, for each program that is not judged. */
export const listedPaths = ({ listed }: ImageAccount): readonly string[] =>
  listed.map(({ side, form, path, reason }) => `${side} ${form} ${path}: ${reason}`)
