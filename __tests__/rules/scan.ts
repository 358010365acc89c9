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
  /** Literal `code` of each Problem that is made here; `null` for one that is neither literal nor a parameter. */
  readonly codes: readonly (string | null)[]
  /** Functions that make a Problem with their parameter `code`: name → index of that parameter. */
  readonly coders: ReadonlyMap<string, number>
  /** Calls of named functions: the literal words each argument can be, `null` for anything else. */
  readonly calls: readonly { readonly name: string; readonly args: readonly (readonly string[] | null)[] }[]
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
  const found = {
    imports: [] as Import[],
    ambient: [] as string[],
    codes: [] as (string | null)[],
    coders: new Map<string, number>(),
    calls: [] as { name: string; args: (readonly string[] | null)[] }[],
  }
  const visit = (node: Node, around: readonly Node[]): void => {
    const imported = importOf(node)
    if (imported) {
      found.imports.push({ ...imported, target: resolve(path, imported.specifier, tree) })
    }
    found.ambient.push(...ambientOf(node))
    if (node.type === 'CallExpression' && at(node, 'callee', 'type') === 'Identifier') {
      const args = (node.arguments as { expression: Node }[]).map(({ expression }) => words(expression))
      found.calls.push({ name: String(at(node, 'callee', 'value')), args })
    }
    const code = codeOf(node)
    if (code !== undefined) {
      const maker = code === 'parameter' ? coderAround(around) : null
      if (maker) {
        found.coders.set(maker.name, maker.index)
      } else {
        found.codes.push(...(code === 'parameter' ? [null] : code))
      }
    }
    for (const child of children(node)) {
      visit(child, [node, ...around])
    }
  }
  visit(parseSync(text, { syntax: 'typescript', target: 'es2024' }) as unknown as Node, [])
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

/** Of an object literal that is a Problem: the words its `code` can be, or `parameter`. */
function codeOf(node: Node): readonly string[] | 'parameter' | undefined {
  if (node.type !== 'ObjectExpression') {
    return undefined
  }
  const properties = node.properties as Node[]
  const named = (key: string) => properties.find((one) => (at(one, 'key', 'value') ?? one.value) === key)
  const code = named('code')
  if (!code || !named('what') || !named('todo')) {
    return undefined
  }
  if (code.type !== 'KeyValueProperty') {
    return 'parameter'
  }
  const value = code.value as Node
  // A copy of another Problem (`problem.code`), or the schema of one (`z.string()`).
  if (value.type === 'MemberExpression' || value.type === 'CallExpression') {
    return undefined
  }
  return words(value) ?? 'parameter'
}

/** The function around a Problem that has `code` as a parameter. */
function coderAround(around: readonly Node[]): { name: string; index: number } | null {
  for (const [depth, node] of around.entries()) {
    const params = (node.params ?? []) as Node[]
    const index = params.findIndex((one) => (at(one, 'pat', 'value') ?? one.value) === 'code')
    const name = at(node, 'identifier', 'value') ?? at(around[depth + 1], 'id', 'value')
    if (index !== -1 && typeof name === 'string') {
      return { name, index }
    }
  }
  return null
}

function words(expression: Node): readonly string[] | null {
  if (expression.type === 'StringLiteral') {
    return [String(expression.value)]
  }
  if (expression.type !== 'ConditionalExpression') {
    return null
  }
  const [one, other] = [words(expression.consequent as Node), words(expression.alternate as Node)]
  return one && other ? [...one, ...other] : null
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value)
}

function children(node: Node): Node[] {
  const isNode = (value: unknown): value is Node => typeof at(value, 'type') === 'string'
  const deep = (value: unknown): Node[] => {
    if (Array.isArray(value)) {
      return value.flatMap(deep)
    }
    if (isNode(value)) {
      return [value]
    }
    // Wrappers without a type of their own, such as an argument's { spread, expression }.
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap(deep) : []
  }
  return Object.values(node).flatMap(deep)
}
