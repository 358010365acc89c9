/**
 * A regular expression that cannot run forever: all alternatives are followed in parallel (Thompson), so a
 * text costs its characters times the pattern's states. A backtracking engine such as JavaScript's takes
 * exponentially many steps for `(a|a)(a|a)…` or `*a*a*a*a*b`.
 */

/** What a step consumes: a character, a position, or nothing on the way to two others. */
type State =
  | { readonly kind: 'takes'; readonly test: (character: string) => boolean; readonly next: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'either'; next: readonly number[] }

/** How many states the patterns of an image may have together: `x{0,255}` takes 255. */
export interface StateBudget {
  left: number
}

export const stateBudget = (): StateBudget => ({ left: 1500 })

/** The pattern has too many states, or syntax that POSIX does not have. */
class RefusedPatternError extends Error {}

/**
 * @param source in JavaScript's syntax, restricted to what POSIX has
 * @returns a test for the pattern anywhere in a text, ignoring case; `null` if it uses anything else, or has
 * too many states
 */
export function automatonOf(source: string, budget: StateBudget): ((text: string) => boolean) | null {
  const states: State[] = []
  const add = (state: State): number => {
    if (--budget.left < 0) {
      throw new RefusedPatternError()
    }
    return states.push(state) - 1
  }
  try {
    const final = add({ kind: 'either', next: [] })
    const first = build(parse(source), final, add)
    return (text) => run(states, first, final, text)
  } catch (error) {
    if (error instanceof RefusedPatternError) {
      return null
    }
    throw error
  }
}

type Node =
  | { readonly kind: 'takes'; readonly test: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'all' | 'one'; readonly of: readonly Node[] }
  | { readonly kind: 'times'; readonly of: Node; readonly min: number; readonly max: number }

type Add = (state: State) => number

/** The state in which a node begins that continues with `next`. */
function build(node: Node, next: number, add: Add): number {
  switch (node.kind) {
    case 'takes':
      return add({ kind: 'takes', test: node.test, next })
    case 'start':
    case 'end':
      return add({ kind: node.kind, next })
    case 'all':
      return node.of.reduceRight((after, one) => build(one, after, add), next)
    case 'one':
      return add({ kind: 'either', next: node.of.map((one) => build(one, next, add)) })
    case 'times':
      return buildTimes(node, next, add)
  }
}

function buildTimes({ of, min, max }: Node & { kind: 'times' }, next: number, add: Add): number {
  let at = next
  if (max === Number.POSITIVE_INFINITY) {
    const again: State = { kind: 'either', next: [next] }
    at = add(again)
    again.next = [build(of, at, add), next]
  } else {
    for (let more = min; more < max; more++) {
      at = add({ kind: 'either', next: [build(of, at, add), next] })
    }
  }
  for (let more = 0; more < min; more++) {
    at = build(of, at, add)
  }
  return at
}

function run(states: readonly State[], first: number, done: number, text: string): boolean {
  let current: number[] = []
  for (let at = 0; at <= text.length; at++) {
    const reachable = new Set<number>()
    for (const one of [...current, first]) {
      follow(states, one, at, text, reachable)
    }
    if (reachable.has(done)) {
      return true
    }
    const character = text.charAt(at)
    current = []
    for (const one of reachable) {
      const state = states[one]
      if (state?.kind === 'takes' && state.test(character)) {
        current.push(state.next)
      }
    }
  }
  return false
}

/** Adds all states that can be reached from one without consuming a character. */
function follow(
  states: readonly State[],
  from: number,
  at: number,
  text: string,
  reached: Set<number>,
): void {
  const toVisit = [from]
  for (let one = toVisit.pop(); one !== undefined; one = toVisit.pop()) {
    if (reached.has(one)) {
      continue
    }
    reached.add(one)
    const state = states[one]
    if (state?.kind === 'either') {
      toVisit.push(...state.next)
    } else if ((state?.kind === 'start' && at === 0) || (state?.kind === 'end' && at === text.length)) {
      toVisit.push(state.next)
    }
  }
}

function parse(source: string): Node {
  let at = 0
  const node = alternatives(0)
  if (at < source.length) {
    throw new RefusedPatternError()
  }
  return node

  function alternatives(depth: number): Node {
    const all: Node[][] = [[]]
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at++
        all.push([])
      } else {
        all.at(-1)?.push(repeated(atom(depth)))
      }
    }
    return { kind: 'one', of: all.map((of) => ({ kind: 'all', of })) }
  }

  function repeated(of: Node): Node {
    const [whole, min, comma, max] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(source.slice(at, at + 12)) ?? []
    const sign = source.charAt(at)
    const bounds =
      whole !== undefined
        ? ([Number(min), comma === '' ? Number(min) : max === '' ? Infinity : Number(max)] as const)
        : ({ '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] } as const)[sign]
    if (bounds === undefined) {
      return of
    }
    at += whole?.length ?? 1
    // `a**` is an error in JavaScript, `a*?` in POSIX.
    if (/[*+?{]/.test(source.charAt(at))) {
      throw new RefusedPatternError()
    }
    return { kind: 'times', of, min: bounds[0], max: bounds[1] }
  }

  function atom(depth: number): Node {
    const character = source.charAt(at)
    at++
    switch (character) {
      case '(': {
        if (source.startsWith('?:', at)) {
          at += 2
        } else if (source[at] === '?' || depth > 50) {
          throw new RefusedPatternError()
        }
        const inner = alternatives(depth + 1)
        at++
        return inner
      }
      case '^':
        return { kind: 'start' }
      case '$':
        return { kind: 'end' }
      case '.':
        return { kind: 'takes', test: () => true }
      case '[': {
        const [whole = ''] = /^\[(?:\\.|[^\]\\])*\]/s.exec(source.slice(at - 1)) ?? []
        at += Math.max(0, whole.length - 1)
        return classOf(whole)
      }
      case '\\':
        return escaped()
      default:
        return classOf(`[${/[\w ]/.test(character) ? character : hex(character)}]`)
    }
  }

  function escaped(): Node {
    const [whole = ''] = /^(?:u[0-9a-f]{4}|[wWsS]|[^\w])/s.exec(source.slice(at)) ?? []
    if (whole === '') {
      // `\1` and `\b` are not part of POSIX regular expressions.
      throw new RefusedPatternError()
    }
    at += whole.length
    return classOf(whole.length === 1 && !/\w/.test(whole) ? `[${hex(whole)}]` : `[\\${whole}]`)
  }
}

function hex(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A node that takes one character, any of a class such as `[a-z]`. */
function classOf(source: string): Node {
  if (source === '') {
    throw new RefusedPatternError()
  }
  const test = new RegExp(`^${source}$`, 'is')
  return { kind: 'takes', test: (character) => test.test(character) }
}
