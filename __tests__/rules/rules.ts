import { join } from 'node:path'
import { type Import, ROOT, type Scanned } from './scan.js'

/**
 * The tree rules (docs/architecture.md) as functions: what was scanned in, errors in words out, none if all is
 * well.
 */
export type Files = ReadonlyMap<string, Scanned>

/** Packages that compute and touch nothing, or are types alone (`sarif`). Every other package, and all of Node, is impure. */
const PURE_PACKAGES = [
  ...['@noble/hashes', '@pandatix/js-cvss', '@renovatebot/pep440', 'diff'],
  'dockerfile-ast',
  ...['js-yaml', 'sarif', 'semver', 'zod'],
]
/** Modules of Node that touch nothing of the world but the clock. */
const HARMLESS = ['node:path', 'node:timers/promises']
// Loaded by name: the scripts are plain JavaScript, without types.
const { LIMITS } = (await import(join(ROOT, 'script/lib/limits.mjs'))) as {
  LIMITS: { readonly longestFile: number }
}
export const LONGEST_FILE = LIMITS.longestFile

export type Folder = keyof typeof MAY_IMPORT

/** What a folder of `src` may import from, itself aside. A check reaches its own folder only; io takes no policy. */
export const MAY_IMPORT = {
  start: ['action', 'cli'],
  action: ['gate', 'inputs', 'io', 'model', 'publish', 'reports'],
  cli: ['gate', 'inputs', 'io', 'model', 'policy', 'reports'],
  gate: [
    ...['checks', 'dockerfile', 'feeds', 'inputs', 'inventory', 'io', 'judge', 'model'],
    ...['policy', 'publish', 'reports', 'update'],
  ],
  inputs: ['checks', 'feeds', 'io', 'model', 'policy', 'publish', 'update'],
  checks: ['debian', 'feeds', 'inventory', 'io', 'model'],
  feeds: ['io', 'model'],
  update: ['debian', 'dockerfile', 'io', 'model'],
  publish: ['io', 'model', 'reports', 'update'],
  reports: ['judge', 'model', 'policy', 'update'],
  judge: ['debian', 'dockerfile', 'inventory', 'model', 'policy'],
  policy: ['model'],
  inventory: ['debian', 'dockerfile', 'model'],
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

export const PURE_FOLDERS: readonly Folder[] = [
  ...(['model', 'judge', 'policy', 'debian', 'inventory', 'dockerfile', 'reports'] as const),
]
/** They touch the world. */
const IMPURE_ALLOWED: readonly Folder[] = ['start', 'action', 'cli', 'io', 'feeds', 'update']

function folderOf(path: string): Folder | null {
  const [, folder = ''] = /^src\/([^/]+)\//.exec(path) ?? []
  return folder in MAY_IMPORT ? (folder as Folder) : null
}

/** Folder of a check, `src/checks/clair`; `src/checks` for the contract next to them. */
function checkOf(path: string): string {
  const parts = path.split('/')
  return parts.length > 3 ? parts.slice(0, 3).join('/') : 'src/checks'
}

export function strangers(files: Files): string[] {
  return [...files.keys()]
    .filter((path) => folderOf(path) === null)
    .map((path) => `${path}: in no folder that has a row in the rules`)
}

export function wrongDirections(files: Files): string[] {
  return edges(files).flatMap(({ path, target }) => {
    const [from, to] = [folderOf(path), folderOf(target)]
    if (from === null || to === null) {
      return []
    }
    const error = `${path} (${from}) imports ${target} (${to})`
    if (from !== to) {
      const allowed: readonly string[] = MAY_IMPORT[from]
      if (!allowed.includes(to)) {
        return [error]
      }
      // From outside, a check is what its index, its contract and its collect say.
      return to === 'checks' && checkOf(target) !== 'src/checks' && !isCollectPath(target) ? [error] : []
    }
    if (from !== 'checks') {
      return []
    }
    const [own, other] = [checkOf(path), checkOf(target)]
    return own === other || other === 'src/checks' || own === 'src/checks' ? [] : [error]
  })
}

/** Commands are run in one place (src/io/process/exec.ts): there whole groups are ended, and outputs bounded. */
export function commandsElsewhere(files: Files): string[] {
  return [...files.values()].flatMap(({ path, imports }) => {
    const errors = path.startsWith('src/io/process/') ? [] : imports.filter(isCommands)
    return errors.map(({ specifier }) => `${path} runs commands by itself: it imports ${specifier}`)
  })
}

function isCommands({ specifier }: Import): boolean {
  return /^(node:)?child_process$|^@actions\/exec(\/|$)/.test(specifier)
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
  const pure = new Set([...files.keys()].filter(isPureFolder))
  for (const path of pure) {
    for (const { target } of targets(files.get(path))) {
      pure.add(target)
    }
  }
  return [...pure].sort()
}

/** What a report does in a browser: no file of ours imports it, and tsconfig.browser.json compiles it. */
const BROWSER = 'src/reports/html/browser/'

function isPureFolder(path: string): boolean {
  const folder = folderOf(path)
  if (folder !== null && PURE_FOLDERS.includes(folder)) {
    return !path.startsWith(BROWSER)
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
export function impureImports(files: Files): string[] {
  return [...files.values()].flatMap((file) => {
    const folder = folderOf(file.path)
    if ((folder !== null && IMPURE_ALLOWED.includes(folder)) || isCollects(file.path, files, [])) {
      return []
    }
    // The story carries what io opens to the checks, and names files, but has no hands of its own.
    const story = folder === 'gate' || folder === 'inputs' || folder === 'publish'
    const mayUse = (one: Import) =>
      isCollect(one) || (story && (isIo(one) || HARMLESS.includes(one.specifier)))
    const errors = file.imports.filter((one) => isImpure(one) && !mayUse(one))
    return errors.map(({ specifier }) => `${file.path} is no door to the world and imports ${specifier}`)
  })
}

/** `collect.ts` of a check, or a file of its folder that only such files import; and what all of these share. */
function isCollects(path: string, files: Files, trail: readonly string[]): boolean {
  if (isCollectPath(path)) {
    return true
  }
  if (checkOf(path) === 'src/checks' || folderOf(path) !== 'checks' || trail.includes(path)) {
    return false
  }
  const importers = edges(files).filter(({ target, typeOnly }) => target === path && !typeOnly)
  return importers.length > 0 && importers.every((one) => isCollects(one.path, files, [...trail, path]))
}

/** What only opens the world: io, and the feeds on top of it. */
function isIo({ target }: Import): boolean {
  if (target === null || isPureFolder(target)) {
    return false
  }
  const folder = folderOf(target)
  return folder === 'io' || folder === 'feeds' || folder === 'update'
}

function isCollectPath(path: string): boolean {
  return /^src\/checks\/(collectors|collecting|[^/]+\/collect)\.ts$/.test(path)
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

/** What differs between the table of codes and the headings of docs/troubleshooting.md. */
export function undocumented(
  sections: readonly { readonly heading: string; readonly codes: readonly string[] }[],
  markdown: string,
): string[] {
  const codes = sections.flatMap(({ codes, heading }) => codes.map((code) => ({ code, section: heading })))
  let section = ''
  const headings = markdown.split('\n').flatMap((line) => {
    const [, marks = '', heading = ''] = /^(###?) (.+)$/.exec(line) ?? []
    if (marks === '##') {
      section = heading
    }
    return marks === '###' ? [{ heading, section }] : []
  })
  const isTwice = (all: readonly string[]) => all.filter((one, at) => all.indexOf(one) !== at)
  const listed = codes.map(({ code }) => code)
  const written = headings.map(({ heading }) => heading)
  return [
    ...listed.filter((code) => !written.includes(code)).map((code) => `${code}: no heading`),
    ...written.filter((heading) => !listed.includes(heading)).map((heading) => `${heading}: no such code`),
    ...isTwice(written).map((heading) => `${heading}: twice`),
    ...isTwice(listed).map((code) => `${code}: twice in the table`),
    ...codes.flatMap(({ code, section }) => {
      const other = headings.find((one) => one.heading === code)?.section ?? section
      return other === section ? [] : [`${code}: under "${other}", and in the table under "${section}"`]
    }),
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
