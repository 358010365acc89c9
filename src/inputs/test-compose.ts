import { dirname, relative, resolve } from 'node:path'
import { parseCompose, readCompose } from '../checks/docker-bench/collect.js'
import { isPlainIn, workFolder } from '../io/files/files.js'
import { isRecord } from '../model/json.js'
import { SeaworthyError } from '../model/problem.js'
import { startable, withheldIn } from '../model/run/start-options.js'

type Mapping = Readonly<Record<string, unknown>>

/**
 * A compose file that tests an update, in the form in which it may be started: one document that reads no other
 * files, with variables filled in except `${IMAGE}`, and full paths. What Docker Compose would start is restricted by
 * the same list as what the gate starts itself (src/model/run/start-options.ts), service by service. Anything that leads
 * out of the file or the repository is refused, since others may have put it there. For everything else there are
 * shell commands.
 * @param file as it is named, from the working directory: paths in it are relative to its folder
 * @param environment values for the variables
 * @throws SeaworthyError `bad-run-options`
 */
export function readTestCompose(
  yaml: string,
  file: string,
  service: string,
  environment: NodeJS.ProcessEnv,
): string {
  const root = filled(parseCompose(yaml, file), environment) as Mapping
  const location: ComposeLocation = { file, folder: resolve(dirname(file)) }
  refuseKeys(root, ROOT_KEYS, 'the file', location)
  const services = mappingOf(root.services, 'services', location)
  if (!Object.hasOwn(services, service)) {
    throw refused(`there is no service ${JSON.stringify(service)}`, location)
  }
  for (const [name, volume] of Object.entries(mappingOf(root.volumes ?? {}, 'volumes', location))) {
    refuseKeys(mappingOf(volume ?? {}, name, location), ['labels'], `the volume ${name}`, location)
  }
  for (const [name, network] of Object.entries(mappingOf(root.networks ?? {}, 'networks', location))) {
    const settings = mappingOf(network ?? {}, name, location)
    refuseKeys(
      settings,
      ['attachable', 'driver', 'enable_ipv6', 'internal', 'labels'],
      `the network ${name}`,
      location,
    )
    if ((settings.driver ?? 'bridge') !== 'bridge') {
      throw refused(`the network ${name} has a driver other than "bridge"`, location)
    }
  }
  const started = Object.entries(services).map(([name, one]) => {
    return [name, serviceOf(name, mappingOf(one, name, location), location)] as const
  })
  return written({ ...root, services: Object.fromEntries(started) }, '$IMAGE')
}

interface ComposeLocation {
  readonly file: string
  readonly folder: string
}

const ROOT_KEYS = ['name', 'networks', 'services', 'version', 'volumes']
/**
 * Keys of a service in addition to those of run options (src/checks/docker-bench/compose): none of them reaches
 * anything outside of it.
 */
const MORE_KEYS =
  'attach build container_name depends_on domainname image networks platform profiles pull_policy scale stdin_open stop_grace_period tty'.split(
    ' ',
  )
/** Known keys that are not started: they read other files, or are options that startable() does not see. */
const REFUSED_KEYS =
  'annotations blkio_config configs develop env_file external_links label_file links logging mac_address secrets storage_opt'.split(
    ' ',
  )
/** Options of the test alone, while it runs: ports of the machine, and restarts. */
const ALLOWED_OPTIONS = /^--(?:publish|restart)\b/

function serviceOf(name: string, service: Mapping, about: ComposeLocation): Mapping {
  const where = `the service ${name}`
  const refusedKeys = REFUSED_KEYS.filter((key) => service[key] != null)
  if (refusedKeys.length > 0) {
    throw refused(`${where} sets ${quoted(refusedKeys)}, which is not allowed`, about)
  }
  const { network_mode: mode, volumes, build, ...rest } = service
  if (mode != null && !/^(?:none|bridge|service:[\w.-]+)$/.test(String(mode))) {
    throw refused(`${where} has a network_mode other than "none", "bridge" or "service:NAME"`, about)
  }
  const options = Object.fromEntries(Object.entries(rest).filter(([key]) => !MORE_KEYS.includes(key)))
  const alone = written({ services: { [name]: options } }, 'image')
  const withheld = withheldIn(startable(readCompose(alone, about.file, name)).differs).filter(
    (one) => !ALLOWED_OPTIONS.test(one),
  )
  if (withheld.length > 0) {
    throw refused(`${where} needs ${withheld.join(', ')}, which is not allowed`, about)
  }
  return {
    ...service,
    ...(volumes == null
      ? {}
      : { volumes: listOf(volumes, where, about).map((one) => volumeOf(one, where, about)) }),
    ...(build == null ? {} : { build: buildOf(build, where, about) }),
  }
}

