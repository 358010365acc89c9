// The structure of src and of the tests in numbers: one line per measure, and below it what violates it. Then the size of the whole.
// Run: node script/structure.mjs (a step of `npm run check`; exit 1 if a measure is over its limit)
// What each means: docs/architecture.md. Limits: script/lib/limits.mjs.
import { pathToFileURL } from 'node:url'
import { parsedSentences } from '../__tests__/rules/sentences.ts'
import { LIMITS, LONG_LINES, SPILL_LINES } from './lib/limits.mjs'
import { indexBypasses, linesOf, scanTree, sourceTree } from './lib/source.mjs'
import { totals } from './lib/totals.mjs'

/**
 * Small files with a single importer that are right as they are, with the reason. An entry that no longer applies is
 * an error.
 */
export const SPILL_FILES = {
  'src/checks/docker-bench/dbs/state.ts': 'what the engine holds, apart from the container that asks',
  'src/checks/security-updates/archive/openpgp.ts': 'a lazy chunk, with the used part of a large library',
  'src/debian/package-support.ts': 'how Debian’s lists are read, beside the rows that a script writes',
  'src/feeds/formats/kev.ts': 'one format, one file, as its neighbours',
  'src/feeds/formats/osv/versions/bitnami.ts': 'one order of versions, one file, as its neighbours',
  'src/feeds/formats/osv/versions/packagist.ts': 'one order of versions, one file, as its neighbours',
  'src/io/engine/waiter.ts': 'the program that only waits, written by script/make-waiter.mjs',
  'src/io/github/save-cache.ts': 'a lazy chunk, with the used part of a large library',
}

/** Members of contracts: names that several folders export, since a caller picks the folder, not the name. */
export const CONTRACT_NAMES = {
  interpret: 'of each check',
}

/** These list files of one kind, one file each (recipes of CONTRIBUTING.md): a small one is no spill file. */
const REGISTRIES = ['src/checks/collectors.ts', 'src/checks/index.ts', 'src/reports/index.ts']

/** All measures of `tree` (path → text): `{name, value, limit, errors, ok}`. */
export function measures(tree, { spillFiles = SPILL_FILES, contractNames = CONTRACT_NAMES } = {}) {
  const files = scanTree(tree)
  const all = [...files.values()]
  const arrows = arrowsOf(all)
  return [
    counted('loose files in src', LIMITS.looseFiles, all.map(({ path }) => path).filter(isLoose)),
    fullestFolder(all),
    longest('largest file', all, LIMITS.longestFile),
    ...longFunctions(all),
    counted('sentences parsed', LIMITS.parsedSentences, parsedSentences(tree)),
    ...storyOf(files.get('src/gate/decide.ts')),
    spillFilesOf(all, spillFiles),
    importsPerFile(all),
    counted('imports that bypass an index', LIMITS.indexBypasses, indexBypasses(all)),
    counted('import cycles', LIMITS.cycles, cyclesOf(files)),
    counted('arrows between folders', LIMITS.arrows, arrows),
    counted('folders that import each other', LIMITS.mutualPairs, mutual(arrows)),
    sharedNames(all, contractNames),
    counted(
      'literals of check ids outside checks',
      LIMITS.checkLiterals,
      placesOf(all.filter(outsideChecks), 'checkLiterals'),
    ),
    counted(
      'reads of facts elsewhere',
      LIMITS.factsReads,
      placesOf(
        all.filter(({ path }) => !mayReadFacts(path)),
        'factsReads',
      ),
    ),
  ]
}

/** The measures of a tree of tests (path → text). */
export function testMeasures(tree) {
  const all = [...tree].map(([path, text]) => ({ path, lines: linesOf(text) }))
  return [longest('largest test file', all, LIMITS.longestTestFile)]
}

/** A measure that counts `errors`. */
function counted(name, limit, errors) {
  return { name, value: errors.length, limit, errors, ok: errors.length <= limit }
}

