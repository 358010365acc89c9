import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'

/** Path from the root of the repository (`src/gate/gate.ts`) → text. */
export type Tree = ReadonlyMap<string, string>

export interface Import {
  /** As written. */
  readonly specifier: string
  /** Path of one of our files, or `null` where it is a package, a Node module, or a file outside the tree. */
  readonly target: string | null
  readonly typeOnly: boolean
}

/** What the rules want to know of a file; from its syntax tree, so comments and strings do not count. */
export interface Scanned {
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  /** Uses of the clock, of chance, and of the machine's locale, such as `Date.now`. */
  readonly ambient: readonly string[]
}

type Node = { readonly [key: string]: unknown; readonly type: string }

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** The TypeScript files of `src`, as they are on disk. */
export function sourceTree(): Tree {
  const names = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  const paths = names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`)
  return new Map(paths.sort().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]))
}

export function scanTree(tree: Tree): ReadonlyMap<string, Scanned> {
  return new Map([...tree].map(([path, text]) => [path, scan(path, text, tree)]))
}

function scan(path: string, text: string, tree: Tree): Scanned {
  const found = { imports: [] as Import[], ambient: [] as string[] }
  const visit = (node: Node): void => {
    const imported = importOf(node)
    if (imported) {
      found.imports.push({ ...imported, target: resolve(path, imported.specifier, tree) })
    }
    found.ambient.push(...ambientOf(node))
    forEachChild(node, visit)
  }
  visit(parseSync(text, { syntax: 'typescript', target: 'es2024' }) as unknown as Node)
  return { path, lines: text.trimEnd().split('\n').length, ...found }
}

function importOf(node: Node): { specifier: string; typeOnly: boolean } | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration': {
      const specifier = at(node, 'source', 'value')
      if (typeof specifier !== 'string') {
        return null
      }
      const names = (node.specifiers ?? []) as { isTypeOnly?: boolean }[]
      const allTypes = names.length > 0 && names.every((name) => name.isTypeOnly === true)
      return { specifier, typeOnly: node.typeOnly === true || allTypes }
    }
    case 'TsImportType':
      return { specifier: String(at(node, 'argument', 'value')), typeOnly: true }
    case 'TsExternalModuleReference':
      return { specifier: String(at(node, 'expression', 'value')), typeOnly: false }
    case 'CallExpression': {
      const name = at(node, 'callee', 'type') === 'Import' ? 'import' : at(node, 'callee', 'value')
      if (name !== 'import' && name !== 'require') {
        return null
      }
      const from = at(node, 'arguments', '0', 'expression')
      const literal = at(from, 'type') === 'StringLiteral'
      return { specifier: literal ? String(at(from, 'value')) : '(an expression)', typeOnly: false }
    }
    default:
      return null
  }
}

function resolve(from: string, specifier: string, tree: Tree): string | null {
  if (!specifier.startsWith('.')) {
    return null
  }
  const path = join(dirname(from), specifier).replace(/\.js$/, '.ts')
  return tree.has(path) ? path : null
}

function ambientOf(node: Node): string[] {
  const callee = at(node, 'callee', 'value')
  const noArguments = ((node.arguments ?? []) as unknown[]).length === 0
  if (node.type === 'NewExpression' && callee === 'Date' && noArguments) {
    return ['new Date()']
  }
  if (node.type === 'CallExpression' && callee === 'Date') {
    return ['Date()']
  }
  if (node.type !== 'MemberExpression') {
    return []
  }
  const [object, property] = [at(node, 'object', 'value'), String(at(node, 'property', 'value'))]
  const name = `${object}.${property}`
  if (['Date.now', 'Math.random', 'performance.now', 'Temporal.Now'].includes(name)) {
    return [name]
  }
  // The order and form of words differ with the machine's locale: the same evidence, another report.
  return /^(localeCompare|toLocale\w+)$/.test(property) ? [property] : []
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value)
}

function forEachChild(value: object, visit: (node: Node) => void): void {
  for (const inner of Object.values(value) as unknown[]) {
    if (inner === null || typeof inner !== 'object') {
      continue
    }
    if (typeof (inner as { type?: unknown }).type === 'string') {
      visit(inner as Node)
    } else {
      // Lists, and wrappers without a type of their own, such as an argument's { spread, expression }.
      forEachChild(inner, visit)
    }
  }
}
