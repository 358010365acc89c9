import { GROUPS, type Mutation, partsOf } from './mutation.js'
import type { Other } from './others/other.js'
import type { Outcome } from './suite.js'

/** The tables of docs/truth.md, from a run of all mutations. */

interface Rate {
  readonly killed: number
  readonly all: number
}

const GATE = 'Seaworthy'
const BY_DESIGN = 'cannot be seen by design'

/** Where a mutation counts: in its group, or among those that cannot be seen by design. */
export function groupOf(mutation: Mutation): string {
  return mutation.byDesign === undefined ? partsOf(mutation).group : BY_DESIGN
}

/** @param who `null`: the gate; else the name of another tool, which is asked about some groups only */
export function rateOf(outcomes: readonly Outcome[], group: string | null, who: string | null = null): Rate {
  const own = outcomes.filter(
    ({ mutation }) => groupOf(mutation) === group || (group === null && groupOf(mutation) !== BY_DESIGN),
  )
  if (who === null) {
    return { killed: own.filter(({ fate }) => fate === 'killed').length, all: own.length }
  }
  const compared = own.flatMap(({ byOthers }) => byOthers[who] ?? []).filter(({ fate }) => fate !== 'not run')
  return { killed: compared.filter(({ fate }) => fate === 'killed').length, all: compared.length }
}

export const percent = ({ killed, all }: Rate): number => (100 * killed) / all

export function tableOf(outcomes: readonly Outcome[], others: readonly Other[]): string {
  const tools = others.map((other) => ({ other, version: other.version() }))
  const headOf = ({ other, version }: (typeof tools)[number]) =>
    'version' in version ? `${other.name} ${version.version}` : `${other.name} (not run: ${version.notRun})`
  const line = (title: string, group: string | null) => [
    title,
    cell(rateOf(outcomes, group)),
    ...tools.map(({ other }) => cell(rateOf(outcomes, group, other.name))),
  ]
  const rows = [
    ...GROUPS.map((group) => line(group, group)),
    line('**all of these**', null),
    line(BY_DESIGN, BY_DESIGN),
  ]
  const head = ['group', GATE, ...tools.map(headOf)]
  return [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((one) => `| ${one.join(' | ')} |`)
    .join('\n')
}

function cell(rate: Rate): string {
  return rate.all === 0 ? '–' : `${rate.killed} of ${rate.all} (${percent(rate).toFixed(0)} %)`
}

/** What the gate did not kill, by its reason. */
export function survivorsOf(outcomes: readonly Outcome[], reasons: Readonly<Record<string, string>>): string {
  const left = outcomes.filter(({ fate }) => fate !== 'killed')
  const whyOf = ({ mutation }: Outcome) => mutation.byDesign ?? reasons[mutation.id] ?? 'no reason is known'
  const rows = [...new Set(left.map(whyOf))].map((why) => {
    const ids = left.filter((one) => whyOf(one) === why).map(({ mutation }) => mutation.id)
    return `| ${ids.join(', ')} | ${why} |`
  })
  return ['| survived | why |', '| --- | --- |', ...rows].join('\n')
}

/** The line and the table of a list that no rate is expected of, which the gate alone has judged. */
export function furtherOf(outcomes: readonly Outcome[]): string {
  const { killed, all } = rateOf(outcomes, null)
  const line = `Thirty further mutations, written afterwards by somebody who had not read the fixes: ${killed} of ${all}.`
  const rows = outcomes
    .filter(({ fate }) => fate !== 'killed')
    .map(({ mutation }) => `| ${mutation.id} | ${mutation.what} |`)
  return [line, '', '| survived | what was done |', '| --- | --- |', ...rows].join('\n')
}
