import { composeValue } from './compose-values.js'

type Mapping = Readonly<Record<string, unknown>>

const { list, mapping, text } = composeValue

/**
 * The volumes of a service, where one whose driver binds a directory of the host (`driver_opts: {o: bind, device:
 * /etc}`; Compose specification, "volumes top-level element") stands as the bind mount that it is.
 * @param declared the top-level `volumes` of the file
 */
export function volumesOf(value: unknown, declared: unknown): readonly unknown[] {
  const volumes = mapping(declared ?? {}, 'volumes')
  return list(value, 'volumes').map((item) => {
    const isLong = typeof item === 'object' && item !== null
    const [first = '', ...rest] = isLong ? [] : text(item, 'volumes').split(':')
    const name = isLong ? text((item as Mapping).source ?? '', 'volumes') : first
    const device = Object.hasOwn(volumes, name) ? deviceOf(volumes[name], name) : null
    if (device === null || (isLong && ((item as Mapping).type ?? 'volume') !== 'volume')) return item
    return isLong ? { ...(item as Mapping), type: 'bind', source: device } : [device, ...rest].join(':')
  })
}

/** The directory (or device) of the host that a volume stands for; `null` where the engine makes it, or another machine has it. */
function deviceOf(volume: unknown, name: string): string | null {
  if (volume === null || volume === undefined) return null
  const { driver_opts: options } = mapping(volume, `volumes.${name}`)
  if (options === null || options === undefined) return null
  const { device, o } = mapping(options, `volumes.${name}.driver_opts`)
  if (device === undefined) return null
  const path = text(device, `volumes.${name}.driver_opts.device`)
  if (path.startsWith('/')) return path
  const isBind = /(^|,)r?bind(,|$)/.test(text(o ?? '', `volumes.${name}.driver_opts.o`))
  return isBind ? relative(path) : null
}

/** A path of the machine in a place where names stand too: `data` is `./data`. */
export function relative(path: string): string {
  return /^[/.~]/.test(path) ? path : `./${path}`
}
