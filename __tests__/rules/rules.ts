import type { Import, Scanned } from './scan.js'

/**
 * The house rules (docs/architecture.md) as functions: what was scanned in, faults in words out, none if all is
 * well.
 */
export type Files = ReadonlyMap<string, Scanned>

/** Packages that compute and touch nothing. Every other package, and all of Node, is impure. */
const PURE_PACKAGES = [
  '@cyclonedx/cyclonedx-library',
  'diff',
  'dockerfile-ast',
  'js-yaml',
  'zod',
  'd3-scale',
  'd3-shape',
]
/** Modules of Node that touch nothing of the world but the clock. */
const HARMLESS = ['node:path', 'node:timers/promises']
/** The one place that says it; docs and script/structure.mjs name this rule. */
export const LONGEST_FILE = 300

type Room = keyof typeof MAY_IMPORT

/** What a folder of `src` may import from, itself aside. A check reaches its own folder only; io takes no policy. */
const MAY_IMPORT = {
  start: ['action', 'cli'],
  action: ['feeds', 'gate', 'inputs', 'io', 'judge', 'model', 'publish', 'reports', 'update'],
  cli: ['gate', 'inputs', 'io', 'model', 'policy', 'reports'],
  gate: [
    ...['checks', 'debian', 'dockerfile', 'feeds', 'inputs', 'inventory', 'io', 'judge', 'model', 'policy'],
    ...['reports', 'update'],
  ],
  inputs: ['checks', 'debian', 'feeds', 'io', 'model', 'policy', 'publish', 'update'],
  checks: ['debian', 'dockerfile', 'feeds', 'inventory', 'io', 'model'],
  feeds: ['debian', 'io', 'model'],
  update: ['debian', 'dockerfile', 'io', 'judge', 'model'],
  publish: ['io', 'model', 'reports', 'update'],
  reports: ['feeds', 'judge', 'model', 'policy', 'update'],
  judge: ['debian', 'dockerfile', 'feeds', 'model', 'policy'],
  policy: ['model'],
  inventory: ['debian', 'model'],
  debian: ['model'],
  dockerfile: ['model'],
  io: ['model'],
  model: [],
} as const satisfies Record<string, readonly string[]>

/** What is pure of folders that are not pure as a whole. */
const PURE_PARTS = {
  feeds: 'src/feeds/formats/',
  update: 'src/update/plan/',
} as const

const PURE_ROOMS: readonly Room[] = [
  ...(['model', 'judge', 'policy', 'debian', 'inventory', 'dockerfile', 'reports'] as const),
]
/** They touch the world. */
const DOORS: readonly Room[] = ['start', 'action', 'cli', 'io', 'feeds', 'update']

function roomOf(path: string): Room | null {
  const [, room = ''] = /^src\/([^/]+)\//.exec(path) ?? []
  return room in MAY_IMPORT ? (room as Room) : null
}

/** Folder of a check, `src/checks/clair`; `src/checks` for the contract beside them. */
function checkOf(path: string): string {
  const parts = path.split('/')
  return parts.length > 3 ? parts.slice(0, 3).join('/') : 'src/checks'
}

export function strangers(files: Files): string[] {
  return [...files.keys()]
    .filter((path) => roomOf(path) === null)
    .map((path) => `${path}: in no folder that has a row in the rules`)
}

export function wrongDirections(files: Files): string[] {
  return edges(files).flatMap(({ path, target }) => {
    const [from, to] = [roomOf(path), roomOf(target)]
    if (from === null || to === null) {
      return []
    }
    const fault = `${path} (${from}) imports ${target} (${to})`
    if (from !== to) {
      const allowed: readonly string[] = MAY_IMPORT[from]
      if (!allowed.includes(to)) {
        return [fault]
      }
      // From outside, a check is what its index, its contract and its collect say.
      return to === 'checks' && checkOf(target) !== 'src/checks' && !isCollectPath(target) ? [fault] : []
    }
    if (from !== 'checks') {
      return []
    }
    const [own, other] = [checkOf(path), checkOf(target)]
    return own === other || other === 'src/checks' || own === 'src/checks' ? [] : [fault]
  })
}

/** Each cycle of imports once, types included. */
export function cycles(files: Files): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    }
    if (done.has(path) || trail.includes(path)) {
      return
    }
    for (const { target } of targets(files.get(path))) {
      walk(target, [...trail, path])
    }
    done.add(path)
  }
  for (const path of files.keys()) {
    walk(path, [])
  }
  return found
}

/** The files that must be pure: the pure rooms, and all that they import. */
export function pureFiles(files: Files): string[] {
  const pure = new Set([...files.keys()].filter(isPureRoom))
  for (const path of pure) {
    for (const { target } of targets(files.get(path))) {
      pure.add(target)
    }
  }
  return [...pure].sort()
}

function isPureRoom(path: string): boolean {
  const room = roomOf(path)
  if (room !== null && PURE_ROOMS.includes(room)) {
    return true
  }
  if (Object.values(PURE_PARTS).some((folder) => path.startsWith(folder))) {
    return true
  }
  // The pure half of the story: what `replay` runs.
  if (path === 'src/gate/decide.ts') {
    return true
  }
  return /^src\/checks\/(check|index|[^/]+\/interpret)\.ts$/.test(path)
}

