import { parseSync } from '@swc/core'

type Node = { readonly [key: string]: unknown; readonly type: string }

/** The parts of a name, in lower case: it is split at capitals, digits before capitals, `_`, `-`, `.` and `$`. */
export function partsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[ _\-.$]+/)
    .map((part) => part.toLowerCase())
    .filter((part) => part !== '')
}

/** The first word of the list that is a part of the name; `null` if none is. */
export function bannedIn(name: string, banned: ReadonlySet<string>): string | null {
  return partsOf(name).find((part) => banned.has(part)) ?? null
}

/**
 * The names that a file declares: variables, parameters, functions, types, type parameters, classes, members of types and
 * classes, and names that an import gives. A key of an object literal and the short form of a pattern (`{ a }`) only
 * repeat the name of a member.
 */
export function declaredNames(text: string, isTypeScript: boolean): readonly string[] {
  const names: string[] = []
  const visit = (node: Node): void => {
    names.push(...namesOf(node))
    forEachChild(node, visit)
  }
  visit(
    parseSync(text, {
      syntax: isTypeScript ? 'typescript' : 'ecmascript',
      target: 'es2024',
    }) as unknown as Node,
  )
  return names
}

/** What a pattern binds is found in the pattern; a variable, a parameter and a function have it as a child. */
function namesOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return bound(node.id)
    case 'Parameter':
      return bound(node.pat)
    case 'ArrowFunctionExpression':
      return (node.params as unknown[]).flatMap(bound)
    case 'CatchClause':
      return bound(node.param)
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return text(node.identifier)
    case 'TsInterfaceDeclaration':
    case 'TsTypeAliasDeclaration':
    case 'TsEnumDeclaration':
      return text(node.id)
    case 'TsTypeParameter':
      return text(node.name)
    case 'TsPropertySignature':
    case 'TsMethodSignature':
    case 'ClassProperty':
    case 'ClassMethod':
      return [...text(node.key), ...((node.params as unknown[] | undefined) ?? []).flatMap(bound)]
    case 'TsFunctionType':
      return (node.params as unknown[]).flatMap(bound)
    case 'ImportSpecifier':
      return node.imported ? text(node.local) : []
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return text(node.local)
    default:
      return []
  }
}

/** The names in a pattern but those of its short form. */
function bound(pattern: unknown): readonly string[] {
  const node = pattern as Node | null | undefined
  switch (node?.type) {
    case 'Identifier':
      return text(node)
    case 'ArrayPattern':
      return (node.elements as unknown[]).flatMap(bound)
    case 'AssignmentPattern':
      return bound(node.left)
    case 'RestElement':
      return bound(node.argument)
    case 'ObjectPattern':
      return (node.properties as Node[]).flatMap((one) =>
        one.type === 'KeyValuePatternProperty'
          ? bound(one.value)
          : one.type === 'RestElement'
            ? bound(one)
            : [],
      )
    default:
      return []
  }
}

function text(node: unknown): readonly string[] {
  const { type, value } = (node ?? {}) as { readonly type?: string; readonly value?: unknown }
  return type === 'Identifier' && typeof value === 'string' ? [value] : []
}

function forEachChild(node: Node, visit: (child: Node) => void): void {
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      const child = one?.expression !== undefined && one.type === undefined ? one.expression : one
      if (typeof child === 'object' && child !== null) {
        if (typeof child.type === 'string') {
          visit(child)
        } else {
          forEachChild({ type: '', ...child }, visit)
        }
      }
    }
  }
}
