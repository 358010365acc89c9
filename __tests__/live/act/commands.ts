import { parseWorkflowCommand, type WorkflowCommand } from '../../support/workflow-command.js'

/** Commands that the runner knows (actions/runner, ActionCommandManager.cs), those that are switched off too. */
const KNOWN = new Set([
  ...['internal-set-repo-path', 'set-env', 'set-output', 'save-state', 'add-mask', 'add-path', 'echo'],
  ...['add-matcher', 'remove-matcher', 'debug', 'warning', 'error', 'notice', 'group', 'endgroup'],
])

/**
 * The commands that the runner obeys in what a step printed. It reads `::name k=v,…::data` at the start of a
 * line, else `##[name k=v;…]data` anywhere in it; after `::stop-commands::token` nothing but `::token::`.
 */
export function commandsIn(output: string): readonly WorkflowCommand[] {
  const found: WorkflowCommand[] = []
  let token: string | null = null
  for (const line of output.split(/\r\n|\n|\r/)) {
    const command = parseWorkflowCommand(line) ?? oldCommand(line)
    if (command === null) {
      continue
    }
    if (token !== null) {
      if (command.name === token) {
        token = null
      }
    } else if (command.name === 'stop-commands') {
      token = command.data
    } else if (KNOWN.has(command.name.toLowerCase())) {
      found.push(command)
    }
  }
  return found
}

/** ActionCommand.cs, TryParse: the form of older runners, which today's still obey. */
function oldCommand(line: string): WorkflowCommand | null {
  const [, name = '', data = ''] = /##\[([^\]\s]+)[^\]]*\](.*)$/.exec(line) ?? []
  return name === '' ? null : { name, properties: {}, data }
}

/** What was written into a command file such as GITHUB_OUTPUT: `name<<delimiter`, lines, the delimiter. */
export function fileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name = '', delimiter = ''] = /^([^=]+?)<<(.+)$/.exec(line) ?? []
    if (delimiter === '') {
      continue
    }
    const end = lines.indexOf(delimiter)
    if (end === -1) {
      throw new Error(`${name}: its delimiter does not come`)
    }
    values[name] = lines.splice(0, end).join('\n')
    lines.shift()
  }
  return values
}
