import {
  type AccountedProgram,
  asMember,
  firstOf,
  type ImageAccount,
  NOT_HASHED,
  type ObstacleFinding,
  obstacle,
  parentOf,
  plural,
  shortened,
} from '../../model/index.js'

/**
 * Folders that are named, and paths of one finding: a folder with more has several findings, as an entry accepts a
 * finding by all of its paths.
 */
const MAX_FOLDERS = 200
const MAX_PATHS = 1000
/** Examples in a sentence. */
const MAX_NAMED = 3

/** A finding for each folder with programs that nothing explains. */
export function unownedFindings(account: ImageAccount | null): readonly ObstacleFinding[] {
  const unowned = (account?.listed ?? []).filter(({ side }) => side === 'unowned')
  const folders = [...Map.groupBy(unowned, ({ path }) => parentOf(path))]
  const rest = folders.slice(MAX_FOLDERS).flatMap(([, programs]) => programs)
  const groups = [
    ...folders.slice(0, MAX_FOLDERS).map(([folder, programs]) => [`in /${folder}`, programs] as const),
    ['in other folders', rest] as const,
  ]
  return groups.flatMap(([where, programs]) =>
    Array.from({ length: Math.ceil(programs.length / MAX_PATHS) }, (_, at) =>
      findingOf(where, programs.slice(at * MAX_PATHS, (at + 1) * MAX_PATHS)),
    ),
  )
}

function findingOf(where: string, programs: readonly AccountedProgram[]): ObstacleFinding {
  const examples = firstOf(
    programs.map(({ path, reason }) => `${shortened(path)} (${shortened(reason)})`),
    MAX_NAMED,
  )
  const why = `no package explains ${plural(programs.length, 'program')} ${where}: ${examples.join('; ')}`
  const details = {
    count: String(programs.length),
    paths: programs.map(({ path }) => asMember(path)),
    sha256: programs.map(({ sha256 }) => sha256 ?? NOT_HASHED),
  }
  return { ...obstacle('unowned-program', why, details), layer: programs[0]?.layer ?? null }
}