/** Impure imports, and uses of clock, chance and locale, in files that must be pure. */
export function impurities(files: Files): string[] {
  return pureFiles(files).flatMap((path) => {
    const file = files.get(path)
    if (!file) {
      return []
    }
    const imports = file.imports.filter((one) => isImpure(one))
    return [
      ...imports.map(({ specifier }) => `${path} must be pure and imports ${specifier}`),
      ...file.ambient.map((use) => `${path} must be pure and uses ${use}`),
    ]
  })
}

/** Files that touch the world and are no door: not an entry, not io or a feed, not the update, not a collect with its own helpers. */
export function wrongDoors(files: Files): string[] {
  return [...files.values()].flatMap((file) => {
    const room = roomOf(file.path)
    if ((room !== null && DOORS.includes(room)) || isCollects(file.path, files, [])) {
      return []
    }
    // The story carries what io opens to the checks, and names files, but has no hands of its own.
    const story = room === 'gate' || room === 'inputs' || room === 'publish'
    const mayUse = (one: Import) =>
      isCollect(one) || (story && (isIo(one) || HARMLESS.includes(one.specifier)))
    const faults = file.imports.filter((one) => isImpure(one) && !mayUse(one))
    return faults.map(({ specifier }) => `${file.path} is no door to the world and imports ${specifier}`)
  })
}

/** `collect.ts` of a check, or a file of its folder that only such files import. */
function isCollects(path: string, files: Files, trail: readonly string[]): boolean {
  if (checkOf(path) === 'src/checks' || roomOf(path) !== 'checks' || trail.includes(path)) {
    return false
  }
  if (isCollectPath(path)) {
    return true
  }
  const importers = edges(files).filter(({ target, typeOnly }) => target === path && !typeOnly)
  return importers.length > 0 && importers.every((one) => isCollects(one.path, files, [...trail, path]))
}

/** What only opens the world: io, and the feeds on top of it. */
function isIo({ target }: Import): boolean {
  if (target === null || isPureRoom(target)) {
    return false
  }
  const room = roomOf(target)
  return room === 'io' || room === 'feeds' || room === 'update'
}

function isCollectPath(path: string): boolean {
  return /^src\/checks\/[^/]+\/collect\.ts$/.test(path)
}

function isCollect({ target }: Import): boolean {
  return target !== null && isCollectPath(target)
}

function isImpure(one: Import): boolean {
  const { specifier, target } = one
  if (target !== null) {
    return isIo(one) || isCollect(one)
  }
  if (specifier.endsWith('.json')) {
    return false
  }
  return !PURE_PACKAGES.some((name) => specifier === name || specifier.startsWith(`${name}/`))
}

export function tooLong(files: Files): string[] {
  const long = [...files.values()].filter(({ lines }) => lines > LONGEST_FILE)
  return long.map(({ path, lines }) => `${path}: ${lines} lines, ${LONGEST_FILE} at most`)
}

/** Pure files that the compiler is not told to hold pure, and files it holds that need not be. */
export function uncovered(files: Files, compiled: readonly string[]): string[] {
  const pure = pureFiles(files)
  return [
    ...pure
      .filter((path) => !compiled.includes(path))
      .map((path) => `${path}: pure, not in tsconfig.pure.json`),
    ...compiled
      .filter((path) => !pure.includes(path))
      .map((path) => `${path}: in tsconfig.pure.json, not pure`),
  ]
}

/** Codes of all Problems that the code can make, and places where a code cannot be told from the text. */
export function problemCodes(files: Files): { codes: string[]; faults: string[] } {
  const codes = new Set<string>()
  const faults: string[] = []
  for (const file of files.values()) {
    const unclear = `${file.path}: a Problem whose code is neither a literal nor a parameter`
    for (const code of file.codes) {
      code === null ? faults.push(unclear) : codes.add(code)
    }
    for (const { name, args } of file.calls) {
      const index = coderIn(file, files, name)
      if (index === undefined) {
        continue
      }
      const words = args[index] ?? null
      if (words === null) {
        faults.push(`${file.path}: ${name}() is given a code that is not a literal`)
      }
      for (const word of words ?? []) {
        codes.add(word)
      }
    }
  }
  return { codes: [...codes].sort(), faults }
}

/** Which argument of `name` is a code: a function of this file, or of one that it imports. */
function coderIn(file: Scanned, files: Files, name: string): number | undefined {
  const makers = [file, ...targets(file).flatMap(({ target }) => files.get(target) ?? [])]
  return makers.find(({ coders }) => coders.has(name))?.coders.get(name)
}

/** What differs between the codes and the headings of docs/troubleshooting.md. */
export function undocumented(codes: readonly string[], markdown: string): string[] {
  const headings = [...markdown.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading ?? '')
  return [
    ...codes.filter((code) => !headings.includes(code)).map((code) => `${code}: no heading`),
    ...headings.filter((heading) => !codes.includes(heading)).map((heading) => `${heading}: no such code`),
    ...headings
      .filter((heading, at) => headings.indexOf(heading) !== at)
      .map((heading) => `${heading}: twice`),
  ]
}

type Edge = Import & { readonly path: string; readonly target: string }

function targets(file: Scanned | undefined): Edge[] {
  if (!file) {
    return []
  }
  return file.imports.flatMap(({ target, ...one }) =>
    target === null ? [] : [{ ...one, path: file.path, target }],
  )
}

function edges(files: Files): Edge[] {
  return [...files.values()].flatMap(targets)
}
