import { type BenchFinding, type ImageVerdict, isPlainBinding, recordCommand } from '../../model/index.js'
import { NEWEST_BUILTIN } from '../../policy/dictionary/default.js'

/** What lines for the run options depend on, apart from the results that they settle. */
export type KnownOfRun = Pick<ImageVerdict, 'hasDictionary' | 'changedRunFiles'>

/** What a result about published ports contributes to the lines that settle it. */
export type PortResult = Pick<BenchFinding, 'id' | 'bindings'> & Partial<Pick<BenchFinding, 'builtin'>>

const PUBLISHED = '5.9'
const ON_ALL_ADDRESSES = '5.14'
/** Rule 5.8 refuses ports below. */
const FIRST_UNPRIVILEGED = 1024

export function isOfPorts({ id }: PortResult): boolean {
  return id === PUBLISHED || id === ON_ALL_ADDRESSES
}

export function isSettledByBinding(result: PortResult): boolean {
  return result.id === ON_ALL_ADDRESSES || expectedBinding(result) !== null
}

/**
 * Which binding to use. Contains nothing from outside except ports.
 * @param results all that the same lines settle: 5.9 and 5.14 ask for another binding of the same port, so one answer
 */
export function bindingText({ bindings = [] }: PortResult, results: readonly PortResult[]): string {
  const expected = results.map(expectedBinding).find((one) => one !== null)
  if (expected !== undefined) {
    const own = ownBinding(expected, results)
    return own === null
      ? `publish only ${expected}; another port needs an entry: ${recordCommand('IMAGE')}`
      : `publish only ${expected}, or ${own} with an entry for its port: ${recordCommand('IMAGE')}`
  }
  const plain = bindings.filter(isPlainBinding)
  const shown = plain.length === 0 ? '127.0.0.1:8080:8080, for example' : plain.join(', ')
  return `give the address: ${shown}`
}

/** The only binding that the built-in dictionary expects, if one port is published. */
function expectedBinding({ id, bindings = [] }: PortResult): string | null {
  const [binding, ...more] = id === PUBLISHED ? bindings : []
  return binding !== undefined && more.length === 0 && isPlainBinding(binding) ? binding : null
}

/** The binding with the host port that is published now; `null` if there are several, or another rule refuses it. */
function ownBinding(expected: string, results: readonly PortResult[]): string | null {
  const [port = '', ...more] = results.filter(({ id }) => id === PUBLISHED).flatMap(portsOf)
  const own = expected.replace(/:\d+(?=:\d+(?:\/\w+)?$)/, `:${port}`)
  return more.length === 0 && Number(port) >= FIRST_UNPRIVILEGED && own !== expected ? own : null
}

/** As comments: what to do with a service that other machines must reach. None if its ports are not on all addresses. */
export function openPortLines(results: readonly PortResult[], { hasDictionary }: KnownOfRun): string[] {
  if (!results.some(({ id }) => id === ON_ALL_ADDRESSES)) {
    return []
  }
  const ports = results.filter(({ id }) => id === PUBLISHED).flatMap(portsOf)
  const entries = [
    ...(ports.length === 0
      ? []
      : entryLines(PUBLISHED, [
          'items:',
          `  subset_of: [${ports.map((port) => `"${port}"`).join(', ')}]`,
          '  compare: port',
        ])),
    ...entryLines(ON_ALL_ADDRESSES, []),
  ]
  return [
    '# if other machines must reach the service, do one of these',
    "#   publish it on the address of one interface: that interface's address instead of 127.0.0.1",
    '#   keep 127.0.0.1, and let a reverse proxy on this machine serve the others',
    ...dictionaryLines(entries, hasDictionary !== false).map((line) => `#   ${line}`),
  ]
}

/** Where there is no file yet, the lines are a whole one: a file without its first keys is refused. */
function dictionaryLines(entries: readonly string[], hasFile: boolean): string[] {
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`)
  return hasFile
    ? [
        'keep all addresses, with these lines below "checks:" in policies/dictionary.yml',
        ...indented(entries),
      ]
    : [
        'keep all addresses, with these lines as the new file policies/dictionary.yml',
        ...indented([`extends: builtin/${NEWEST_BUILTIN}`, 'version: 1', 'checks:', ...indented(entries)]),
      ]
}

function entryLines(id: string, items: readonly string[]): string[] {
  const keys = ['expect: [WARN]', ...items, 'reason: why it is published so', 'owner: who answers for it']
  return [`"${id}":`, ...[...keys, 'expires: YYYY-MM-DD'].map((key) => `  ${key}`)]
}

/** Host ports; they are from outside, so only numbers. */
function portsOf({ builtin }: PortResult): string[] {
  const ports = (builtin?.items ?? []).map((item) => item.slice(item.lastIndexOf(':') + 1))
  return [...new Set(ports)].filter((port) => /^\d{1,5}$/.test(port))
}
