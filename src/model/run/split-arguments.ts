import { badOptions } from './spec.js'

/**
 * Splits a line into words as a shell does (POSIX 2.2, quoting). Nothing is expanded: a variable or a command
 * would have a different value here than where the image is run, so it is an error.
 * @param isFilled the caller has already expanded variables: any remaining dollar is text
 */
export function splitArguments(line: string, isFilled = false): string[] {
  const args: string[] = []
  let arg: string | null = null
  let at = 0
  const take = (text: string) => {
    arg = (arg ?? '') + text
  }
  while (at < line.length) {
    const char = line.charAt(at++)
    if (char === '\\') {
      const next = line.charAt(at++)
      if (next !== '\n') {
        take(next)
      }
    } else if (char === "'") {
      const end = line.indexOf("'", at)
      if (end === -1) {
        throw badOptions('a quotation mark is not closed', 'run-options')
      }
      take(line.slice(at, end))
      at = end + 1
    } else if (char === '"') {
      take('')
      for (;;) {
        const inner = line.charAt(at++)
        if (inner === '') {
          throw badOptions('a quotation mark is not closed', 'run-options')
        }
        if (inner === '"') {
          break
        }
        const escaped = inner === '\\' && /["\\$`\n]/.test(line.charAt(at))
        if (!isFilled) {
          refuseVariable(inner, line.charAt(at))
        }
        take(escaped ? line.charAt(at++).replace('\n', '') : inner)
      }
    } else if (/\s/.test(char)) {
      if (arg !== null) {
        args.push(arg)
      }
      arg = null
    } else if (/[;&|<>()]/.test(char)) {
      throw badOptions(`${JSON.stringify(char)} is allowed only in quotation marks`, 'run-options')
    } else {
      if (!isFilled) {
        refuseVariable(char, line.charAt(at))
      }
      take(char)
    }
  }
  return arg === null ? args : [...args, arg]
}

function refuseVariable(char: string, next: string): void {
  if (char === '`' || (char === '$' && /[A-Za-z_{(0-9]/.test(next))) {
    throw badOptions('variables and commands are not expanded; write the value instead', 'run-options')
  }
}
