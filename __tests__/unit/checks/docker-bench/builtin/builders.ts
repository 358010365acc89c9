import { listAt, textAt } from '../../../../../src/checks/docker-bench/builtin/json.js'
import type { EngineRecords } from '../../../../../src/checks/docker-bench/builtin/mistakes.js'
import type { BenchResult } from '../../../../../src/checks/docker-bench/builtin/rule-result.js'
import type { BenchImage } from '../../../../../src/checks/docker-bench/builtin/state.js'
import { strict as judged } from '../../../../../src/checks/docker-bench/builtin/strict.js'
import type { Json } from '../../../../../src/model/json.js'

export const IMAGE_ID = `sha256:${'1'.repeat(64)}`
export const CONTAINER_ID = '2'.repeat(64)
const PASSWD =
  'root:x:0:0:root:/root:/bin/bash\napp:x:10001:10001::/app:/bin/false\ntoor:x:0:0::/root:/bin/sh\n'

/** An image, as the engine names it. */
export interface ListedImage extends BenchImage {
  readonly id: string
  readonly repoTags: readonly string[]
}

export interface BenchContainer {
  readonly id: string
  readonly name: string
  readonly inspect: Json | null
  readonly top: Json | null
}

/** What an engine holds. */
export interface BenchState {
  readonly info: Json | null
  readonly images: readonly ListedImage[]
  readonly containers: readonly BenchContainer[]
}

/** Which image and container of it are judged; `containerId: null`: no run options. */
interface Subject {
  readonly imageId: string
  readonly containerId: string | null
  readonly cgroupns?: string | undefined
}

/** A container from its inspect answer. */
export function containerOf(inspect: Json, top: Json | null): BenchContainer {
  return { id: textAt(inspect, 'Id'), name: textAt(inspect, 'Name').replace(/^\//, ''), inspect, top }
}

/** All results about an image, and a container, of a state. */
export function strict(state: BenchState, { imageId, containerId, cgroupns = '' }: Subject): BenchResult[] {
  const image = state.images.find(({ id }) => id === imageId)
  const container = state.containers.find(({ id }) => id === containerId)
  if (image === undefined) {
    throw new Error(`no image ${imageId}`)
  }
  const { name = containerId ?? '', inspect = null, top = null } = container ?? {}
  const run = containerId === null ? null : { name, inspect, top, cgroupns: cgroupns || null }
  return judged({ info: state.info, image, imageName: image.repoTags[0] ?? imageId, run })
}

/** A line of an OCI config's history. */
export function line(created_by: string, empty_layer = false): Json {
  return { created_by, empty_layer }
}

/** An image in order: USER 10001, a health check, one layer. `config` is the OCI config's `config`. */
export function anImage(
  config: Json = {},
  history: readonly Json[] = [line('COPY app /app # buildkit')],
  part: Partial<BenchImage> = {},
): ListedImage {
  const diffIds = history.filter((one) => one.empty_layer !== true).map((_, at) => `sha256:${at}`)
  return {
    id: IMAGE_ID,
    repoTags: ['app:1'],
    inspect: null,
    history: null,
    config: {
      config: { User: '10001', Healthcheck: { Test: ['CMD', 'true'] }, ...config },
      rootfs: { type: 'layers', diff_ids: diffIds },
      history,
    },
    files: { passwd: PASSWD, setuid: [] },
    ...part,
  }
}

export interface ContainerParts {
  readonly HostConfig?: Json
  readonly Config?: Json
  readonly State?: Json
  readonly NetworkSettings?: Json
  readonly Mounts?: readonly Json[]
  readonly AppArmorProfile?: string
  readonly ProcessLabel?: string
  readonly top?: Json | null
}

/** A process list as the engine answers it. */
export function aTop(...programs: readonly string[]): Json {
  return { Titles: ['PID', 'CMD'], Processes: programs.map((program, at) => [String(at + 100), program]) }
}

/** A running container with hardened options. */
export function aContainer({ top, ...part }: ContainerParts = {}): BenchContainer {
  const inspect = {
    Id: CONTAINER_ID,
    Name: '/web',
    AppArmorProfile: 'docker-default',
    ...part,
    State: { Status: 'running', Running: true, Health: { Status: 'healthy' }, ...part.State },
    HostConfig: {
      NetworkMode: 'own',
      ReadonlyRootfs: true,
      Memory: 64_000_000,
      NanoCpus: 500_000_000,
      PidsLimit: 50,
      Ulimits: [{ Name: 'nofile', Hard: 1024, Soft: 1024 }],
      SecurityOpt: ['no-new-privileges', 'label=type:app_t'],
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
      ...part.HostConfig,
    },
    Config: { User: '10001', Healthcheck: { Test: ['CMD', 'true'] }, Cmd: ['/app'], ...part.Config },
    NetworkSettings: { Ports: {}, Networks: { own: {} }, ...part.NetworkSettings },
    Mounts: part.Mounts ?? [],
  }
  return containerOf(inspect, top === undefined ? aTop('app') : top)
}

/** The same, made and never started. */
export function aCreatedContainer({ State, ...part }: ContainerParts = {}): BenchContainer {
  return aContainer({
    top: null,
    AppArmorProfile: '',
    ...part,
    State: { Status: 'created', Running: false, Health: undefined, ...State },
    NetworkSettings: { Ports: {}, Networks: {} },
  })
}

export function aState(part: Partial<BenchState> = {}): BenchState {
  return {
    info: {
      Swarm: { LocalNodeState: 'inactive' },
      SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=selinux'],
      CgroupVersion: '2',
    },
    images: [anImage()],
    containers: [aContainer()],
    ...part,
  }
}

/** One result of the strict rules. */
export function strictly(id: string, part: Partial<BenchState>, subject: Partial<Subject> = {}): BenchResult {
  const state = aState(part)
  const containerId = state.containers.length > 0 ? CONTAINER_ID : null
  const results = strict(state, { imageId: IMAGE_ID, containerId, ...subject })
  const found = results.find((result) => result.id === id)
  if (!found) {
    throw new Error(`no result for ${id}`)
  }
  return found
}

/** What Docker Bench looked at, in the forms in which the engine answers: a history newest first. */
export function recordsIn(part: Partial<BenchState>): EngineRecords {
  const { info, images, containers } = aState(part)
  const [image = anImage()] = images
  const history = listAt(image.config, 'history').map((one) => ({ CreatedBy: textAt(one, 'created_by') }))
  return {
    info,
    image: { ...image, history: image.history ?? history.reverse() },
    container: containers[0]?.inspect ?? null,
  }
}