function isLoose(path) {
  return /^src\/[^/]+$/.test(path)
}

/** The folder with the most files directly in it: one with more holds several subjects. */
function fullestFolder(all) {
  const folders = Map.groupBy(all, ({ path }) => path.slice(0, path.lastIndexOf('/')))
  const counts = [...folders].map(([folder, { length }]) => ({ folder, length }))
  const [fullest] = counts.toSorted((a, b) => b.length - a.length)
  const limit = LIMITS.filesInFolder
  const full = counts.filter(({ length }) => length > limit)
  return {
    name: `files in one folder${fullest ? ` (${fullest.folder})` : ''}`,
    value: fullest?.length ?? 0,
    limit,
    errors: full.map(({ folder, length }) => `${folder}: ${length} files`),
    ok: full.length === 0,
  }
}

/** How many of our own files a file imports, types included; the errors are the files with the most. */
function importsPerFile(all) {
  const counts = all.map(({ path, targets }) => ({ path, size: targets.size }))
  const mean = counts.reduce((sum, { size }) => sum + size, 0) / Math.max(1, counts.length)
  const value = Math.round(mean * 100) / 100
  const most = counts.toSorted((a, b) => b.size - a.size).slice(0, 5)
  return {
    name: 'imports of own files per file',
    value,
    limit: LIMITS.importsPerFile,
    errors: most.map(({ path, size }) => `${path}: ${size} imports`),
    ok: value <= LIMITS.importsPerFile,
  }
}

function longest(name, all, limit) {
  const [first] = all.toSorted((a, b) => b.lines - a.lines)
  const long = all.filter(({ lines }) => lines > limit)
  return {
    name: `${name}${first ? ` (${first.path})` : ''}`,
    value: first?.lines ?? 0,
    limit,
    errors: long.map(({ path, lines }) => `${path}: ${lines} lines`),
    ok: long.length === 0,
  }
}

/** The file that tells the whole path from evidence to verdict stays short, and leaves the work to others. */
function storyOf(file) {
  const imports = [...(file?.targets ?? [])]
  const ok = (file?.lines ?? 0) <= LIMITS.decideLines
  const value = file?.lines ?? 0
  return [
    { name: 'lines of decide.ts', value, limit: LIMITS.decideLines, errors: [`${value} lines`], ok },
    counted('imports of decide.ts', LIMITS.decideImports, imports),
  ]
}

function longFunctions(all) {
  const long = all
    .flatMap(({ path, functions }) => functions.map(({ line, lines }) => ({ at: `${path}:${line}`, lines })))
    .filter(({ lines }) => lines > LONG_LINES)
    .sort((a, b) => b.lines - a.lines)
  const places = long.map(({ at, lines }) => `${at}: ${lines} lines`)
  const most = long[0]?.lines ?? 0
  const limit = LIMITS.longestFunction
  return [
    counted(`functions over ${LONG_LINES} lines`, LIMITS.longFunctions, places),
    { name: 'lines of the longest', value: most, limit, errors: places.slice(0, 1), ok: most <= limit },
  ]
}

/**
 * Small files with a single importer, except the entries, which nobody imports. One without a reason in the list is
 * an error however few there are, and so is a list entry that no longer applies.
 */
function spillFilesOf(all, reasons) {
  const spills = all
    .filter(({ codeLines }) => codeLines <= SPILL_LINES)
    .map((file) => ({ ...file, importers: all.filter(({ uses }) => uses.has(file.path)) }))
    .filter(({ importers }) => importers.length === 1 && !REGISTRIES.includes(importers[0].path))
  const measure = counted(
    'spill files',
    LIMITS.spillFiles,
    spills.map(
      ({ path, codeLines, importers }) =>
        `${path}: ${codeLines} lines, only for ${importers[0].path}: ${reasons[path] ?? 'no reason is listed'}`,
    ),
  )
  const idle = Object.keys(reasons)
    .filter((path) => !spills.some((spill) => spill.path === path))
    .map((path) => `${path}: listed in script/structure.mjs, and no spill file`)
  const unlisted = spills.some(({ path }) => !Object.hasOwn(reasons, path))
  return {
    ...measure,
    errors: [...measure.errors, ...idle],
    ok: measure.ok && !unlisted && idle.length === 0,
    always: true,
  }
}

