import { parseSync } from '@swc/core'

type Node = { readonly [key: string]: unknown; readonly type: string }
type Names = ReadonlySet<string>

/** A place where code takes a sentence apart, or decides by its text. */
export interface Reading {
  readonly line: number
  /** The sentence and what is done with it: `finding.why.startsWith`. */
  readonly code: string
}

/** Members with sentences for people. */
const SENTENCES: Names = new Set(['because', 'why', 'whyNoDbs', 'words', 'returnsWhen', 'notes', 'limits'])
/** Functions that make sentences out of values. */
const MADE_BY: Names = new Set(['becauseText', 'returnText', 'reasonText', 'sentence'])
/** Methods of a text that read what is in it. */
const READS: Names = new Set([
  ...['match', 'matchAll', 'search', 'split', 'replace', 'replaceAll', 'startsWith', 'endsWith'],
  ...['includes', 'indexOf', 'lastIndexOf', 'slice', 'substring', 'substr', 'charAt'],
])
/** Methods of a regular expression that do so with their argument. */
const READS_ARGUMENT: Names = new Set(['exec', 'test'])
/** Methods whose result is the same text, or a part of a list of texts. */
const KEEPS: Names = new Set([
  ...['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'join', 'concat', 'toString'],
  ...['at', 'filter', 'find', 'findLast', 'flat', 'toSorted', 'toReversed', 'pop', 'shift'],
])
/** Methods of a list that call a function with each of its members. */
const CALLS_EACH: Names = new Set([
  ...['map', 'flatMap', 'forEach', 'filter', 'find', 'findIndex', 'findLast', 'some', 'every'],
])
const COMPARES: Names = new Set(['===', '!==', '==', '!='])

/**
 * What a finding says is data; sentences are made of it last, for people. So nothing that judges, reports or publishes
 * reads a sentence to find out what it is about: another wording would change a verdict, or what a report shows.
 */
export const FOLDERS = [
  'src/reports/',
  'src/publish/',
  'src/judge/',
  'src/policy/baseline/',
  'src/policy/whitelist/',
]

/** By file, with the reason: all are about how a sentence is written down, not about what it says. */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'src/judge/tasks/bench-actions.ts': {
    'becauseText.replace': 'a sentence that another one follows ends with one full stop',
  },
  'src/reports/view/bench.ts': {
    'row.whyNoDbs.replace': 'the sentence is put into a list, which has no full stops',
    'whyNoDbs.replace': 'the sentence is put into a cell, which has no full stop',
    'why.includes':
      "a sentence that does not name Docker Bench gets its name as a heading; else it'd be there twice",
  },
}

/** The readings in these folders that are not excepted, as `path:line: code`. @param tree path → text */
export function parsedSentences(tree: ReadonlyMap<string, string>): string[] {
  const judging = [...tree].filter(([path]) => FOLDERS.some((folder) => path.startsWith(folder)))
  return judging.flatMap(([path, text]) =>
    sentenceReadings(text)
      .filter(({ code }) => EXCEPTIONS[path]?.[code] === undefined)
      .map(({ line, code }) => `${path}:${line}: ${code}`),
  )
}

/**
 * The readings of sentences in a TypeScript text, from its syntax tree. A sentence is a member or a variable of such a
 * name, an element of such a list, what a function makes of reasons, and a variable that is set to one of these.
 */
export function sentenceReadings(text: string): readonly Reading[] {
  const found: Reading[] = []
  const module = parseSync(text, { syntax: 'typescript', target: 'es2024' }) as unknown as Node & {
    readonly span: Span
  }
  // Positions go on from file to file, and count bytes. Comments before the first statement are not in its span.
  const bytes = Buffer.from(text)
  const start = module.span.end - bytes.length
  const lineOf = (node: Node) => {
    const { start: at } = node.span as Span
    return bytes
      .subarray(0, Math.max(at - start, 0))
      .toString()
      .split('\n').length
  }

  const visit = (node: Node, names: Names): void => {
    const code = readingOf(node, names)
    if (code !== null) {
      found.push({ line: lineOf(node), code })
    }
    const own = new Set([...names, ...namesIn(node, names)])
    for (const child of childrenOf(node)) {
      visit(child, own)
      for (const name of declaredBy(child, own)) {
        own.add(name)
      }
    }
  }
  visit(module, new Set())
  return found
}

type Span = { readonly start: number; readonly end: number }

/** What this node does with a sentence. */
function readingOf(node: Node, names: Names): string | null {
  const isSentence = (one: unknown) => sentenceIn(one, names) !== null
  if (node.type === 'CallExpression') {
    const method = methodOf(node)
    const [first] = argumentsOf(node)
    if (method === null) {
      return null
    }
    if (READS.has(method.name) && isSentence(method.object)) {
      return `${sentenceIn(method.object, names)}.${method.name}`
    }
    return READS_ARGUMENT.has(method.name) && isSentence(first)
      ? `${method.name}(${sentenceIn(first, names)})`
      : null
  }
  if (node.type === 'BinaryExpression' && COMPARES.has(String(node.operator))) {
    const [one, other] = [node.left, node.right]
    const compared = isText(one) ? other : isText(other) ? one : null
    return isSentence(compared) ? `${sentenceIn(compared, names)} ${node.operator}` : null
  }
  if (node.type === 'SwitchStatement' && isSentence(node.discriminant)) {
    return `switch (${sentenceIn(node.discriminant, names)})`
  }
  return null
}

