// src → dist. Run: node script/build.mjs [--check [--package FILE]] [--partial]
//   --check    build in memory, compare with dist, say what differs, exit 1 if anything does
//   --package  compare also with the dist in this package (script/pack.mjs), which has only what the command loads; what
//              differs goes to stdout
//   --partial  leave out entries that are not written yet
// GitHub runs what is committed, and anyone must be able to compare it with src and to review what changed: names and line
// breaks stay (stack traces of users can be read), a chunk has the name of what is in it and no hash (a hash would rename most
// chunks with each change), comments go, and what few runs need is loaded lazily. A new esbuild changes the bytes, so it
// gets a commit of its own.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'acorn'
import { build } from 'esbuild'
import { licences } from './licences.mjs'
import { packedNames } from './pack.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
/** File of dist, without its `.js` → its source. */
const ENTRIES = {
  action: 'src/start/action.ts',
  post: 'src/action/post.ts',
  cli: 'src/start/cli.ts',
  'release-lines': 'src/action/release-lines.ts',
  'publish-fork': 'src/action/publish-fork.ts',
}
const EXECUTABLE = 'cli.js'
/** Node's own modules, with and without `node:`. */
const OF_NODE = new RegExp(`^(node:)?(${builtinModules.join('|')})$`)
// `tunnel` (of @actions/http-client) is CommonJS and calls require() at run time.
const BANNER =
  "import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);"

/**
 * What costs CPU time at every start, and hardly any run needs. For an `import` of one of its own modules, Node makes an
 * object with each of its exports, and reads them: for some it loads modules that nobody asked for, web streams or its
 * own copy of undici. The bundle takes only the names that it uses.
 */
const LAZY = {
  name: 'lazy modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: OF_NODE }, ({ path, kind, importer }) =>
      kind === 'import-statement' && !AS_THEY_ARE.some((part) => importer.includes(part))
        ? { path: path.replace(/^node:/, ''), namespace: 'of-node', sideEffects: false }
        : undefined,
    )
    onLoad({ filter: /./, namespace: 'of-node' }, ({ path }) => ({ contents: moduleOfNode(path) }))
  },
}

/**
 * Large parts of libraries that no run reaches; one that did would fail. undici is there for a `fetch` behind a proxy,
 * and octokit's plugins for methods by name: src/io/github/client.ts has its own `fetch`, and names routes. Azure's client
 * computes CRC64 only if that is asked for, and signs no addresses: GitHub's cache gives signed ones.
 */
const UNREACHED = [
  {
    importer: /@actions\/(?:http-client|github)\//,
    path: /^undici$/,
    contents: 'exports.ProxyAgent = class {}; exports.fetch = unreached',
  },
  {
    importer: /@actions\/github\//,
    path: /^@octokit\/plugin-/,
    contents: 'exports.restEndpointMethods = exports.paginateRest = () => ({})',
  },
  { importer: /@azure\/storage-common\//, path: /^\.\/crc64\.js$/, contents: 'module.exports = unreached' },
  {
    importer: /@azure\/storage-blob\//,
    path: /^\.\/sas\/BlobSASSignatureValues\.js$/,
    contents:
      'exports.generateBlobSASQueryParameters = exports.generateBlobSASQueryParametersInternal = unreached',
  },
  // Answers of SQL queries about a blob.
  {
    importer: /@azure\/storage-blob\//,
    path: /^\.\/BlobQueryResponse\.js$/,
    contents: 'exports.BlobQueryResponse = unreached',
  },
  // Of the types of the Language Server Protocol, dockerfile-ast makes positions and ranges only.
  {
    importer: /dockerfile-ast\//,
    path: /^vscode-languageserver-types$/,
    contents: `
      exports.Position = { create: (line, character) => ({ line, character }) }
      exports.Range = {
        create: (a, b, c, d) =>
          typeof a === 'number'
            ? { start: { line: a, character: b }, end: { line: c, character: d } }
            : { start: a, end: b },
      }`,
  },
]

const LEFT_OUT = {
  name: 'unreached modules',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(UNREACHED.map(({ path }) => path.source).join('|'))
    onResolve({ filter }, ({ path, importer }) => {
      const one = UNREACHED.find((each) => each.importer.test(importer) && each.path.test(path))
      return one === undefined ? undefined : { path, namespace: 'unreached', pluginData: one.contents }
    })
    onLoad({ filter: /./, namespace: 'unreached' }, ({ path, pluginData }) => ({
      contents: `function unreached() { throw new Error('the bundle has no ${path}') }\n${pluginData}`,
    }))
  },
}

