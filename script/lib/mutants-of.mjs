// The small changes that script/mutants.mjs makes to a source file: one function for each kind of node.
import { parseSync } from '@swc/core'

const TURNED = { '===': '!==', '!==': '===' }
const SHIFTED = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
const SWAPPED = { '&&': '||', '||': '&&' }

/** For a type of node, the changes to it: `[kind, from, to, text]`; `from` and `to` are nodes' spans or positions. */
const CHANGES = {
  IfStatement: negated,
  WhileStatement: negated,
  ConditionalExpression: negated,
  BinaryExpression: (node, { textOf }) => {
    const { left, right, operator } = node
    const [l, r] = [textOf(left), textOf(right)]
    const changed = (kind, by) => [kind, ...at(node), `(${l} ${by} ${r})`]
    if (operator === '??') {
      return [l, r].map((side) => ['nullish', ...at(node), `(${side})`])
    }
    return [
      ...(operator in TURNED ? [changed('negate', TURNED[operator])] : []),
      ...(operator in SHIFTED ? [changed('bound', SHIFTED[operator])] : []),
      ...(operator in SWAPPED ? [changed('and-or', SWAPPED[operator])] : []),
    ]
  },
  OptionalChainingExpression: ({ optional, base, span }, { cut }) => {
    const from = endOf(base.object ?? base.callee)
    const dot = base.property && base.property.type !== 'Computed' ? '.' : ''
    return optional ? [['optional', from, span.end, cut(from, span.end).replace('?.', dot)]] : []
  },
  ReturnStatement: (node) => (node.argument ? [['return', ...at(node), ';']] : []),
  ThrowStatement: (node) => [['throw', ...at(node), ';']],
  CallExpression: (node) =>
    node.callee.property?.value === 'filter'
      ? [['filter', endOf(node.callee.object), node.span.end, '']]
      : [],
  ArrayExpression: ({ elements }) =>
    elements.map((one, i) => {
      const [before, after] = [elements[i - 1], elements[i + 1]]
      const from = after || !before ? startOf(one) : endOf(before.expression)
      return ['element', from, after ? startOf(after) : endOf(one.expression), '']
    }),
  NumericLiteral: (node) =>
    [node.value + 1, node.value - 1].filter((n) => n >= 0).map((n) => ['number', ...at(node), `${n}`]),
  BooleanLiteral: (node) => [['boolean', ...at(node), `${!node.value}`]],
  StringLiteral: (node) => [['text', ...at(node), node.value === '' ? "'changed'" : "''"]],
  TemplateLiteral: (node) => [['text', ...at(node), "''"]],
}

function negated({ test }, { textOf }) {
  // An equality test has a mutant with the opposite operator already.
  return test.operator in TURNED ? [] : [['negate', ...at(test), `!(${textOf(test)})`]]
}

const at = ({ span }) => [span.start, span.end]
const endOf = ({ span }) => span.end
const startOf = ({ spread, expression }) => (spread ?? expression.span).start

/** Parts of a node that are types, names of members or of modules, not code that runs. */
function isSkipped(node, part) {
  if (node.type.startsWith('Ts')) {
    return part !== 'expression'
  }
  return (
    ['source', 'typeAnnotation', 'returnType', 'typeParams', 'typeArguments'].includes(part) ||
    (part === 'key' && node.key?.type !== 'Computed')
  )
}

/**
 * All mutants of a file: `{path, kind, start, line, change, mutated}`. `change` is the line with the changed part as
 * `⟦before → after⟧`, and a number if the file has several of these: it still names the mutant when lines have moved.
 */
export function mutantsOf(path, source) {
  // The added statement makes the tree begin at the first byte of the text, so that positions are correct.
  const module = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2024' })
  const bytes = Buffer.from(source)
  const first = module.span.start + 1
  const cut = (from, to) => bytes.subarray(from - first, to - first).toString()
  const [begin, end] = [first, first + bytes.length]
  const mutants = []
  const add = (kind, from, to, text) => {
    const [before, original, after] = [cut(begin, from), cut(from, to), cut(to, end)]
    const around = [before.split('\n').at(-1), after.split('\n')[0]]
    const change = `${around[0]}⟦${original} → ${text}⟧${around[1]}`.replace(/\s+/g, ' ').trim()
    const same = mutants.filter((one) => one.change.replace(/ #\d+$/, '') === change).length
    mutants.push({
      ...{ path, kind, start: before.length, line: before.split('\n').length },
      change: same === 0 ? change : `${change} #${same + 1}`,
      mutated: before + text + after,
    })
  }
  const textOf = (node) => cut(...at(node))
  const visit = (value, owner, part) => {
    if (value === null || typeof value !== 'object' || isSkipped(owner, part)) {
      return
    }
    for (const change of CHANGES[value.type]?.(value, { cut, textOf }) ?? []) {
      add(...change)
    }
    const isNode = typeof value.type === 'string'
    for (const [name, child] of Object.entries(value)) {
      visit(child, isNode ? value : owner, isNode ? name : part)
    }
  }
  visit(module.body, module, 'body')
  return mutants
}
