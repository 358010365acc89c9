import { randomBytes } from 'node:crypto'
import { hasEnded, ownerOf } from '../process/owner.js'
import { removeImage } from './build.js'
import { containers, images, type Labelled, networks, volumes } from './docker.js'
import type { Engine } from './engine.js'

/** Label of everything that a run creates; its value is the run's id. */
export const RUN = 'dev.seaworthy.run'
const OWNER = 'dev.seaworthy.owner'
const DEADLINE = 'dev.seaworthy.deadline'

/** A name for a run, by which everything that it creates can be found: 12 hex digits. */
export function newRunId(): string {
  return randomBytes(6).toString('hex')
}

/**
 * Labels for everything that a run creates in the engine.
 * @param deadline Unix time in seconds after which the run can't be alive any more.
 */
export function labelsOf(runId: string, deadline: number): Record<string, string> {
  return { [RUN]: runId, [OWNER]: ownerOf(process.pid) ?? 'unknown', [DEADLINE]: String(deadline) }
}

/**
 * The same labels, under other names, for an image that a test builds: its containers inherit its labels, and
 * `isInherited` would take a container that the run itself created for one that only inherited the run's.
 */
export function labelsOfBuilt(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [`${name}${BUILT}`, value]))
}
const BUILT = '.built'

/**
 * Removes the containers (with their volumes), networks, volumes and built images of one run. Safe to call twice.
 * @param composes whether Docker Compose may have made some of them
 */
export async function removeRun(engine: Engine, runId: string, composes = true): Promise<void> {
  const label = `${RUN}=${runId}`
  await removeAll(engine, await containers.list(engine, label), () => networks.list(engine, label))
  if (composes) {
    await removeTests(engine, (labels) => labels[RUN] === runId)
  }
}

/**
 * Removes leftovers of killed runs: their process is gone, or their deadline has passed. A label alone proves
 * nothing, because a container inherits its image's: it must have a name that a run gives, and labels that are not
 * from its image.
 * @param composes whether this run uses Docker Compose; a run that does not looks for images and volumes of killed tests
 *   only if it finds a container or a network, because the engine reads all its images to list some
 */
export async function sweepLeftovers(
  engine: Engine,
  composes: boolean,
  now: number = Date.now(),
): Promise<void> {
  const isLeftover = ({ Labels }: Labelled, names: readonly string[]) =>
    isDead(Labels, now) && names.some((name) => isNameOf(Labels[RUN] ?? '', name))
  const boxes = (await containers.list(engine, RUN)).filter((one) => isLeftover(one, one.Names ?? []))
  const isOurs = await Promise.all(boxes.map(async (one) => !(await isInherited(engine, one))))
  const leftovers = boxes.filter((_, index) => isOurs[index])
  const nets = (await networks.list(engine, RUN)).filter((one) => isLeftover(one, [one.Name ?? '']))
  await removeAll(engine, leftovers, async () => nets)
  if (composes || leftovers.length + nets.length > 0) {
    await removeTests(engine, (labels) => isDead(labels, now))
  }
}

/**
 * Removes named volumes and images that Docker Compose has made for a test: where it was killed together with the gate,
 * nothing took them down. One that a container uses stays, and so does an image's other name.
 */
async function removeTests(engine: Engine, which: (labels: Labelled['Labels']) => boolean): Promise<void> {
  for (const { Name, Labels } of await volumes.list(engine, RUN)) {
    if (Labels && which(Labels) && isNameOf(Labels[RUN] ?? '', Name)) {
      await volumes.remove(engine, Name)
    }
  }
  for (const { Labels, RepoTags } of await images.labelled(engine, `${RUN}${BUILT}`)) {
    const ownLabels = Object.fromEntries(
      [RUN, OWNER, DEADLINE].map((name) => [name, Labels?.[`${name}${BUILT}`] ?? '']),
    )
    for (const tag of which(ownLabels) ? (RepoTags ?? []) : []) {
      if (isNameOf(ownLabels[RUN] ?? '', tag)) {
        await removeImage(engine, tag)
      }
    }
  }
}

/** @param name as listed: for a container with a leading slash; for Compose's networks with `_default` */
function isNameOf(runId: string, name: string): boolean {
  const [, nameRunId] = /^\/?seaworthy-([0-9a-f]{12})(?:[-_]|$)/.exec(name) ?? []
  return nameRunId === runId
}

/**
 * True if the container may have its label from its image. One that a run created from an image with such a label has
 * the run's own value. If that cannot be found out, nothing is removed.
 */
async function isInherited(
  engine: Engine,
  { Labels, ImageID }: { readonly Labels: Labelled['Labels']; readonly ImageID?: string | null },
): Promise<boolean> {
  const image = ImageID ? await images.inspect(engine, ImageID).catch(() => null) : null
  return image === null || image.Config?.Labels?.[RUN] === Labels[RUN]
}

async function removeAll(
  engine: Engine,
  found: readonly Labelled[],
  nets: () => Promise<readonly Labelled[]>,
): Promise<void> {
  await Promise.all(found.map(({ Id }) => containers.remove(engine, Id)))
  await Promise.all((await nets()).map((net) => removeNetwork(engine, net.Id)))
}

/** A job's own container may still be on the network (`container:` jobs), which would keep it alive. */
async function removeNetwork(engine: Engine, id: string): Promise<void> {
  const state = await networks.inspect(engine, id).catch(() => null)
  for (const member of Object.keys(state?.Containers ?? {})) {
    await networks.disconnect(engine, id, member)
  }
  await networks.remove(engine, id)
}

function isDead(labels: Readonly<Record<string, string>>, now: number): boolean {
  return Number(labels[DEADLINE]) * 1000 < now || hasEnded(labels[OWNER] ?? '')
}
