import { SeaworthyError, sorted } from '../../model/index.js'

/** The parts of an image's config (OCI image-spec, `config`) that a patch must leave as they are. */
export interface ImageConfig {
  readonly User?: string
  readonly OnBuild?: readonly string[] | null
  readonly [name: string]: unknown
}

/**
 * A Dockerfile that adds one layer to an image and leaves its config unchanged. The layer needs root; the image's
 * user is restored after it.
 * @param id the image by id: never by a name, which may be moved meanwhile
 * @throws SeaworthyError `update-refused` if the engine's builder could not leave the config unchanged
 */
export function patchDockerfile(id: string, config: ImageConfig, script: string): string {
  if ((config.OnBuild ?? []).length > 0) {
    const what =
      'the image has ONBUILD instructions, which the builder would run and then drop from the image'
    throw refused(what, 'update its base image or its Dockerfile, and build it again')
  }
  const user = config.User ?? ''
  if (/[\r\n]/.test(user)) {
    throw refused("the image's user name contains a line break", 'correct its Dockerfile')
  }
  const isRoot = ['', 'root', '0', 'root:root', '0:0'].includes(user)
  const run = `RUN ${JSON.stringify(['/bin/sh', '-c', script])}`
  // The builder would expand a `$` (Dockerfile reference, "Environment replacement").
  const back = user.replace(/[\\$]/g, '\\$&')
  const lines = isRoot ? [run] : ['USER 0:0', run, `USER ${back}`]
  return [`FROM ${id}`, ...lines, ''].join('\n')
}

/** Names of the members that a patch has changed in an image's config, sorted; none if all is well. */
export function changedConfig(before: ImageConfig, after: ImageConfig): string[] {
  return sorted(Object.keys({ ...before, ...after })).filter(
    (name) =>
      !BUILD_ONLY_KEYS.has(name) &&
      canonical(withDefault(name, before)) !== canonical(withDefault(name, after)),
  )
}

/** The builder adds the PATH that the engine would set for a container of an image without one anyway. */
const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

function withDefault(name: string, config: ImageConfig): unknown {
  const env = Array.isArray(config.Env) ? config.Env : []
  const hasPath = name !== 'Env' || env.some((one) => String(one).startsWith('PATH='))
  return hasPath ? config[name] : [...env, DEFAULT_PATH]
}

/** What a builder records about itself: the parent's id, the container it used. */
const BUILD_ONLY_KEYS: ReadonlySet<string> = new Set(['Image', 'Hostname'])

/** Engines omit empty values, or write them as null, "", [], {} or false. */
function canonical(value: unknown): string {
  if (value === undefined || value === null || value === '' || value === false) {
    return ''
  }
  if (typeof value !== 'object') {
    return JSON.stringify(value)
  }
  const items = Array.isArray(value) ? value : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return items.length === 0 ? '' : JSON.stringify(items)
}

function refused(what: string, todo: string): SeaworthyError {
  return new SeaworthyError({ code: 'update-refused', what, where: 'update', todo })
}