/** A volume of the engine's own; or a part of the repository, read-only. */
function volumeOf(volume: unknown, where: string, about: ComposeLocation): unknown {
  if (typeof volume === 'string') {
    const [source = '', target, ...modes] = volume.split(':')
    if (target === undefined || !/^[./~]/.test(source)) {
      return volume
    }
    const isReadOnly = modes.join(':').split(',').includes('ro')
    return [partOf(source, isReadOnly, where, about), target, 'ro'].join(':')
  }
  const { type = 'volume', source, target, read_only: readOnly, ...rest } = mappingOf(volume, where, about)
  if (type === 'bind') {
    const path = partOf(String(source ?? ''), String(readOnly) === 'true', where, about)
    return { type, source: path, target, read_only: true }
  }
  const isOwn = type === 'volume' || type === 'tmpfs'
  if (isOwn && Object.keys(rest).length === 0 && !/[\\/]/.test(String(source ?? ''))) {
    return volume
  }
  throw refused(`${where} has a mount that is neither a volume nor part of the repository`, about)
}

function partOf(source: string, isReadOnly: boolean, where: string, about: ComposeLocation): string {
  const path = resolve(about.folder, source)
  if (!isReadOnly) {
    throw refused(`${where} mounts ${JSON.stringify(source)} without :ro (read-only)`, about)
  }
  return inRepository(path, `${where} mounts ${JSON.stringify(source)}`, about)
}

function buildOf(build: unknown, where: string, about: ComposeLocation): Mapping {
  const settings = typeof build === 'string' ? { context: build } : mappingOf(build, where, about)
  refuseKeys(settings, ['args', 'context', 'dockerfile', 'target'], `the build of ${where}`, about)
  const { context, dockerfile } = settings
  if (dockerfile != null && /^\/|(?:^|\/)\.\.(?:\/|$)/.test(String(dockerfile))) {
    throw refused(`the build of ${where} uses a Dockerfile outside its context`, about)
  }
  const path = resolve(about.folder, String(context ?? '.'))
  return {
    ...settings,
    context: inRepository(path, `${where} is built from ${JSON.stringify(context)}`, about),
  }
}

/**
 * The path, if it is a plain file or folder below the root of the repository, reached without links. The root itself is
 * refused, because git keeps its login there.
 */
function inRepository(path: string, what: string, about: ComposeLocation): string {
  if (isPlainIn(path, workFolder())) {
    return path
  }
  const shown = relative(workFolder(), path) || 'its root'
  throw refused(
    `${what}, which is not a plain file or folder below the root of the repository (${shown})`,
    about,
  )
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => JSON.stringify(key)).join(', ')
}

function refuseKeys(found: Mapping, known: readonly string[], what: string, about: ComposeLocation): void {
  const other = Object.keys(found).filter((key) => !known.includes(key) && !key.startsWith('x-'))
  if (other.length > 0) {
    throw refused(`${what} sets ${quoted(other)}, which is not allowed`, about)
  }
}

function mappingOf(value: unknown, what: string, about: ComposeLocation): Mapping {
  if (isRecord(value)) {
    return value
  }
  throw refused(`${what} is not a mapping`, about)
}

function listOf(value: unknown, what: string, about: ComposeLocation): readonly unknown[] {
  if (Array.isArray(value)) {
    return value
  }
  throw refused(`the volumes of ${what} are not a list`, about)
}

function refused(what: string, { file }: ComposeLocation): SeaworthyError {
  return new SeaworthyError({
    code: 'bad-run-options',
    what: `nothing was started: ${what}`,
    where: file,
    todo: 'remove it from the file, or test with a shell command (test)',
  })
}

/** Stands for the image until the document is written; no YAML text contains it. */
const IMAGE = '\u0000'

/** Compose specification, "Interpolation": in values, never in keys; an unset variable is empty. */
function filled(value: unknown, environment: NodeJS.ProcessEnv): unknown {
  if (typeof value === 'string') {
    return interpolated(value, (name) => (name === 'IMAGE' ? IMAGE : environment[name]))
  }
  if (Array.isArray(value)) {
    return value.map((one) => filled(one, environment))
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, environment)]))
  }
  return value
}

/**
 * `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+other}`, `${NAME:?message}`, each also without the colon; `$$` is a
 * dollar. A default is plain text: variables in it are not filled in. Anything else in braces stays as it is.
 */
function interpolated(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replace(
    // An unclosed one extends to the end, so that the search does not start again at each brace.
    /\$(?:\$|\{([^}]*)(\}?)|([A-Za-z_]\w*))/g,
    (whole: string, inner?: string, close?: string, bare?: string) => {
      if (whole === '$$') {
        return '$'
      }
      const [, name, sign, other = ''] =
        /^([A-Za-z_]\w*)(?:(:?[-+?])([^$]*))?$/.exec(inner ?? bare ?? '') ?? []
      if (close === '' || name === undefined) {
        return whole
      }
      const value = lookUp(name)
      const isSet = value !== undefined && !(sign?.startsWith(':') && value === '')
      if (sign?.endsWith('+')) {
        return isSet ? other : ''
      }
      if (isSet) {
        return value
      }
      return sign?.endsWith('-') ? other : ''
    },
  )
}

/** As JSON, which is YAML; the only variable in it is the image's. */
function written(document: unknown, image: string): string {
  const escaped = (_: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('$', '$$$$').replaceAll(IMAGE, image) : value
  return JSON.stringify(document, escaped)
}
