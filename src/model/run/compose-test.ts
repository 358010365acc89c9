import { isRecord, type Json } from '../json.js'
import { SeaworthyError } from '../problem.js'
import type { ComposeFile } from './compose.js'
import { OTHER_KEYS, runSpecOf } from './compose-service.js'
import { interpolated } from './compose-values.js'
import { startable, withheldIn } from './start-options.js'

export interface ComposeLocation {
  /** Values for its variables. */
  readonly environment: Readonly<Record<string, string | undefined>>
  full(path: string): string
  /** Where this full path is, if it is no plain file or folder below the root of the repository; `null` if it is. */
  outside(path: string): string | null
}

type Location = ComposeLocation & Pick<ComposeFile, 'file'>

/**
 * A compose file that tests an update, in the form in which it may be started: one document that reads no other
 * files, with variables filled in except `${IMAGE}`, and full paths. What Docker Compose would start is restricted by
 * the same list as what the gate starts itself (start-options.ts), service by service. Anything that leads out of the
 * file or the repository is refused, since others may have put it there. For everything else there are shell commands.
 * @throws SeaworthyError `bad-run-options`
 */
export function testDocument(compose: ComposeFile, service: string, where: ComposeLocation): string {
  const at = { ...where, file: compose.file }
  const root = filled(compose.root, at.environment) as Json
  refuseKeys(root, ROOT_KEYS, 'the file', at)
  const services = mappingOf(root.services, 'services', at)
  if (!Object.hasOwn(services, service)) {
    const names = Object.keys(services).join(', ') || 'none'
    const what = `there is no service ${JSON.stringify(service)} (available: ${names})`
    throw refused(what, at, 'name a service of the file after "#" in the input "test"')
  }
  for (const [name, volume] of Object.entries(mappingOf(root.volumes ?? {}, 'volumes', at))) {
    refuseKeys(mappingOf(volume ?? {}, name, at), ['labels'], `the volume ${name}`, at)
  }
  for (const [name, network] of Object.entries(mappingOf(root.networks ?? {}, 'networks', at))) {
    const settings = mappingOf(network ?? {}, name, at)
    refuseKeys(settings, NETWORK_KEYS, `the network ${name}`, at)
    if ((settings.driver ?? 'bridge') !== 'bridge') {
      throw refused(`the network ${name} has a driver other than "bridge"`, at)
    }
  }
  const started = Object.entries(services).map(
    ([name, one]) => [name, serviceOf(name, mappingOf(one, name, at), at)] as const,
  )
  // As JSON, which is YAML; the only variable in it is the image's.
  return JSON.stringify(literal({ ...root, services: Object.fromEntries(started) }, '$IMAGE'))
}

const ROOT_KEYS = ['name', 'networks', 'services', 'version', 'volumes']
const NETWORK_KEYS = ['attachable', 'driver', 'enable_ipv6', 'internal', 'labels']
/** Options of the test alone, while it runs: ports of the machine, and restarts. */
const ALLOWED_OPTIONS = /^--(?:publish|restart)\b/

function serviceOf(name: string, service: Json, at: Location): Json {
  const where = `the service ${name}`
  const refusedKeys = OTHER_KEYS.filter((key) => service[key] != null)
  if (refusedKeys.length > 0) {
    throw refused(`${where} sets ${quoted(refusedKeys)}, which is not allowed`, at)
  }
  const { network_mode: mode, networks: _, volumes, build, ...options } = service
  if (mode != null && !/^(?:none|bridge|service:[\w.-]+)$/.test(String(mode))) {
    throw refused(`${where} has a network_mode other than "none", "bridge" or "service:NAME"`, at)
  }
  const alone = { file: at.file, lines: [], root: {}, services: { [name]: literal(options, 'image') } }
  const withheld = withheldIn(startable(runSpecOf(alone, name)).differs).filter(
    (one) => !ALLOWED_OPTIONS.test(one),
  )
  if (withheld.length > 0) {
    throw refused(`${where} needs ${withheld.join(', ')}, which is not allowed`, at)
  }
  return {
    ...service,
    ...(volumes != null && { volumes: volumesOf(volumes, where, at) }),
    ...(build != null && { build: buildOf(build, where, at) }),
  }
}

function volumesOf(volumes: unknown, where: string, at: Location): readonly unknown[] {
  if (!Array.isArray(volumes)) {
    throw refused(`the volumes of ${where} are not a list`, at)
  }
  return volumes.map((one) => volumeOf(one, where, at))
}

/** A volume of the engine's own; or a part of the repository, read-only. */
function volumeOf(volume: unknown, where: string, at: Location): unknown {
  if (typeof volume === 'string') {
    const [source = '', target, ...modes] = volume.split(':')
    if (target === undefined || !/^[./~]/.test(source)) {
      return volume
    }
    const isReadOnly = modes.join(':').split(',').includes('ro')
    return [partOf(source, isReadOnly, where, at), target, 'ro'].join(':')
  }
  const { type = 'volume', source, target, read_only: readOnly, ...rest } = mappingOf(volume, where, at)
  if (type === 'bind') {
    const path = partOf(String(source ?? ''), String(readOnly) === 'true', where, at)
    return { type, source: path, target, read_only: true }
  }
  const isOwn = type === 'volume' || type === 'tmpfs'
  if (isOwn && Object.keys(rest).length === 0 && !/[\\/]/.test(String(source ?? ''))) {
    return volume
  }
  throw refused(`${where} has a mount that is neither a volume nor part of the repository`, at)
}

