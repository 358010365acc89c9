import { plural } from '../../../model/index.js'
import { flagAt, listAt, memberAt, textAt } from './json.js'
import { passed, type RuleResult, type RunSubject, resultOf } from './rule-result.js'

/**
 * The host's own directories: CIS Docker's list, what /usr was merged from, the state of engines, and root's
 * home. Everything below them counts too, except below `/`.
 */
const OWN_DIRECTORIES = (
  '/boot /dev /etc /lib /lib32 /lib64 /proc /sys /usr /bin /sbin /root /run /var/run ' +
  '/var/lib/docker /var/lib/containerd'
).split(' ')

/** Directories of engines: whoever can write to them, or above them, controls every image and container. */
const ENGINE_STATE = ['/var/lib/docker', '/var/lib/containerd']

/** Sockets that give access to the host: their names, and their default locations. */
const SOCKET_NAME = /(^|\/)(docker|containerd|podman|crio|cri-dockerd|dockershim|buildkitd|nerdctl)\.sock$/
const SOCKET_PLACES = [
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/run/crio/crio.sock',
  '/run/cri-dockerd.sock',
  '/run/buildkit/buildkitd.sock',
]
/** Below a user's directory: rootless engines. */
const USER_SOCKETS = /^\/run\/user(\/\d+(\/(docker|podman|containerd)[^/]*)?)?$/

interface HostMount {
  readonly source: string
  readonly destination: string
  readonly writable: boolean
}

/** 5.6: a mount that the container can write to is a warning; a read-only one is reported. */
export function hostMounts(run: RunSubject): RuleResult {
  // Sockets are judged by 5.32.
  const found = mountsOf(run).filter(({ source }) => isOwn(source) && !source.endsWith('.sock'))
  const namedMounts = (mounts: readonly HostMount[]) => mounts.map(({ source }) => `${run.name}:${source}`)
  const writable = found.filter((mount) => mount.writable)
  if (writable.length > 0) {
    const why = `The container can write to ${plural(writable.length, 'host directory', 'host directories')}.`
    return resultOf('WARN', namedMounts(writable), why, 'mounts-by-source')
  }
  if (found.length > 0) {
    const why = `The container can read ${plural(found.length, 'host directory', 'host directories')}.`
    return resultOf('INFO', namedMounts(found), why, 'mounts-by-source')
  }
  return passed("None of the host's system directories is mounted.", 'mounts-by-source')
}

/** 5.32: mounts of an engine's socket, under any name in the container, or of a directory above one. */
export function reachedSockets(run: RunSubject): RuleResult {
  const found = mountsOf(run).filter(
    ({ source, destination }) =>
      SOCKET_NAME.test(source) ||
      SOCKET_NAME.test(destination) ||
      USER_SOCKETS.test(realPath(source)) ||
      SOCKET_PLACES.some((socket) => isAtOrAbove(realPath(source), socket)),
  )
  if (found.length === 0) {
    return passed("No mount exposes a container engine's socket.", 'socket-by-any-way')
  }
  const sources = found.map(({ source }) => source).join(', ')
  const what = `A mount exposes a container engine's socket: ${sources}.`
  return resultOf('WARN', [run.name], what, 'socket-by-any-way')
}

function isOwn(source: string): boolean {
  return (
    OWN_DIRECTORIES.some((own) => isAtOrAbove(own, source)) ||
    // `/` is also above these directories.
    ENGINE_STATE.some((state) => isAtOrAbove(source, state))
  )
}

function isAtOrAbove(directory: string, path: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`)
}

/** /var/run is a link to /run (file-hierarchy(7)). */
function realPath(path: string): string {
  return isAtOrAbove('/var/run', path) ? path.slice('/var'.length) : path === '/var' ? '/run' : path
}

/** Bind mounts, and volumes that are bind mounts by the options of their driver (`o=bind,device=/etc`). */
function mountsOf({ inspect }: RunSubject): readonly HostMount[] {
  const binds = listAt(inspect, 'Mounts').flatMap((mount) =>
    textAt(mount, 'Type') === 'bind'
      ? [hostMount(textAt(mount, 'Source'), textAt(mount, 'Destination'), flagAt(mount, 'RW'))]
      : [],
  )
  const volumes = listAt(inspect, 'HostConfig', 'Mounts').flatMap((mount) => {
    const options = memberAt(mount, 'VolumeOptions', 'DriverConfig', 'Options')
    const isBind = /(^|,)r?bind(,|$)/.test(textAt(options, 'o'))
    const writable = !flagAt(mount, 'ReadOnly')
    return isBind ? [hostMount(textAt(options, 'device'), textAt(mount, 'Target'), writable)] : []
  })
  return [...binds, ...volumes]
}

function hostMount(source: string, destination: string, writable: boolean): HostMount {
  return { source: cleanPath(source), destination, writable }
}

/** `/etc/../etc/` is `/etc`. */
function cleanPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop()
    } else if (part !== '' && part !== '.') {
      parts.push(part)
    }
  }
  return `/${parts.join('/')}`
}
