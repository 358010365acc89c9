import { SeaworthyError } from '../model/index.js'
import { compareVersions } from './version.js'

/** Whether a version meets a relation, by its order to the relation's own. */
const MEETS = {
  '<<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '=': (order: number) => order === 0,
  '>=': (order: number) => order >= 0,
  '>>': (order: number) => order > 0,
}
type Operator = keyof typeof MEETS

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
    const what = `${JSON.stringify(text.slice(0, 100))} is not a valid package relationship`
    throw new SeaworthyError({ code: 'bad-relation', what, where: 'Debian policy 7.1' })
  }
  const [, name = '', qualifier = null, operator, version] = parts
  if (operator === undefined || version === undefined) {
    return { name: name.toLowerCase(), qualifier, constraint: null }
  }
  // The old `<` and `>` mean "or equal" (Debian policy 7.1).
  const modern = operator.replace(/^[<>]$/, '$&=') as Operator
  return { name: name.toLowerCase(), qualifier, constraint: { operator: modern, version } }
}

export function meets(version: string, constraint: Relation['constraint']): boolean {
  return constraint === null || MEETS[constraint.operator](compareVersions(version, constraint.version))
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
