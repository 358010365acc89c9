import { containers } from '../io/engine/docker.js'
import { labelsOf } from '../io/engine/leftovers.js'
import { statIn } from './overlay/container-files.js'
import { byFiles } from './overlay/way.js'
import { byApt, type Way } from './way.js'
import type { Workshop } from './workshop.js'

/** By apt where the image has it, else by the files of the packages. */
export async function wayOf(shop: Workshop, native: string | null): Promise<Way> {
  const { engine, runId, id, signal } = shop
  const labels = labelsOf(runId, Math.ceil(Date.now() / 1000) + 3600)
  // Never started: it is only looked into. An image without a command needs one to be created.
  const body = { Image: id, Labels: labels, Entrypoint: ['/nothing'], HostConfig: { NetworkMode: 'none' } }
  const { Id } = await containers.create(engine, `seaworthy-update-${runId}`, body, signal)
  shop.containers.add(Id)
  const [apt, shell] = await Promise.all([
    statIn(engine, Id, 'usr/bin/apt-get'),
    statIn(engine, Id, 'bin/sh'),
  ])
  return apt === 'missing' || shell === 'missing' ? byFiles(shop, Id) : byApt(shop, native)
}
