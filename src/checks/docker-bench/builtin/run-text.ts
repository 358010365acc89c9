/**
 * The text of a RUN in an image's history: `|2 A=1 B= /bin/sh -c COMMAND`, where the number and the build
 * arguments are only there if any were declared. Values may hold blanks, so the shell ends them, if there is one.
 */
export function splitArguments(
  text: string,
  shell: string,
): { readonly buildArguments: string; readonly rest: string } {
  const head = /^\|(\d+) /.exec(text)
  if (!head) return { buildArguments: '', rest: text }
  const after = text.slice(head[0].length)
  const end = after.startsWith(`${shell} `) ? 0 : after.indexOf(` ${shell} `)
  if (end >= 0) return { buildArguments: after.slice(0, end), rest: after.slice(end).trimStart() }
  const words = after.split(' ')
  const count = Number(head[1])
  return { buildArguments: words.slice(0, count).join(' '), rest: words.slice(count).join(' ') }
}

/** `/bin/bash -euo pipefail -c`, which a RUN in the form of a list names itself: its history has lost the quotes. */
const SHELL = /^(?:\/\S{0,80}\/)?(?:ba|da|a)?sh(?: -\w*o \w+| -\w+){0,8}? -\w*c (?!["'])/

/** The command without the shell that runs it. */
export function commandText(text: string, shell: string): string {
  if (text.startsWith(`${shell} `)) return text.slice(shell.length + 1)
  return text.replace(SHELL, '')
}
