export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/**
 * Reads a line of a log as the runner of GitHub Actions does (actions/runner, src/Runner.Common/ActionCommand.cs,
 * TryParseV2): leading space, `::`, a name, a space and properties, `::`, data; then the escapes are undone one
 * after the other, `%25` last. `null` where it sees no command.
 */
export function parseWorkflowCommand(line: string): WorkflowCommand | null {
  const text = line.trimStart()
  const end = text.indexOf('::', 2)
  if (!text.startsWith('::') || end < 0) {
    return null
  }
  const info = text.slice(2, end)
  const space = info.indexOf(' ')
  const properties =
    space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(',')
  return {
    name: space < 0 ? info : info.slice(0, space),
    properties: Object.fromEntries(
      properties
        .map((property) => [
          property.slice(0, property.indexOf('=')),
          property.slice(property.indexOf('=') + 1),
        ])
        .filter(([key, value]) => key !== '' && value !== '')
        .map(([key = '', value = '']) => [key, undo(value, '\r%0D', '\n%0A', ':%3A', ',%2C', '%%25')]),
    ),
    data: undo(text.slice(end + 2), '\r%0D', '\n%0A', '%%25'),
  }
}

function undo(text: string, ...pairs: string[]): string {
  return pairs.reduce((so, pair) => so.replaceAll(pair.slice(1), pair.slice(0, 1)), text)
}
