import { hash } from 'node:crypto'
import { tarOf } from '../../../io/archive/formats/tar-writer.js'
import { removeImage } from '../../../io/engine/build.js'
import { call, images } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { labelsOfBuilt } from '../../../io/engine/leftovers.js'
import { type Image, isRecord, mergeLayers } from '../../../model/index.js'
import type { CheckContext } from '../../collecting.js'
import { benchFilesOf } from '../builtin/state.js'
import type { FoundImage } from '../prepare.js'

/**
 * Gives the engine an image with the configuration and the history of one that it does not have. Of its files it gets
 * those that say who a user with a name is. Section 4 of Docker Bench reads nothing else: `docker image inspect`,
 * `docker history`, and a container's user. Nothing of it can be started, except a program of ours.
 */
export async function makeStandIn(
  engine: Engine,
  image: Image,
  index: number,
  { runId, labels, signal }: Pick<CheckContext, 'runId' | 'labels' | 'signal'>,
): Promise<{ readonly found: FoundImage; readonly remove: () => Promise<void> }> {
  const name = `seaworthy-${runId}-stand-in-${index}:1`
  const layer = layerOf(image)
  const own = JSON.stringify(standInConfig(image.config, labelsOfBuilt(labels), layer))
  const file = `${hash('sha256', own)}.json`
  const manifest = [{ Config: file, RepoTags: [name], Layers: ['layer.tar'] }]
  const archive = tarOf([
    { path: file, text: own },
    { path: 'layer.tar', text: layer },
    { path: 'manifest.json', text: JSON.stringify(manifest) },
  ])
  const remove = () => removeImage(engine, name)
  try {
    await call(engine, '/images/load', { method: 'POST', query: { quiet: '1' }, body: archive, signal })
    const inspect = await images.inspect(engine, name, undefined, signal)
    return { found: { engine, id: inspect.Id, names: [name], inspect, isStandIn: true }, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** passwd(5) and group(5) of the image; a tar without entries if the layers do not show its users reliably. */
function layerOf(image: Image): Buffer {
  const { passwd } = benchFilesOf(image)
  const group = mergeLayers(image.layers).files['etc/group'] ?? ''
  const files = [
    { path: 'etc/passwd', text: passwd ?? '' },
    { path: 'etc/group', text: group },
  ]
  return tarOf(passwd === null ? [] : files.filter(({ text }) => text !== ''))
}

/** The config of the stand-in: each history line stays, marked as one without a layer (OCI image-spec, config.md). */
function standInConfig(config: Image['config'], labels: Readonly<Record<string, string>>, layer: Buffer) {
  const history = Array.isArray(config.history) ? config.history : []
  const inner = recordOf(config.config)
  return {
    ...config,
    config: { ...inner, Labels: { ...recordOf(inner.Labels), ...labels } },
    history: history.map((line) => ({ ...recordOf(line), empty_layer: true })),
    rootfs: { type: 'layers', diff_ids: [`sha256:${hash('sha256', layer)}`] },
  }
}

const recordOf = (value: unknown) => (isRecord(value) ? value : {})