/** How a sentence is written, if the expression is one. */
function sentenceIn(value: unknown, names: Names): string | null {
  const node = value as Node | null | undefined
  switch (node?.type) {
    case 'Identifier': {
      const name = String(node.value)
      return SENTENCES.has(name) || names.has(name) ? name : null
    }
    case 'MemberExpression': {
      const { property, object } = node as unknown as { readonly property: Node; readonly object: Node }
      const name = property.type === 'Computed' ? literalOf(property.expression) : property.value
      if (typeof name === 'string' && SENTENCES.has(name)) {
        const of = nameOf(object)
        return of === null ? name : `${of}.${name}`
      }
      return property.type === 'Computed' ? sentenceIn(object, names) : null
    }
    case 'OptionalChainingExpression':
      return sentenceIn(node.base, names)
    case 'CallExpression': {
      const callee = nameOf(node.callee)
      if (callee !== null && MADE_BY.has(callee)) {
        return callee
      }
      const method = methodOf(node)
      return method !== null && KEEPS.has(method.name) ? sentenceIn(method.object, names) : null
    }
    case 'ParenthesisExpression':
    case 'TsNonNullExpression':
    case 'TsAsExpression':
      return sentenceIn(node.expression, names)
    case 'BinaryExpression':
      return ['??', '||', '&&', '+'].includes(String(node.operator))
        ? (sentenceIn(node.left, names) ?? sentenceIn(node.right, names))
        : null
    case 'ConditionalExpression':
      return sentenceIn(node.consequent, names) ?? sentenceIn(node.alternate, names)
    case 'TemplateLiteral':
      return first((node.expressions as unknown[]).map((one) => sentenceIn(one, names)))
    default:
      return null
  }
}

/** Names that a loop over sentences and a call with each of them bind, for what is inside. */
function namesIn(node: Node, names: Names): readonly string[] {
  if (node.type === 'ForOfStatement' && sentenceIn(node.right, names) !== null) {
    const [declared] = ((node.left as Node).declarations ?? []) as Node[]
    return identifier(declared?.id)
  }
  if (node.type !== 'CallExpression') {
    return []
  }
  const method = methodOf(node)
  const [callback] = argumentsOf(node) as Node[]
  if (method === null || !CALLS_EACH.has(method.name) || sentenceIn(method.object, names) === null) {
    return []
  }
  const [parameter] = (callback?.params ?? []) as Node[]
  return identifier(parameter?.type === 'Parameter' ? parameter.pat : parameter)
}

/** Variables that are set to a sentence, and other names for members of a pattern. */
function declaredBy(node: Node, names: Names): readonly string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return (node.declarations as Node[]).flatMap((one) => [
        ...(sentenceIn(one.init, names) === null ? [] : identifier(one.id)),
        ...renamedIn(one.id),
      ])
    case 'Parameter':
      return renamedIn(node.pat)
    default:
      return renamedIn(node)
  }
}

function renamedIn(pattern: unknown): readonly string[] {
  const node = pattern as Node | null | undefined
  if (node?.type !== 'ObjectPattern') {
    return []
  }
  return (node.properties as Node[]).flatMap(({ type, key, value }) => {
    const isSentence = type === 'KeyValuePatternProperty' && SENTENCES.has(nameOf(key) ?? '')
    const target = value as Node | null | undefined
    return isSentence ? identifier(target?.type === 'AssignmentPattern' ? target.left : target) : []
  })
}

function methodOf(call: Node): { readonly object: Node; readonly name: string } | null {
  const callee = call.callee as Node
  const member = (callee.type === 'OptionalChainingExpression' ? callee.base : callee) as Node
  const property = member.property as Node | undefined
  return member.type === 'MemberExpression' && property?.type === 'Identifier'
    ? { object: member.object as Node, name: String(property.value) }
    : null
}

function argumentsOf(call: Node): readonly unknown[] {
  return ((call.arguments ?? []) as { readonly expression: unknown }[]).map(({ expression }) => expression)
}

/** A text that is not empty: comparing with an empty one only asks whether there is a sentence. */
function isText(value: unknown): boolean {
  const node = value as Node | null | undefined
  return node?.type === 'TemplateLiteral' || Boolean(literalOf(node))
}

function literalOf(value: unknown): string | null {
  const node = value as Node | null | undefined
  return node?.type === 'StringLiteral' ? String(node.value) : null
}

function nameOf(value: unknown): string | null {
  const node = value as Node | null | undefined
  return node?.type === 'Identifier' ? String(node.value) : null
}

function identifier(value: unknown): readonly string[] {
  const name = nameOf(value)
  return name === null ? [] : [name]
}

function first<T>(values: readonly (T | null)[]): T | null {
  return values.find((one) => one !== null) ?? null
}

/** In the order of the text, so that a variable is known where it is used. */
function childrenOf(value: object): readonly Node[] {
  return Object.values(value).flatMap((inner: unknown) => {
    if (inner === null || typeof inner !== 'object') {
      return []
    }
    // Lists, and wrappers without a type of their own, such as an argument's { spread, expression }.
    return typeof (inner as Node).type === 'string' ? [inner as Node] : childrenOf(inner)
  })
}
