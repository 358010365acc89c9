/**
 * The keys that are read from a JSON object, each with the shape of its value (arrays are looked through);
 * `null`: the value's keys are not checked.
 */
export interface Shape {
  readonly [key: string]: Shape | null
}

interface OpenContainer {
  readonly shape: Shape | null
  readonly isObject: boolean
  readonly keys: Set<string>
  /** In an object: the shape of the value that follows. */
  memberShape: Shape | null
}

/**
 * The first key that another reader may take for a different one; `null` if there is none. Go's encoding/json, which
 * the engine and Clair use, matches keys case-insensitively and merges repeated objects, while JSON.parse
 * distinguishes `Layers` from `layers` and takes the last.
 * @param text that JSON.parse has accepted as JSON
 */
export function ambiguousKey(text: string, shape: Shape): string | null {
  const namesByShape = new Map<Shape, ReadonlyMap<string, string>>()
  const openContainers: OpenContainer[] = []
  let expectsKey = false

  function knownKey(shape: Shape, key: string): string | undefined {
    const namesByFoldedKey = namesByShape.get(shape)
    if (namesByFoldedKey !== undefined) {
      return namesByFoldedKey.get(fold(key))
    }
    namesByShape.set(shape, new Map(Object.keys(shape).map((name) => [fold(name), name])))
    return knownKey(shape, key)
  }

  function open(isObject: boolean): void {
    const parent = openContainers.at(-1)
    const ownShape = parent === undefined ? shape : parent.isObject ? parent.memberShape : parent.shape
    openContainers.push({ shape: ownShape, isObject, keys: new Set(), memberShape: null })
    expectsKey = isObject
  }

  /** Also records the shape of the key's value. Unknown keys are not checked. */
  function isAmbiguous(frame: OpenContainer, key: string): boolean {
    const name = frame.shape === null ? undefined : knownKey(frame.shape, key)
    frame.memberShape = name === undefined ? null : (frame.shape?.[name] ?? null)
    if (name === undefined) {
      return false
    }
    if (name !== key || frame.keys.has(name)) {
      return true
    }
    frame.keys.add(name)
    return false
  }

  for (let at = 0; at < text.length; at++) {
    const frame = openContainers.at(-1)
    switch (text[at]) {
      case '{':
      case '[':
        open(text[at] === '{')
        break
      case '}':
      case ']':
        openContainers.pop()
        break
      case ',':
        expectsKey = frame?.isObject === true
        break
      case '"': {
        const end = endOfString(text, at)
        if (expectsKey && frame !== undefined) {
          const key: string = JSON.parse(text.slice(at, end + 1))
          if (isAmbiguous(frame, key)) {
            return key
          }
          expectsKey = false
        }
        at = end
      }
    }
  }
  return null
}

/** As in Go (unicode.SimpleFold): lower case alone does not fold the long s and the Kelvin sign. */
function fold(key: string): string {
  return key.toUpperCase().toLowerCase()
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1
  }
  return at
}

const PLATFORM_KEYS: Shape = { os: null, architecture: null, variant: null }
const DESCRIPTOR_KEYS: Shape = {
  mediaType: null,
  digest: null,
  size: null,
  artifactType: null,
  annotations: null,
  platform: PLATFORM_KEYS,
}

/** `manifest.json` of docker save (moby, image/tarexport). */
export const DOCKER_MANIFEST_KEYS: Shape = { Config: null, RepoTags: null, Layers: null, Parent: null }

/** An index or a manifest (OCI image-spec, image-index.md and manifest.md). */
export const INDEX_KEYS: Shape = {
  mediaType: null,
  artifactType: null,
  manifests: DESCRIPTOR_KEYS,
  config: DESCRIPTOR_KEYS,
  layers: DESCRIPTOR_KEYS,
}

/** The keys of image configs that are read (OCI image-spec, config.md; Docker's health check). */
export const CONFIG_KEYS: Shape = {
  ...PLATFORM_KEYS,
  created: null,
  config: {
    User: null,
    ExposedPorts: null,
    Env: null,
    Entrypoint: null,
    Cmd: null,
    Volumes: null,
    WorkingDir: null,
    Labels: null,
    OnBuild: null,
    Shell: null,
    StopSignal: null,
    Healthcheck: { Test: null, Interval: null, Timeout: null, StartPeriod: null, Retries: null },
  },
  rootfs: { type: null, diff_ids: null },
  history: { created: null, created_by: null, author: null, comment: null, empty_layer: null },
}
