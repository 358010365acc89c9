import { escapeTerminal as esc } from '../escape.js'
import { type Paint, wrap, wrapCommand } from '../layout.js'
import type { TaskView } from '../view/tasks.js'
import type { TerminalOptions } from './paint.js'

/** Where the places of the things to do begin, counted from their titles. */
const PLACE_COLUMN = 54

/** A thing to do: its title and place, what to copy, and why. */
export function taskLines(
  task: TaskView,
  number: number,
  paint: Paint,
  { width, pages = null }: TerminalOptions,
): string[] {
  const inner = Math.max(20, width - 4)
  const readOn = task.page === null ? '' : ` (${pages ?? ''}${task.page})`
  const [first = '', ...more] = titleLines(task, inner)
  const copy = task.command === null ? exampleLines(task) : wrapCommand(task.command, inner)
  return [
    `${String(number).padStart(2)}  ${paint(first, 'bold')}`,
    ...[...more, ...copy, ...wrap(`${esc(task.why)}${readOn}`, inner)].map((line) => `    ${line}`),
  ]
}

function exampleLines({ example }: TaskView): string[] {
  return example === null ? [] : example.split('\n').map((line) => esc(line, 1000))
}

/** The place to look at in a column of its own where there is room, else behind the title. */
function titleLines({ title, where }: TaskView, width: number): string[] {
  const words = esc(title)
  if (where === '') return wrap(words, width)
  const place = esc(where)
  if (PLACE_COLUMN + 2 + place.length > width) return wrap(`${words}  ${place}`, width)
  const [first = '', ...more] = wrap(words, PLACE_COLUMN)
  return [`${first.padEnd(PLACE_COLUMN)}  ${place}`, ...more]
}
