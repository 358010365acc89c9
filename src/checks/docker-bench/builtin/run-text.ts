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

/** The command without the shell that runs it. */
export function commandText(text: string, shell: string): string {
  const known = [shell, '/bin/sh -c', '/bin/bash -c'].find((one) => text.startsWith(`${one} `))
  return known === undefined ? text : text.slice(known.length + 1)
}
