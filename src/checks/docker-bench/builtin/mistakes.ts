import type { Json } from '../../../model/index.js'
import { readHistory } from './history.js'
import { flagAt, listAt, numberAt, textAt, textsAt } from './json.js'
import type { BenchImage } from './state.js'
import { hasOption } from './strict-confinement.js'
import { publishedPorts } from './strict-ports.js'
import { isLastUpdateUsed } from './updates.js'

/** The engine's records of what Docker Bench examined. */
export interface EngineRecords {
  /** GET /info. */
  readonly info: Json | null
  readonly image: BenchImage
  /** GET /containers/{id}/json of the container that was started; `null` if none was. */
  readonly container: Json | null
}

/** Host directories that Docker Bench looks for in 5.6. */
const SENSITIVE = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr']
const UNCONFINED = /^seccomp[=:]unconfined$/

/**
 * What shows that a stricter result of Docker Bench is a mistake: what misled it is there, and nothing that it
 * is right about. Images choose their history, the names of their processes and where their volumes are
 * mounted, so nothing is harmless just because of its name. If in doubt, it is not shown.
 */
export const MISTAKES = {
  isUpdateHarmless,
  isInAnotherWord: isInsideAnotherArgument,
  hasNoAppArmor: ({ info, container }) =>
    hasOption(info, 'apparmor') === false &&
    container !== null &&
    textAt(container, 'AppArmorProfile') === '',
  hasNoSelinux: ({ info, container }) => hasOption(info, 'selinux') === false && hasNoOption(container),
  // Without a security option, only the engine can have set the label.
  isLabelledByDefault: ({ container }) => hasNoOption(container) && textAt(container, 'ProcessLabel') !== '',
  isVolume: ({ container }) => isNonEmptyAndAll(atSensitive(container), isOfEngine),
  isReadOnly: ({ container }) =>
    mountsOf(container).some((mount) => flagAt(mount, 'RW')) &&
    isNonEmptyAndAll(atSensitive(container), (mount) => isOfEngine(mount) || !flagAt(mount, 'RW')),
  isUnprivilegedPort,
  hasCpuQuota: ({ container }) =>
    numberAt(container, 'HostConfig', 'CpuQuota') > 0 &&
    numberAt(container, 'HostConfig', 'CpuShares') === 0 &&
    numberAt(container, 'HostConfig', 'NanoCpus') === 0,
  isOverridden,
  isVolumeNamedSo: ({ container }) => isNonEmptyAndAll(namedAsSocket(container), isOfEngine),
} as const satisfies Readonly<Record<string, (records: EngineRecords) => boolean>>

/** 4.7: in the part of each line that Docker Bench sees, nothing updates the package lists in vain. */
function isUpdateHarmless({ image }: EngineRecords): boolean {
  const scripts = readHistory({ ...image, config: null })?.instructions ?? []
  // The engine lists the newest line first. Of each, 44 characters and the comment are printed.
  const records = scripts.filter((_, index) => {
    const line = image.history?.at(-1 - index)
    return `${textAt(line, 'CreatedBy').slice(0, 44)}\n${textAt(line, 'Comment')}`.includes('update')
  })
  return isNonEmptyAndAll(records, ({ text }) => !mayUpdate(text) || isLastUpdateUsed(text) === true)
}

/** False if no word is `update`, or if all words are plain and none is apt's: `git submodule update`. */
function mayUpdate(text: string): boolean {
  const isPlain = /^[\w\s./:=,@&;|<>#()~+-]*$/.test(text)
  return /(?<![\w./-])update(?![\w./-])/.test(text) && !(isPlain && !/\bapt/.test(text))
}

/** 4.9: ADD in this line is not an instruction, but part of another instruction's argument. */
function isInsideAnotherArgument({ image }: EngineRecords): boolean {
  const lines = (image.history ?? []).map((line) => textAt(line, 'CreatedBy'))
  const isReported = lines.slice(0, -1).some((text) => text.includes('ADD'))
  return isReported && !lines.some((text) => /^(.*#\(nop\))?\W*ADD\b/is.test(text))
}

function hasNoOption(container: Json | null): boolean {
  return container !== null && listAt(container, 'HostConfig', 'SecurityOpt').length === 0
}

function mountsOf(container: Json | null): readonly unknown[] {
  return listAt(container, 'Mounts')
}

/** Mounts that 5.6 may name, by their path on either side. */
function atSensitive(container: Json | null): readonly unknown[] {
  return mountsOf(container).filter((mount) =>
    ['Source', 'Destination'].some((side) => SENSITIVE.includes(textAt(mount, side))),
  )
}

/** Mounts that 5.32 names. */
function namedAsSocket(container: Json | null): readonly unknown[] {
  return mountsOf(container).filter((mount) => JSON.stringify(mount).includes('docker.sock'))
}

/** A volume of the engine's own: a bind mount may be a link to what its path does not name. */
function isOfEngine(mount: unknown): boolean {
  return (
    textAt(mount, 'Type') === 'volume' &&
    textAt(mount, 'Driver') === 'local' &&
    !SENSITIVE.includes(textAt(mount, 'Source'))
  )
}

/** 5.8: Docker Bench takes port 1024 for a privileged one. */
function isUnprivilegedPort({ container }: EngineRecords): boolean {
  const ports = publishedPorts(container).map(({ hostPort }) => Number(hostPort))
  return ports.includes(1024) && ports.every((port) => port >= 1024)
}

/** 5.22: a later seccomp option overrides `unconfined`, because the last one takes effect. */
function isOverridden({ container }: EngineRecords): boolean {
  const options = textsAt(container, 'HostConfig', 'SecurityOpt').filter((one) => /^seccomp[=:]/.test(one))
  return options.some((one) => UNCONFINED.test(one)) && !UNCONFINED.test(options.at(-1) ?? '')
}

/** True if something was found, and all of it is harmless. If nothing was found, the cause is another one. */
function isNonEmptyAndAll<T>(found: readonly T[], isHarmless: (one: T) => boolean): boolean {
  return found.length > 0 && found.every(isHarmless)
}
