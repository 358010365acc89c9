import { SeaworthyError } from '../model/index.js'
import { compareVersions } from './version.js'

const OPERATORS = ['<<', '<=', '=', '>=', '>>'] as const
export type Operator = (typeof OPERATORS)[number]

/** One package that a relation names (deb822(5) and Debian policy 7.1: `name:arch (op version)`). */
export interface Relation {
  readonly name: string
  /** `any`, an architecture, or `null` if the name has no qualifier. */
  readonly qualifier: string | null
  /** `null` if any version will do. */
  readonly constraint: { readonly operator: Operator; readonly version: string } | null
}

/** Alternatives, separated by `|`: one of them is enough. */
export type Group = readonly Relation[]

const RELATION =
  /^([A-Za-z0-9][A-Za-z0-9+._-]*)(?::([A-Za-z0-9-]+))?\s*(?:\(\s*(<<|<=|=|>=|>>|<|>)\s*([^\s()<=>][^\s()]*)\s*\))?$/

/**
 * Reads a field such as Depends, Breaks or Provides. Empty parts between commas are ignored, as by dpkg and
 * apt.
 * @throws SeaworthyError `bad-relation`
 */
export function parseRelations(text: string): Group[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => part.split('|').map((one) => parseRelation(one.trim())))
}

function parseRelation(text: string): Relation {
  const parts = RELATION.exec(text)
  if (!parts) {
    throw new SeaworthyError({
      code: 'bad-relation',
      what: `${JSON.stringify(text.slice(0, 100))} is not a valid package relationship`,
      where: 'Debian policy 7.1',
    })
  }
  const [, name = '', qualifier = null, operator, version] = parts
  if (operator === undefined || version === undefined) {
    return { name: name.toLowerCase(), qualifier, constraint: null }
  }
  return { name: name.toLowerCase(), qualifier, constraint: { operator: modern(operator), version } }
}

/** The old `<` and `>` mean "or equal" (Debian policy 7.1). */
function modern(operator: string): Operator {
  if (operator === '<') {
    return '<='
  }
  if (operator === '>') {
    return '>='
  }
  return operator as Operator
}

/** Whether this version meets the constraint. */
export function meets(version: string, constraint: Relation['constraint']): boolean {
  if (constraint === null) {
    return true
  }
  const order = compareVersions(version, constraint.version)
  switch (constraint.operator) {
    case '<<':
      return order < 0
    case '<=':
      return order <= 0
    case '=':
      return order === 0
    case '>=':
      return order >= 0
    case '>>':
      return order > 0
  }
}

/** For people: `libc6 (>= 2.36)`, `a | b`. */
export function relationText(group: Group): string {
  return group
    .map(({ name, qualifier, constraint }) => {
      const qualifiedName = qualifier === null ? name : `${name}:${qualifier}`
      return constraint === null
        ? qualifiedName
        : `${qualifiedName} (${constraint.operator} ${constraint.version})`
    })
    .join(' | ')
}