/** Each cycle once: the files from one back to itself. */
function cyclesOf(files) {
  const found = []
  const done = new Set()
  const walk = (path, trail) => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    }
    if (done.has(path) || trail.includes(path)) {
      return
    }
    for (const target of files.get(path).targets) {
      walk(target, [...trail, path])
    }
    done.add(path)
  }
  for (const path of files.keys()) {
    walk(path, [])
  }
  return found
}

function folderOf(path) {
  return isLoose(path) ? 'src' : path.split('/')[1]
}

/** "gate → io", each once, in order. */
function arrowsOf(all) {
  const pairs = all.flatMap(({ path, targets }) =>
    [...targets].map((target) => `${folderOf(path)} → ${folderOf(target)}`),
  )
  return [...new Set(pairs)].filter((pair) => new Set(pair.split(' → ')).size === 2).sort()
}

function mutual(arrows) {
  return arrows
    .map((arrow) => arrow.split(' → '))
    .filter(([from, to]) => from < to && arrows.includes(`${to} → ${from}`))
    .map(([from, to]) => `${from} ↔ ${to}`)
}

/**
 * Types that share a name, and functions that do. A type and a function may share one: the function then makes the
 * type. A listed member of a contract that no two folders export is an error as well: the list would hide a later
 * clash.
 */
function sharedNames(all, contractNames) {
  const where = new Map()
  for (const { path, exports } of all) {
    for (const { name, kind } of exports) {
      if (kind !== 'value') {
        where.set(`${kind} ${name}`, [...(where.get(`${kind} ${name}`) ?? []), path])
      }
    }
  }
  const twice = [...where]
    .map(([name, paths]) => [name, [...new Set(paths)]])
    .filter(([, paths]) => paths.length > 1)
  const isContract = ([key]) => Object.hasOwn(contractNames, key.split(' ')[1])
  const shared = twice.filter((one) => !isContract(one)).sort()
  const names = twice.map(([key]) => key.split(' ')[1])
  const idle = Object.keys(contractNames).filter((name) => !names.includes(name))
  const measure = counted(
    'exported names used twice',
    LIMITS.sharedNames,
    shared.map(([key, paths]) => `${key}: ${paths.join(', ')}`),
  )
  const idleErrors = idle.map((name) => `${name}: listed as a member of a contract, and exported only once`)
  return { ...measure, errors: [...measure.errors, ...idleErrors], ok: measure.ok && idle.length === 0 }
}

function outsideChecks({ path }) {
  return !path.startsWith('src/checks/')
}

/** A check reads the facts that it wrote, and reports show them. The files directly in src/checks may not read them. */
function mayReadFacts(path) {
  return /^src\/(reports\/|checks\/[^/]+\/)/.test(path)
}

function placesOf(all, key) {
  return all.flatMap((file) => file[key].map((line) => `${file.path}:${line}`))
}

/** The measures in words: the errors below each failed one, and always the spill files with their reasons. */
export function asLines(list) {
  return list.flatMap(({ name, value, limit, errors, ok, always }) => [
    [
      name.padEnd(57),
      String(value).padStart(7),
      limit === null ? '' : `${`≤ ${limit}`.padStart(9)}  ${ok ? 'ok' : 'FAILED'}`,
    ]
      .join(' ')
      .trimEnd(),
    ...(ok && !always ? [] : errors).map((error) => `    ${error}`),
  ])
}

function main() {
  const tree = sourceTree()
  const found = [...measures(tree), ...testMeasures(sourceTree(undefined, '__tests__')), ...totals(tree)]
  console.log(asLines(found).join('\n'))
  if (found.some(({ ok }) => !ok)) {
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main()
}
