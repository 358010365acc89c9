import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aptName } from '../debian/apt/command.js'
import { images } from '../io/engine/docker.js'
import { trialName } from '../io/engine/trials.js'
import { readInside } from '../io/files/files.js'
import { runCommand } from '../io/process/command.js'
import { type DockerfileSource, plural, SeaworthyError } from '../model/index.js'
import { type BuiltUpdate, type NotTogether, type Patched, refuseNoApt } from './patch.js'
import { errorLines } from './plan/apt-output.js'
import { behindAll, type ChangeOptions, withUpdates } from './plan/dockerfile-change.js'
import type { OmittedPackage } from './plan/outcome.js'
import type { PlannedPackage } from './plan/plan.js'
import { refuseLost } from './volumes.js'
import { refuseNoSpace, type TrialContext } from './workshop.js'

export interface RebuildOptions extends Omit<ChangeOptions, 'from' | 'after'> {
  readonly source: DockerfileSource
  /** Shell command that builds the image as $IMAGE from the Dockerfile at $DOCKERFILE, in the run's directory. */
  readonly command: string
  readonly limitMs: number
}

/** An image that the user's command has built. */
export type RebuiltImage = Pick<Patched, 'id' | 'bytes'>

/**
 * Builds the image from a Dockerfile's text, with the user's own command. Returns the last output if that fails. Throws
 * `no-space`.
 */
export async function rebuild(
  trial: TrialContext,
  options: RebuildOptions,
  text: string,
): Promise<RebuiltImage | NotTogether> {
  const { engine, runId, signal } = trial
  const path = join(trial.directory(), 'Dockerfile')
  writeFileSync(path, text)
  // The ignore file belongs to a Dockerfile by its name and place (docs.docker.com/build/concepts/context,
  // "dockerignore files"), so it is copied too.
  const ignore = readInside(`${options.source.file}.dockerignore`)
  if (ignore !== null) {
    writeFileSync(`${path}.dockerignore`, ignore)
  }
  const name = trialName(runId, `${trial.createdImages.size}`)
  const env = { IMAGE: name, DOCKERFILE: path, DOCKER_HOST: engine.host }
  trial.createdImages.add(name)
  const built = await runCommand(['sh', '-c', options.command], env, options.limitMs, signal)
  if (!built.ok) {
    refuseNoSpace(built.output)
    return { message: `${built.ended}\n${built.output}` }
  }
  const image = await images.inspect(engine, name, undefined, signal).catch(() => null)
  if (image === null) {
    const message = 'the build command succeeded, but there is no image with the name that $IMAGE specifies'
    return { message }
  }
  return { id: image.Id, bytes: image.Size ?? 0 }
}

/** Builds the image from the unchanged Dockerfile, on today's base. Throws `update-no-build`. */
export async function rebuildUnchanged(trial: TrialContext, options: RebuildOptions): Promise<RebuiltImage> {
  const { file, text } = options.source
  trial.progress(`rebuilding the image from ${file}`)
  const built = await rebuild(trial, options, text)
  if ('message' in built) {
    // Broken before the update: no package is to blame.
    const [ended = '', ...output] = built.message.split('\n')
    const what = `the Dockerfile cannot be built as it is: ${ended} · ${errorLines(output.join('\n'), 3)}`
    throw new SeaworthyError({ code: 'update-no-build', what, where: file })
  }
  return built
}

export async function rebuildUpdated(
  trial: TrialContext,
  options: RebuildOptions,
  packages: readonly PlannedPackage[],
): Promise<BuiltUpdate> {
  const { file, text: before } = options.source
  const after = updatedText(trial, options, packages)
  trial.progress(`building the image from ${file}, with ${plural(packages.length, 'package')} updated`)
  const built = await rebuild(trial, options, after)
  if ('message' in built) {
    refuseNoApt(built.message)
    const { message } = built
    const leftOut = packages.map((one): OmittedPackage => ({ package: one, by: 'build', message }))
    return { patched: null, packages: [], leftOut }
  }
  await refuseLost(trial, built.id, namesOf(trial, packages))
  return { patched: { ...built, along: [], change: { file, before, after } }, packages, leftOut: [] }
}

export function updatedText(
  trial: TrialContext,
  { source, ...options }: RebuildOptions,
  packages: readonly PlannedPackage[],
): string {
  const { from, text } = source
  return withUpdates(text, namesOf(trial, packages), { ...options, from, after: behindAll(packages, from) })
}

function namesOf({ native }: TrialContext, packages: readonly PlannedPackage[]): string[] {
  return packages.map((one) => aptName(one, native))
}