/**
 * Importers whose imports stay. The start runs before it is known which Node this is, and older ones have no
 * getBuiltinModule; openpgp, which few runs load, passes the whole module on, so that each name would be read.
 */
const AS_THEY_ARE = ['/src/start/', '/node_modules/openpgp/']

/** @actions/http-client passes these on whole, too: as CommonJS modules, their names are read when they are used. */
const WHOLE = ['http', 'https']

/** The text of a module with the exports of one of Node's own; of an ES module, esbuild keeps those that are used. */
function moduleOfNode(name) {
  const builtin = `/* @__PURE__ */ process.getBuiltinModule('node:${name}')`
  if (WHOLE.includes(name)) {
    return `module.exports = ${builtin}`
  }
  const keys = Object.keys(process.getBuiltinModule(name)).filter((key) => /^[a-zA-Z]\w*$/.test(key))
  return [
    `const builtin = ${builtin}`,
    'const read = (key) => builtin[key]',
    ...keys.map((key) => `const of_${key} = /* @__PURE__ */ read('${key}')`),
    `export { builtin as default, ${keys.map((key) => `of_${key} as ${key}`).join(', ')} }`,
  ].join('\n')
}

/** File name → { contents, executable } for everything in dist. The same bytes on each run. */
export async function bundle(root = ROOT, { partial = false } = {}) {
  const existing = Object.entries(ENTRIES).filter(([, path]) => existsSync(join(root, path)))
  const missing = Object.values(ENTRIES).filter((path) => !existsSync(join(root, path)))
  if (missing.length > 0 && (!partial || existing.length === 0)) {
    throw new Error(`no ${missing.join(', ')} (--partial builds what is there)`)
  }
  const result = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(existing),
    outdir: 'dist',
    bundle: true,
    splitting: true,
    plugins: [LAZY, LEFT_OUT],
    // Of a package that ships both, the ES modules: of CommonJS nothing can be left out.
    mainFields: ['module', 'main'],
    // The licences are in licenses.txt.
    legalComments: 'none',
    charset: 'utf8',
    // Shorter statements; names and lines stay.
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: BANNER },
    // The same names wherever node_modules is, even if it is a link.
    preserveSymlinks: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  if (result.warnings.length > 0) {
    throw new Error(result.warnings.map((w) => w.text).join('\n'))
  }
  const names = stableNames(result.metafile)
  const files = new Map()
  for (const { path, text } of result.outputFiles) {
    const name = renamed(path.slice(join(root, 'dist/').length), names)
    const contents = withoutComments(renamed(text, names))
    files.set(name, {
      contents: name === EXECUTABLE ? withShebang(contents) : contents,
      executable: name === EXECUTABLE,
    })
  }
  files.set('licenses.txt', { contents: licences(result.metafile, root), executable: false })
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Without comments, which are those of libraries: esbuild drops them only if it also minifies white space, and line breaks
 * have to stay for stack traces.
 */
export function withoutComments(text) {
  const comments = []
  parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true, onComment: comments })
  let shorter = ''
  let at = 0
  for (const { start, end } of comments) {
    const lineStart = text.lastIndexOf('\n', start) + 1
    const isAlone =
      text.slice(lineStart, start).trim() === '' && /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 80))
    shorter += text.slice(at, isAlone ? Math.max(at, lineStart) : start)
    at = isAlone ? text.indexOf('\n', end) + 1 || text.length : end
    // A comment between two tokens separates them, and a line break in it ends a statement.
    shorter += isAlone ? '' : text.slice(start, end).includes('\n') ? '\n' : ' '
  }
  return shorter + text.slice(at)
}

/**
 * Name that esbuild gave a chunk, with a hash of its content → a stable name: the lazily loaded file or the largest
 * one in it. Otherwise each change of one line would rename, and so rewrite, every chunk that leads to it.
 */