function partOf(source: string, isReadOnly: boolean, where: string, at: Location): string {
  if (!isReadOnly) {
    throw refused(`${where} mounts ${JSON.stringify(source)} without :ro (read-only)`, at)
  }
  return inRepository(source, `${where} mounts ${JSON.stringify(source)}`, at)
}

function buildOf(build: unknown, where: string, at: Location): Json {
  const settings = typeof build === 'string' ? { context: build } : mappingOf(build, where, at)
  refuseKeys(settings, ['args', 'context', 'dockerfile', 'target'], `the build of ${where}`, at)
  const { context, dockerfile } = settings
  if (dockerfile != null && /^\/|(?:^|\/)\.\.(?:\/|$)/.test(String(dockerfile))) {
    throw refused(`the build of ${where} uses a Dockerfile outside its context`, at)
  }
  return {
    ...settings,
    context: inRepository(String(context ?? '.'), `${where} is built from ${JSON.stringify(context)}`, at),
  }
}

/**
 * The full path, if it is a plain file or folder below the root of the repository, reached without links. The root itself
 * is refused, because git keeps its login there.
 */
function inRepository(named: string, what: string, at: Location): string {
  const path = at.full(named)
  const outside = at.outside(path)
  if (outside === null) {
    return path
  }
  throw refused(
    `${what}, which is not a plain file or folder below the root of the repository (${outside})`,
    at,
  )
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => JSON.stringify(key)).join(', ')
}

function refuseKeys(found: Json, known: readonly string[], what: string, at: Location): void {
  const other = Object.keys(found).filter((key) => !known.includes(key) && !key.startsWith('x-'))
  if (other.length > 0) {
    throw refused(`${what} sets ${quoted(other)}, which is not allowed`, at)
  }
}

function mappingOf(value: unknown, what: string, at: Location): Json {
  if (isRecord(value)) {
    return value
  }
  throw refused(`${what} is not a mapping`, at)
}

function refused(
  what: string,
  { file }: Location,
  todo = 'remove it from the file, or test with a shell command (test)',
): SeaworthyError {
  return new SeaworthyError({
    code: 'bad-run-options',
    what: `nothing was started: ${what}`,
    where: file,
    todo,
  })
}

/** Stands for the image until the document is written; no YAML text contains it. */
const IMAGE = '\u0000'

/** In values, never in keys; an unset variable is empty, and one that cannot be filled in stays as it is. */
function filled(root: Json, environment: ComposeLocation['environment']): unknown {
  return withTexts(root, (text) =>
    interpolated(text, (variable, whole) => {
      if (variable === null) {
        return whole
      }
      const { name, sign, other } = variable
      const value = name === 'IMAGE' ? IMAGE : environment[name]
      const isSet = value !== undefined && !(sign.startsWith(':') && value === '')
      if (sign.endsWith('+')) {
        return isSet ? other : ''
      }
      if (isSet) {
        return value
      }
      return sign.endsWith('-') ? other : ''
    }),
  )
}

/** Without variables, except for what stands for the image. */
function literal(value: unknown, image: string): unknown {
  return withTexts(value, (text) => text.replaceAll('$', '$$$$').replaceAll(IMAGE, image))
}

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value)
  }
  if (Array.isArray(value)) {
    return value.map((one) => withTexts(one, change))
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTexts(one, change)]))
    : value
}

/**
 * A document of `testDocument` with labels on everything that Compose creates from it: if the gate is killed before it
 * removes these things, the next run recognizes them by the labels (src/io/engine/leftovers.ts). Compose names all of
 * them by the project, which is the run's name.
 */
export function withLabels(document: string, labels: Labels, builtLabels: Labels): string {
  const { services, networks, volumes, ...rest } = JSON.parse(document) as {
    readonly services: Parts
    readonly networks?: Parts
    readonly volumes?: Parts | null
  }
  const withOwnLabels = (part: Part, added = labels) => {
    const requestedLabels = part?.labels ?? {}
    const list = Object.entries(added).map(([name, value]) => `${name}=${value}`)
    return {
      ...part,
      labels: Array.isArray(requestedLabels)
        ? [...requestedLabels, ...list]
        : { ...requestedLabels, ...added },
    }
  }
  const all = (parts: Parts) =>
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, part?.external ? part : withOwnLabels(part)]),
    )
  const built = (service: Part) => {
    const { build } = service ?? {}
    return build ? { ...service, build: withOwnLabels(build, builtLabels) } : service
  }
  const started = Object.entries(services).map(([name, service]) => [name, withOwnLabels(built(service))])
  return JSON.stringify({
    ...rest,
    services: Object.fromEntries(started),
    networks: all({ default: {}, ...networks }),
    ...(volumes ? { volumes: all(volumes) } : {}),
  })
}

type Labels = Readonly<Record<string, string>>

/** What is built is a mapping here. */
type Part = { readonly labels?: unknown; readonly external?: unknown; readonly build?: Part } | null
type Parts = Readonly<Record<string, Part>>
