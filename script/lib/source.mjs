// What script/structure.mjs needs to know about a source file, from its syntax tree: comments and strings do not
// count.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Path from the root of the repository (`src/gate/gate.ts`) → text, of the TypeScript files of `folder`. */
export function sourceTree(root = ROOT, folder = 'src') {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  const paths = names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`)
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** Path → the result of `scan`, and `uses`: its targets, with the files that it uses instead of an index. */
export function scanTree(tree) {
  const checks = checkIds(tree)
  const files = new Map([...tree].map(([path, text]) => [path, scan(path, text, tree, checks)]))
  return new Map([...files].map(([path, file]) => [path, { ...file, uses: usesOf(file, files) }]))
}

/** A check's folder has its id as its name. */
function checkIds(tree) {
  return new Set([...tree.keys()].flatMap((path) => /^src\/checks\/([^/]+)\//.exec(path)?.[1] ?? []))
}

/** Folder → the file through which the rest of `src` imports it: it re-exports all files, and declares nothing. */
export const INDEXES = { 'src/model/': 'src/model/index.ts' }

/** Imports from outside that bypass a folder's index, and imports of the index from inside, as "from → to". */
export function indexBypasses(all) {
  return Object.entries(INDEXES).flatMap(([folder, index]) =>
    all.flatMap(({ path, targets }) => {
      const isWrong = (target) =>
        path.startsWith(folder) ? target === index : target.startsWith(folder) && target !== index
      return [...targets].filter(isWrong).map((target) => `${path} → ${target}`)
    }),
  )
}

/** An index uses nothing itself; whoever imports names from it uses the files that declare them. */
function usesOf({ path, targets, names }, files) {
  const indexes = Object.entries(INDEXES)
  if (indexes.some(([, index]) => index === path)) {
    return new Set()
  }
  const [folder, index] = indexes.find(([, one]) => targets.has(one)) ?? []
  const declaring = [...files.values()].filter(
    (file) => folder && file.path.startsWith(folder) && file.exports.some(({ name }) => names.has(name)),
  )
  return new Set([...targets].filter((one) => one !== index).concat(declaring.map((file) => file.path)))
}

export function linesOf(text) {
  return text.trimEnd().split('\n').length
}

/**
 * `targets`: our own files that it imports, types included. `exports`: `{name, kind}` of what is declared here;
 * `kind` is `type`, `function` or `value`. `names`: what it imports by name. `checkLiterals` and `factsReads`:
 * the numbers of their lines. `functions`: `{line, lines}` of each that has statements.
 */
function scan(path, text, tree, checks) {
  const found = {
    targets: new Set(),
    names: new Set(),
    exports: [],
    checkLiterals: [],
    factsReads: [],
    functions: [],
  }
  // The added statement makes the tree begin at the first byte of the text, so that positions are correct.
  const module = parseSync(`;${text}`, { syntax: 'typescript', target: 'es2024' })
  const bytes = Buffer.from(text)
  const lineAt = (position) =>
    bytes
      .subarray(0, position - module.span.start - 1)
      .toString('latin1')
      .split('\n').length
  const lineOf = ({ span }) => lineAt(span.start)
  const visit = (node) => {
    const target = targetOf(path, importOf(node), tree)
    if (target !== null) {
      found.targets.add(target)
    }
    if (node.type === 'ImportSpecifier') {
      found.names.add((node.imported ?? node.local).value)
    }
    if (node.type === 'StringLiteral' && checks.has(node.value)) {
      found.checkLiterals.push(lineOf(node))
    }
    if (
      node.span !== undefined &&
      /^(?:Block|Function)/.test((node.body ?? node.function?.body)?.type ?? '')
    ) {
      const line = lineOf(node)
      found.functions.push({ line, lines: lineAt(node.span.end) - line + 1 })
    }
    for (const read of factsReads(node)) {
      found.factsReads.push(lineOf(read.span ? read : node))
    }
    for (const child of children(node)) {
      visit(child)
    }
  }
  visit(module)
  found.exports = exportsOf(module)
  return { path, lines: linesOf(text), codeLines: codeLines(text), ...found }
}

/** Lines that are neither blank nor comment. A line with code and a comment counts as code. */
export function codeLines(text) {
  let inside = false
  return text.split('\n').filter((line) => {
    const prose = line.trim()
    const comment = inside || /^(\/\/|\/\*)/.test(prose)
    if (inside || prose.startsWith('/*')) {
      inside = !prose.includes('*/')
    }
    return prose !== '' && !comment
  }).length
}

function importOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source?.value
    case 'TsImportType':
      return node.argument.value
    case 'CallExpression':
      return node.callee.type === 'Import' ? node.arguments[0]?.expression.value : undefined
    default:
      return undefined
  }
}

function targetOf(from, specifier, tree) {
  if (typeof specifier !== 'string' || !specifier.startsWith('.')) {
    return null
  }
  const path = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
  return tree.has(path) ? path : null
}

function memberOf({ property }) {
  return property.type === 'Computed' ? property.expression.value : property.value
}

/** The part of `node` itself that reads `facts`: a member, or a name of a pattern. */
function factsReads(node) {
  if (node.type === 'MemberExpression') {
    return memberOf(node) === 'facts' ? [node] : []
  }
  if (node.type !== 'ObjectPattern') {
    return []
  }
  return node.properties.map(({ key }) => key).filter((key) => key?.value === 'facts')
}

/** What a file declares and exports, without re-exports. */
function exportsOf({ body }) {
  const declared = new Map(body.flatMap(declarationsOf).map((one) => [one.name, one]))
  return body.flatMap((item) => {
    if (item.type === 'ExportDeclaration') {
      return declarationsOf(item.declaration)
    }
    if (item.type !== 'ExportNamedDeclaration' || item.source) {
      return []
    }
    return item.specifiers.flatMap(({ orig, exported }) => {
      const one = declared.get(orig?.value)
      return one ? [{ ...one, name: exported?.value ?? one.name }] : []
    })
  })
}

function declarationsOf(item) {
  switch (item.type) {
    case 'TsInterfaceDeclaration':
    case 'TsTypeAliasDeclaration':
    case 'TsEnumDeclaration':
      return [{ name: item.id.value, kind: 'type' }]
    case 'ClassDeclaration':
      return [{ name: item.identifier.value, kind: 'type' }]
    case 'FunctionDeclaration':
      return [{ name: item.identifier.value, kind: 'function' }]
    case 'VariableDeclaration':
      return item.declarations.flatMap(({ id, init }) =>
        id.type === 'Identifier' ? [{ name: id.value, kind: isFunction(init) ? 'function' : 'value' }] : [],
      )
    default:
      return []
  }
}

function isFunction(init) {
  return init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression'
}

function children(node) {
  const deep = (value) => {
    if (Array.isArray(value)) {
      return value.flatMap(deep)
    }
    if (typeof value?.type === 'string') {
      return [value]
    }
    // Wrappers without a type of their own, such as an argument's { spread, expression }.
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap(deep) : []
  }
  return Object.values(node).flatMap(deep)
}
