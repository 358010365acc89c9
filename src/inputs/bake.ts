import { isObject } from '../model/start-rules.js'
import type { AskedOfFile, NamedImage, NamedImages } from './named-images.js'

type Mapping = Readonly<Record<string, unknown>>

const PRINT = 'resolve the file first (docker buildx bake --print > bake.json), and pass bake.json'

/**
 * The image of each target of a bake file in JSON: of the group `default` if it has one, as `docker buildx bake` builds
 * them, else of all. Several tags of a target are names of one image. Each is judged by its first.
 * (docs.docker.com, "Bake file reference".)
 */
export function imagesOfBake(root: Mapping, asked: AskedOfFile): NamedImages {
  const { names, refuse } = asked
  const targets = mappingOf(root.target, 'target', refuse)
  const groups = mappingOf(root.group, 'group', refuse)
  const variables = mappingOf(root.variable, 'variable', refuse)
  const asks = names ?? (Object.hasOwn(groups, 'default') ? ['default'] : null)
  const chosen = asks === null ? new Set(Object.keys(targets)) : resolved(asks, { targets, groups }, refuse)
  const inherited = inheritance(targets, refuse)
  const images: NamedImage[] = []
  const skipped: NamedImages['skipped'][number][] = []
  for (const name of Object.keys(targets)) {
    if (!chosen.has(name)) {
      skipped.push({ name, why: names === null ? 'not in the default group' : 'not selected' })
      continue
    }
    const target = inherited(name)
    if (target.matrix != null) {
      refuse(`target.${name} has a matrix, which only docker buildx bake can expand`, PRINT)
    }
    const { tags = [] } = target
    const [tag] = Array.isArray(tags) ? tags : [tags]
    if (tag == null) {
      skipped.push({ name, why: 'no tag' })
    } else if (typeof tag === 'string') {
      images.push({ name, image: filled(tag, `target.${name}.tags`, variables, asked) })
    } else {
      refuse(`target.${name}.tags: expected a list of names`)
    }
  }
  return { images, skipped }
}

/** The targets of nested groups, each once. */
function resolved(
  asked: readonly string[],
  { targets, groups }: { readonly targets: Mapping; readonly groups: Mapping },
  refuse: AskedOfFile['refuse'],
): ReadonlySet<string> {
  const found = new Set<string>()
  const done = new Set<string>()
  const add = (name: string, above: readonly string[]): void => {
    // A target takes precedence over a group of its name.
    if (Object.hasOwn(targets, name)) {
      found.add(name)
      return
    }
    if (above.includes(name)) {
      refuse(`group.${name} contains itself: ${[...above, name].join(' → ')}`)
    }
    if (!Object.hasOwn(groups, name)) {
      const known = Object.keys({ ...groups, ...targets }).join(', ')
      refuse(`there is no target or group ${JSON.stringify(name)} (known: ${known})`)
    }
    if (done.has(name)) {
      return
    }
    const { targets: own } = mappingOf(groups[name], `group.${name}`, refuse)
    for (const one of listOf(own, `group.${name}.targets`, refuse)) {
      add(String(one), [...above, name])
    }
    done.add(name)
  }
  for (const name of asked) {
    add(name, [])
  }
  return found
}

/** Targets with what they inherit: of several, the last one wins, and the target's own members override them. */
function inheritance(targets: Mapping, refuse: AskedOfFile['refuse']) {
  const known = new Map<string, Mapping>()
  const inherited = (name: string, below: readonly string[] = []): Mapping => {
    const before = known.get(name)
    if (before !== undefined) {
      return before
    }
    if (below.includes(name)) {
      return refuse(`target.${name} inherits from itself: ${[...below, name].join(' → ')}`)
    }
    if (!Object.hasOwn(targets, name)) {
      return refuse(`target.${below.at(-1)} inherits from ${JSON.stringify(name)}, which does not exist`)
    }
    const target = mappingOf(targets[name], `target.${name}`, refuse)
    const { inherits = [] } = target
    const parents = (Array.isArray(inherits) ? inherits : [inherits]).map((parent) => {
      // A matrix multiplies the target that has it, not those that inherit from it.
      const { matrix: _, ...rest } = inherited(String(parent), [...below, name])
      return rest
    })
    const whole: Mapping = Object.fromEntries([...parents, target].flatMap((one) => Object.entries(one)))
    known.set(name, whole)
    return whole
  }
  return inherited
}

/** HCL in JSON: `${NAME}` is a variable of the file, which the environment may set; bake evaluates anything more. */
function filled(text: string, where: string, variables: Mapping, { lookUp, refuse }: AskedOfFile): string {
  const evaluated = (inner: string) =>
    refuse(
      `${where}: \${${inner}} is not a plain variable, so only docker buildx bake can evaluate it`,
      PRINT,
    )
  const known = (name: string) => {
    if (!Object.hasOwn(variables, name)) {
      return refuse(`${where}: the file does not define the variable ${name}`)
    }
    const { default: fallback } = mappingOf(variables[name] ?? {}, `variable.${name}`, refuse)
    const value = lookUp(name) ?? fallback
    return value == null
      ? refuse(`${where}: the variable ${name} is not set and has no default`)
      : String(value)
  }
  if (/%\{|\$\$\{/.test(text)) {
    return evaluated(text)
  }
  return text.replace(/\$\{([^}]*)\}/g, (_, inner: string) =>
    /^[A-Za-z_]\w*$/.test(inner) ? known(inner) : evaluated(inner),
  )
}

function listOf(value: unknown, where: string, refuse: AskedOfFile['refuse']): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(`${where}: expected a list of names`)
}

function mappingOf(value: unknown, where: string, refuse: AskedOfFile['refuse']): Mapping {
  if (value == null) {
    return {}
  }
  return isObject(value) ? value : refuse(`${where}: expected a mapping`)
}
