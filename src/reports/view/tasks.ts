import { imageTasks } from '../../judge/tasks/actions.js'
import {
  type Action,
  atLine,
  cached,
  type ImageVerdict,
  type Line,
  type OptionsForm,
  type RuledFinding,
  type Verdict,
} from '../../model/index.js'
import { pageOfProblem, pageOfThing } from './pages.js'

/** Says where in a Dockerfile the lines that run a command go. Many have no USER line, but their base may have one. */
export const IN_DOCKERFILE = 'In a Dockerfile, as root: before USER, if there is one'

export interface TaskView {
  readonly title: string
  readonly why: string
  readonly line: Line | null
  /** `line` in words; empty if no place is known. */
  readonly where: string
  readonly page: string | null
  /** True if a check has no answer: the page is then about what prevented one. */
  readonly isProblem: boolean
  /** A shell command to copy. */
  readonly command: string | null
  /** Lines for a Dockerfile, or for where the run options are set, that settle it if no command does. */
  readonly example: string | null
  readonly exampleFor: 'dockerfile' | OptionsForm
  /** Lines for a Dockerfile that run the command. */
  readonly dockerfileLines: string | null
  /** Those that it settles. */
  readonly findings: readonly RuledFinding[]
}

export function tasksOf(image: ImageVerdict): TaskView[] {
  return imageTasks(image).map((action) => {
    const { title, why, where: line, command, dockerfile, options, findings } = action
    return {
      title,
      why,
      line,
      where: line === null ? '' : atLine(line),
      page: pageOfTask(action, image),
      isProblem: action.kind === 'answer',
      command,
      example: command === null ? (options?.lines ?? dockerfile) : null,
      exampleFor: options?.form ?? 'dockerfile',
      dockerfileLines: command === null ? null : dockerfile,
      findings,
    }
  })
}

/** The task that ends each blocking finding, by its number in the list of tasks. */
export const taskNumbers = cached((image: ImageVerdict): ReadonlyMap<RuledFinding, number> => {
  const tasks = imageTasks(image)
  return new Map(
    tasks.flatMap(({ findings }, index) => findings.map((finding) => [finding, index + 1] as const)),
  )
})

/** Our page about a task; if a check has no answer, the page about the problem that prevents one. */
function pageOfTask(action: Action, { checks }: ImageVerdict): string | null {
  if (action.kind !== 'answer') {
    return pageOfThing(action)
  }
  const problem = checks.find(({ check }) => action.checks.includes(check))?.problem ?? null
  return problem === null ? null : pageOfProblem(problem.code)
}

export function actionsOf(verdict: Verdict): { readonly image: ImageVerdict; readonly action: Action }[] {
  return verdict.images.flatMap((image) => imageTasks(image).map((action) => ({ image, action })))
}
