import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Keys of gate.yml. */
export type GateKeys = Readonly<Record<string, unknown>>

/** The text of a gate.yml. */
export function gateYml(keys: GateKeys): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  return `version: 1\n${lines.join('')}`
}

/**
 * Makes a folder of policies, for the input `policies`: a gate.yml with these keys, and copies of other files, by
 * their names in it.
 * @returns the folder
 */
export function makePolicies(
  folder: string,
  keys: GateKeys,
  copies: Readonly<Record<string, string>> = {},
): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'gate.yml'), gateYml(keys))
  for (const [name, from] of Object.entries(copies)) {
    copyFileSync(from, join(folder, name))
  }
  return folder
}

const MARK = 'policies:'

interface Part {
  readonly keys?: GateKeys
  readonly files?: Readonly<Record<string, string>>
}

/** An argument for a run of the command in tests: keys of the gate.yml of that run. */
export function keys(of: GateKeys): string {
  return MARK + JSON.stringify({ keys: of })
}

/** The same for a whole file of its policies. An empty path: without it. */
export function policyFile(name: 'gate' | 'whitelist' | 'dictionary', path: string): string {
  return MARK + JSON.stringify({ files: { [name]: path } })
}

/** True if one of the arguments sets this key. */
export function setsKey(args: readonly string[], key: string): boolean {
  return args.some((one) => partOf(one)?.keys?.[key] !== undefined)
}

/**
 * The arguments as the command takes them: those of `keys` and `policyFile` become one folder of policies.
 * @param folder where it is made; paths are relative to it
 */
export function withPolicies(args: readonly string[], folder: string): readonly string[] {
  const parts = args.flatMap((one) => partOf(one) ?? [])
  const rest = args.filter((one) => partOf(one) === null)
  if (parts.length === 0) {
    return rest
  }
  const made = join(folder, 'policies-of-test')
  const { gate = '', ...files } = Object.assign({}, ...parts.map((one) => one.files)) as Record<
    string,
    string
  >
  const copies = Object.entries(files).filter(([, path]) => path !== '')
  const own = copies.map(([name, path]) => [`${name}.yml`, resolve(folder, path)] as const)
  const lines = gateYml(merged(parts.map((one) => one.keys ?? {})))
  makePolicies(made, {}, Object.fromEntries(own))
  const base =
    gate === '' || !existsSync(resolve(folder, gate)) ? '' : readFileSync(resolve(folder, gate), 'utf8')
  writeFileSync(join(made, 'gate.yml'), base === '' ? lines : `${base}\n${lines.replace('version: 1\n', '')}`)
  return [...rest, '--policies', made]
}

function partOf(arg: string): Part | null {
  return arg.startsWith(MARK) ? (JSON.parse(arg.slice(MARK.length)) as Part) : null
}

/** Parts of one key (`timeouts`) are merged too. */
function merged(all: readonly GateKeys[]): GateKeys {
  const isMapping = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return all.reduce<Record<string, unknown>>((so, more) => {
    for (const [key, value] of Object.entries(more)) {
      so[key] = isMapping(value) && isMapping(so[key]) ? Object.assign({}, so[key], value) : value
    }
    return so
  }, {})
}
