import { basename } from 'node:path'
import { interpolated } from '../model/interpolate.js'
import { isObject } from '../model/start-rules.js'
import type { AskedOfFile, NamedImage, NamedImages } from './named-images.js'

type Mapping = Readonly<Record<string, unknown>>

const CONFIG =
  'resolve the file first (docker compose config > compose.resolved.yml), and pass compose.resolved.yml'

/**
 * The image of each service that is built or named. A service with both is built, under that name. Services of
 * unselected profiles are skipped, as in `docker compose build`.
 */
export function imagesOfCompose(root: Mapping, asked: AskedOfFile): NamedImages {
  const { names, lookUp, refuse, folder } = asked
  const services = root.services as Mapping
  const fill = (text: string, where: string) =>
    interpolated(text, {
      lookUp,
      unset: (name, said) =>
        refuse(`${where}: the variable ${name} is not set${said ? ` (${said})` : ' and has no default'}`),
      odd: (inner) =>
        refuse(`${where}: \${${inner}} is an expression that only Docker Compose can expand`, CONFIG),
    })
  if (root.include != null) {
    refuse('the file includes other files, which are not read', CONFIG)
  }
  const unknown = (names ?? []).filter((name) => !Object.hasOwn(services, name))
  if (unknown.length > 0) {
    refuse(`there is no service ${unknown.join(', ')} (known: ${Object.keys(services).join(', ')})`)
  }
  const project = projectOf(root, fill, lookUp, folder)
  const profiles = (lookUp('COMPOSE_PROFILES') ?? '').split(',').map((one) => one.trim())
  const images: NamedImage[] = []
  const skipped: NamedImages['skipped'][number][] = []
  for (const name of Object.keys(services)) {
    const service = extended(name, services, [], refuse)
    if (names === null ? !isActive(service, profiles) : !names.includes(name)) {
      const why = names === null ? `profile ${list(service.profiles).join(', ')}` : 'not selected'
      skipped.push({ name, why })
      continue
    }
    const { image } = service
    if (image != null && typeof image !== 'string') {
      refuse(`services.${name}.image: expected a single value`)
    }
    if (typeof image === 'string') {
      images.push({ name, image: fill(image, `services.${name}.image`) })
    } else if (service.build != null) {
      images.push({ name, image: `${project()}-${name}` })
    } else {
      skipped.push({ name, why: 'has neither build nor image' })
    }
  }
  return { images, skipped }
}

/** The name that Compose gives a built image without a name, from the project and the service. */
function projectOf(
  root: Mapping,
  fill: (text: string, where: string) => string,
  lookUp: AskedOfFile['lookUp'],
  folder: string,
): () => string {
  return () => {
    const told =
      lookUp('COMPOSE_PROJECT_NAME') || (typeof root.name === 'string' ? fill(root.name, 'name') : '')
    // Compose specification, "name": the folder's name, reduced to the characters that a project name may have.
    return (
      told ||
      basename(folder)
        .toLowerCase()
        .replace(/[^-_a-z0-9]/g, '')
        .replace(/^[-_]+/, '')
    )
  }
}

function isActive({ profiles }: Mapping, chosen: readonly string[]): boolean {
  const own = list(profiles)
  return own.length === 0 || chosen.includes('*') || own.some((one) => chosen.includes(one))
}

/** A service merged with the service of the same file that it extends. */
function extended(
  name: string,
  services: Mapping,
  below: readonly string[],
  refuse: AskedOfFile['refuse'],
): Mapping {
  const service = services[name]
  if (!isObject(service)) {
    return refuse(`services.${name}: expected a mapping (key: value)`)
  }
  if (below.includes(name)) {
    return refuse(`services.${name} extends itself: ${[...below, name].join(' → ')}`)
  }
  const { extends: from } = service
  if (from == null) {
    return service
  }
  const of = typeof from === 'string' ? from : isObject(from) && from.file == null ? from.service : null
  if (typeof of !== 'string' || !Object.hasOwn(services, of)) {
    return refuse(
      `services.${name} extends a service that is not in this file; other files are not read`,
      CONFIG,
    )
  }
  // Compose specification, "extends": profiles are not inherited.
  const { profiles: _, ...base } = extended(of, services, [...below, name], refuse)
  return { ...base, ...service }
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
