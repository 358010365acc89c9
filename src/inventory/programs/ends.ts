import {
  type ApplicationFinding,
  asMember,
  type Branch,
  branchOf,
  cycleIn,
  dataAge,
  type EndsOfLife,
  knownProgram,
  type ObstacleFinding,
  obstacle,
  releasedVersion,
  shortened,
} from '../../model/index.js'
import type { ApplicationItem } from '../application/items.js'
import { presentPrograms } from './programs.js'

function supportOfPrograms(items: readonly ApplicationItem[], ends: EndsOfLife, today: string) {
  return presentPrograms(items).flatMap((item) => {
    const { name, version } = item
    const branch = version === null ? null : branchOf(name, version, ends, today)
    return branch === null || version === null ? [] : [{ item, version, branch }]
  })
}

/** A finding for each program whose branch has ended, ends soon, or has no end that is known. */
export function endFindings(
  items: readonly ApplicationItem[],
  ends: EndsOfLife,
  today: string,
  vulnerabilities: readonly ApplicationFinding[],
): readonly ObstacleFinding[] {
  return supportOfPrograms(items, ends, today)
    .filter(({ branch }) => branch.state !== 'supported')
    .map(({ item, version, branch }) => {
      const { cycle, state, day, newest } = branch
      const name = `program/${item.name}`
      const unfixed = vulnerabilities
        .filter((one) => one.package === name && one.version === version && one.agreement !== 'refuted')
        .filter((one) => one.fixedVersion === null || one.branch?.hasFix === false).length
      const paths = item.places.map(({ path }) => asMember(shortened(path)))
      const why = endReason(titleOf(item, branch), branch, unfixed)
      const title = knownProgram(item.name)?.title ?? item.name
      const details = {
        title,
        branch: cycle?.name ?? null,
        state,
        day,
        newest,
        unfixed: String(unfixed),
        paths,
      }
      const layer = item.places[0]?.layer ?? null
      return { ...obstacle('program-end-of-life', why, details), package: name, version, layer }
    })
}

function titleOf({ name, version }: ApplicationItem, { cycle }: Branch): string {
  return `${knownProgram(name)?.title ?? name} ${cycle?.name ?? version}`
}

function endReason(title: string, { state, day, newest }: Branch, unfixed: number): string {
  const left =
    unfixed === 0
      ? ''
      : `; ${unfixed === 1 ? '1 vulnerability has' : `${unfixed} vulnerabilities have`} no fix in it`
  const other = `; the newest branch is ${newest}`
  switch (state) {
    case 'past':
      return `${title} is past its end of life${dayText(day)}${left}${other}`
    case 'recent':
      return `${title} was followed by a newer branch on ${day}, and may get no more fixes${left}${other}`
    case 'soon':
      return `${title} reaches its end of life on ${day}${other}`
    default:
      return `no end of life is known for ${title}${other}`
  }
}

const dayText = (day: string | null) => (day === null ? '' : ` (${day})`)

/** For the head of a report: "Node.js 18 (2025-04-30)"; and what nobody knows, if the data are too old to say. */
export function endTexts(
  items: readonly ApplicationItem[],
  ends: EndsOfLife,
  today: string,
): { readonly past: readonly string[]; readonly unknown: readonly string[] } {
  const all = supportOfPrograms(items, ends, today)
  const texts = (state: Branch['state']) => {
    const withState = all.filter(({ branch }) => branch.state === state)
    const titles = withState.map(({ item, branch }) => `${titleOf(item, branch)}${dayText(branch.day)}`)
    return [...new Set(titles)]
  }
  const isStale = dataAge(ends, today)?.isStale === true
  return { past: texts('past'), unknown: isStale ? texts('unknown') : [] }
}

export function endNotes(ends: EndsOfLife, today: string): readonly string[] {
  const age = dataAge(ends, today)
  return age === null ? [] : [`ends of life of programs from ${ends.date}, ${age.days} days old`]
}

/** A program's vulnerability with its branch, and with fixed versions that exist. */
export function withBranch(finding: ApplicationFinding, ends: EndsOfLife): ApplicationFinding {
  const [, name] = /^program\/(.+)$/.exec(finding.package) ?? []
  const cycles = name === undefined ? undefined : ends.programs.get(name)
  if (name === undefined || cycles === undefined || finding.kind !== 'bitnami') {
    return finding
  }
  const released = (version: string | null) =>
    version === null ? null : releasedVersion(name, version, ends)
  const { version, fixedVersion, newest, settles } = finding
  const cycle = version === null ? null : cycleIn(cycles, version)
  const fixedIn = fixedVersion === null ? null : cycleIn(cycles, fixedVersion)
  const branch =
    cycle === null
      ? {}
      : {
          branch: {
            title: `${knownProgram(name)?.title ?? name} ${cycle.name}`,
            end: typeof cycle.end === 'string' ? cycle.end : null,
            hasFix: fixedIn !== null && fixedIn.name === cycle.name,
          },
        }
  return {
    ...finding,
    fixedVersion: released(fixedVersion),
    newest: released(newest),
    settles: released(settles),
    ...branch,
  }
}
