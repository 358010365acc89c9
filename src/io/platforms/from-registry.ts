import {
  mayBeDebian,
  othersOf,
  type PlatformChoice,
  parseReference,
  SeaworthyError,
} from '../../model/index.js'
import { neverOpened, openBlobs } from '../archive/image/open-image.js'
import { hostPlatform } from '../archive/image/reference.js'
import type { ReadTogether } from '../archive/image/together.js'
import { dockerLogins } from '../registry/login.js'
import { readRegistryManifest, readRegistryPlatforms, registryBlobs } from '../registry/platforms.js'
import { LAYER_MS, RETRIES, type SharedDownloads } from './shared-downloads.js'
import { type ChosenPlatform, type OpenedPlatform, type PlatformOptions, targetsOf } from './targets.js'

/** Limit for reading an index or a manifest, in milliseconds. */
const DOCUMENT_MS = 60_000

/**
 * Starts to read what is requested of an image in its registry, without any engine: its index and manifests are read
 * before this returns.
 * @param choice `null`: this machine's platform, or the only one
 * @throws SeaworthyError registry-*, http-*, platform-missing, bad-image-name
 */
export async function chosenOfRegistry(
  name: string,
  choice: PlatformChoice,
  next: () => number,
  options: PlatformOptions & { readonly sharedDownloads: SharedDownloads },
): Promise<readonly OpenedPlatform[]> {
  const reference = parseReference(name)
  if (reference === null) {
    throw new SeaworthyError({ code: 'bad-image-name', what: 'not a name that a registry has', where: name })
  }
  const repository = { logins: dockerLogins(), signal: options.signal, retries: RETRIES }
  const documents = { ...repository, timeoutMs: DOCUMENT_MS }
  const { digest, text, named } = await readRegistryPlatforms(reference, documents)
  const only =
    named === null ? await readRegistryManifest(reference, { digest, platform: '', text }, documents) : null
  const all = named ?? [{ platform: only?.platform ?? '', digest, isImage: true, isWhole: true }]
  // Without a choice, the platform that an engine on this machine would choose.
  const [first, ...more] = all.filter(mayBeDebian)
  const own = first !== undefined && more.length === 0 ? first.platform : hostPlatform()
  const targets = targetsOf(all, choice ?? [own], name, null)
  const chosen = new Set(targets.flatMap(({ target }) => target?.digest ?? []))
  const others = Promise.resolve(othersOf(all, chosen))
  const source = 'registry'
  const open = async ({ platform, target, error }: ChosenPlatform): Promise<OpenedPlatform> => {
    const shown = choice === null ? null : platform
    try {
      if (target === null) {
        throw error
      }
      const manifest = only ?? (await readRegistryManifest(reference, target, documents))
      const image = { ...manifest, reference }
      const blobs = (directory: string) =>
        registryBlobs([image], directory, { ...repository, timeoutMs: LAYER_MS })
      const stored = { reference, blobs: image.layers.map((layer) => layer.digest) }
      const openOptions = { ...options, platform: null, source, apart: null, stored } as const
      const readTogether: ReadTogether = (onLayer, readAlone) =>
        options.sharedDownloads.read({ name, image, onLayer, readAlone })
      const { opening } = openBlobs(name, next(), openOptions, blobs, image.diffIds, readTogether)
      return { opening, platform: shown, others }
    } catch (failure) {
      return { opening: neverOpened(name, source, failure).opening, platform: shown, others }
    }
  }
  return Promise.all(targets.map(open))
}