export function stableNames({ outputs }) {
  const names = new Map()
  const taken = new Set()
  const chunks = Object.entries(outputs)
    .filter(([path]) => HASHED.test(path))
    .map(([path, { entryPoint, inputs }]) => ({ path, entryPoint, inputs: Object.entries(inputs) }))
    .map(({ path, entryPoint, inputs }) => ({ path, source: entryPoint ?? largest(inputs) }))
    .sort((a, b) => (a.source < b.source ? -1 : 1))
  for (const { path, source } of chunks) {
    const slug = `chunk-${slugOf(source)}`
    let name = slug
    for (let count = 2; taken.has(name); count++) {
      name = `${slug}-${count}`
    }
    taken.add(name)
    names.set(path.replace(/^dist\//, ''), `${name}.js`)
  }
  return names
}

const HASHED = /-[0-9A-Z]{8}\.js$/

function largest(inputs) {
  const [first] = inputs.toSorted(
    ([a, { bytesInOutput: x }], [b, { bytesInOutput: y }]) => y - x || (a < b ? -1 : 1),
  )
  return first?.[0] ?? 'empty'
}

/** `node_modules/@actions/cache/lib/cache.js` → `actions-cache-lib-cache`. */
function slugOf(source) {
  return source
    .replace(/^.*node_modules\//, '')
    .replace(/^src\//, '')
    .replace(/\.[a-z]+$/, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
}

function renamed(text, names) {
  return text.replaceAll(/[\w-]+-[0-9A-Z]{8}\.js/g, (name) => names.get(name) ?? name)
}

function withShebang(text) {
  return text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`
}

/** The differences between `files` and the directory `dist`, one line each. */
export function differences(files, dist) {
  const lines = []
  const existing = existsSync(dist) ? readdirSync(dist, { recursive: true }).map(String) : []
  for (const name of existing) {
    if (!files.has(name) && statSync(join(dist, name)).isFile()) {
      lines.push(`${name}: in dist, not built`)
    }
  }
  for (const [name, { contents, executable }] of files) {
    if (!existing.includes(name)) {
      lines.push(`${name}: built, not in dist`)
      continue
    }
    const old = readFileSync(join(dist, name), 'utf8')
    if (old !== contents) {
      lines.push(`${name}:${firstDifference(old, contents)}`)
    }
    if (executable && (statSync(join(dist, name)).mode & 0o111) === 0) {
      lines.push(`${name}: not executable`)
    }
  }
  return lines.sort()
}

/** `<line>: "old" is "new"` of the first line that differs, each cut at 80 characters. */
function firstDifference(old, now) {
  const [a, b] = [old.split('\n'), now.split('\n')]
  const at = a.findIndex((line, index) => line !== b[index])
  const line = at === -1 ? a.length : at
  const cut = (text) => (text === undefined ? 'nothing' : JSON.stringify(text.slice(0, 80)))
  return `${line + 1}: ${cut(a[line])} in dist, ${cut(b[line])} built`
}

/** Makes `dist` contain exactly `files`: chunks are renamed now and then, so old ones must go. */
function write(files, dist) {
  rmSync(dist, { recursive: true, force: true })
  for (const [name, { contents, executable }] of files) {
    mkdirSync(dirname(join(dist, name)), { recursive: true })
    writeFileSync(join(dist, name), contents)
    chmodSync(join(dist, name), executable ? 0o755 : 0o644)
  }
}

/** As `differences`, for a package; what it should have is computed from `files`, not from the package. */
function differencesOfPackage(files, path) {
  if (!existsSync(path)) {
    return [`there is no ${basename(path)} in ${dirname(path)}`]
  }
  const names = packedNames((name) => files.get(name).contents)
  const wanted = new Map(names.map((name) => [name, files.get(name)]))
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-package-'))
  try {
    execFileSync('tar', ['-xzf', path, '-C', folder])
    return differences(wanted, join(folder, 'package/dist'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function main() {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, package: { type: 'string' }, partial: { type: 'boolean' } },
  })
  const files = await bundle(ROOT, values)
  const dist = join(ROOT, 'dist')
  if (values.check) {
    const lines = differences(files, dist)
    const ofPackage = values.package === undefined ? [] : differencesOfPackage(files, values.package)
    for (const line of lines) {
      console.error(line)
    }
    if (lines.length > 0) {
      console.error('dist is not what src builds to: run `npm run build` and commit it')
    }
    for (const line of ofPackage) {
      console.log(line)
    }
    process.exitCode = lines.length + ofPackage.length > 0 ? 1 : 0
    return
  }
  write(files, dist)
  for (const [name, { contents }] of files) {
    console.log(`${name}  ${Math.ceil(contents.length / 1024)} KiB`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
