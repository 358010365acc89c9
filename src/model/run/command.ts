import type { Image } from '../image/image.js'

/**
 * How an image starts, by its config (OCI image-spec, config.md). Paths are relative to the root.
 * @returns `folder`: WorkingDir, with a leading and a trailing slash; `named`: what the words of Entrypoint and Cmd would
 * be as paths: each word, and those of a shell's command
 */
export function startPaths({ config }: Pick<Image, 'config'>) {
  const inner = config.config
  const field = (name: string): unknown =>
    typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined
  const args = [field('Entrypoint'), field('Cmd')].flatMap((list: unknown) =>
    Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [],
  )
  const workingDir = field('WorkingDir')
  const folder = typeof workingDir === 'string' ? workingDir.replace(/\/*$/, '/') : '/'
  const namedPaths = args
    .flatMap((part) => [part, ...part.split(/[\s;&|"'()]+/)])
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('/') ? part : `${folder}${part.replace(/^(?:\.\/)+/, '')}`))
    .map((path) => path.replace(/\/{2,}/g, '/').slice(1))
  return { folder, named: namedPaths }
}
