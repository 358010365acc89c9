import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aptName } from '../debian/apt/command.js'
import { images } from '../io/engine/docker.js'
import { trialName } from '../io/engine/trials.js'
import { readInside } from '../io/files/files.js'
import { runCommand } from '../io/process/command.js'
import type { DockerfileSource } from '../model/dockerfile-change.js'
import type { AptSource } from '../model/packages/apt-source.js'
import { plural } from '../model/text.js'
import { refuseNoApt } from './patch.js'
import { behindAll, withUpdates } from './plan/dockerfile-change.js'
import { halve } from './plan/halving.js'
import type { OmittedPackage } from './plan/outcome.js'
import type { PlannedPackage } from './plan/plan.js'
import type { MethodResult, UpdateMethod } from './update-method.js'
import { refuseLost } from './volumes.js'
import { refuseNoSpace, type TrialContext } from './workshop.js'

export interface RebuildOptions {
  readonly source: DockerfileSource
  /** Shell command that builds the image as $IMAGE from the Dockerfile at $DOCKERFILE, in the run's directory. */
  readonly command: string
  readonly limitMs: number
  readonly securityMirror: string
  readonly addSecurity: string | null
  readonly sources: readonly AptSource[]
  readonly today: string
}

/** An image built with the user's command: its id, or the last output of a failed build. */
export type RebuildResult = { readonly id: string; readonly bytes: number } | { readonly message: string }

/** Builds the image from a Dockerfile's text, with the user's own command. Throws `no-space`. */
export async function rebuild(
  trial: TrialContext,
  options: RebuildOptions,
  text: string,
): Promise<RebuildResult> {
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
  const { Id, Size } = await images.inspect(engine, name, undefined, signal).catch(() => {
    return { Id: '', Size: 0 }
  })
  if (Id === '') {
    return {
      message: 'the build command succeeded, but there is no image with the name that $IMAGE specifies',
    }
  }
  return { id: Id, bytes: Size ?? 0 }
}

/** Updates with a line in the Dockerfile, and builds the image from it. */
export function rebuildMethod(
  trial: TrialContext,
  options: RebuildOptions,
): UpdateMethod & { text(packages: readonly PlannedPackage[]): string } {
  const namesOf = (packages: readonly PlannedPackage[]) => packages.map((one) => aptName(one, trial.native))
  const text = (packages: readonly PlannedPackage[]) => {
    const { source, addSecurity, sources, securityMirror, today } = options
    return withUpdates(source.text, namesOf(packages), {
      from: source.from,
      after: behindAll(packages, source.from),
      addSecurity,
      sources,
      securityMirror,
      today,
    })
  }
  return {
    text,
    async build(packages): Promise<MethodResult> {
      trial.progress(
        `building the image from ${options.source.file}, with ${plural(packages.length, 'package')} updated`,
      )
      const built = await rebuild(trial, options, text(packages))
      if ('message' in built) {
        refuseNoApt(built.message)
        const leftOut = packages.map(
          (one): OmittedPackage => ({ package: one, by: 'build', message: built.message }),
        )
        return { patched: null, packages: [], leftOut }
      }
      await refuseLost(trial, built.id, namesOf(packages))
      return { patched: { ...built, along: [] }, packages, leftOut: [] }
    },
    working: (packages, test, message) =>
      halve(
        packages,
        async (some) => {
          const built = await rebuild(trial, options, text(some))
          return 'message' in built ? built.message : test(built.id)
        },
        message,
      ),
  }
}
