/**
 * The simple commands of a shell script, as lists of words without quotes (POSIX.1 Shell Command Language,
 * 2.2 and 2.3): just enough to tell a command from text that looks like one. Expansions are left as written;
 * nothing is run.
 */
export function commandsIn(script: string): string[][] {
  const commands: string[][] = []
  let command: string[] = []
  let argument: string | null = null

  const endArgument = () => {
    if (argument !== null) {
      command.push(argument)
    }
    argument = null
  }
  const endCommand = () => {
    endArgument()
    if (command.length > 0) {
      commands.push(command)
    }
    command = []
  }

  const lines = `${script}\n`
  let index = 0
  for (let character = script[index]; character !== undefined; character = script[index]) {
    const next = script[index + 1] ?? ''
    if (character === '\\') {
      // An escaped line end joins two lines.
      if (next !== '\n') {
        argument = (argument ?? '') + next
      }
      index += 2
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(script, index)
      argument = (argument ?? '') + quoted.text
      index = quoted.end
    } else if (character === '#' && argument === null) {
      index = lines.indexOf('\n', index)
    } else if (character === '>' || character === '<' || (character === '&' && next === '>')) {
      // Redirections: the `&` and `|` in `2>&1` and `>|` do not end a command.
      const [operator = character] = /^[&<>|]+-?/.exec(script.slice(index)) ?? []
      argument = (argument ?? '') + operator
      index += operator.length
    } else if (';&|()`\n'.includes(character)) {
      endCommand()
      index += 1
    } else if (character === ' ' || character === '\t' || character === '\r') {
      endArgument()
      index += 1
    } else {
      argument = (argument ?? '') + character
      index += 1
    }
  }
  endCommand()
  return commands
}

/** A quoted part that begins at `start`; without a closing quote it reaches to the end. */
function readQuoted(script: string, start: number): { readonly text: string; readonly end: number } {
  const quote = script[start]
  let text = ''
  let index = start + 1
  for (let one = script[index]; one !== undefined && one !== quote; one = script[index]) {
    if (quote === '"' && one === '\\') {
      index += 1
      text += script[index] ?? ''
    } else {
      text += one
    }
    index += 1
  }
  return { text, end: index + 1 }
}

/**
 * The beginning of a here-document: its end mark is in quotes (second group), or plain, perhaps with a backslash before
 * it (third group).
 */
const HERE_DOCUMENT = /<<-?[ \t]*(?:(["'])([A-Za-z_]\w*)\1|\\?([A-Za-z_]\w*))/
/** How many characters on either side of a here-document are searched for its command. */
const MAX_HEREDOC_CONTEXT = 200
const SHELL = /(?:^|\|)\s*(?:(?:sudo|env|exec)(?:\s+-\S+)*\s+)?(?:[^\s|]*\/)?(?:ba|da|a)?sh(?![\w.-])/

/** Without here-documents (POSIX.1 Shell Command Language, 2.7.4), which are data unless a shell reads them. */
export function withoutHereDocuments(script: string): string {
  if (!script.includes('<<')) {
    return script
  }
  const lines = script.split('\n')
  const bare = lines.map((line) => line.replace(/^\t+/, '').trimEnd())
  // Computed once, so that missing end marks are not searched for again and again.
  const last = new Map(bare.map((line, at) => [line, at]))
  const kept: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    kept.push(line)
    const found = HERE_DOCUMENT.exec(line)
    const argument = found?.[2] ?? found?.[3]
    if (!found || argument === undefined || (last.get(argument) ?? 0) <= at) {
      continue
    }
    if (!isForShell(line, found.index, found[0].length)) {
      at = bare.indexOf(argument, at + 1)
    }
  }
  return kept.join('\n')
}

/** Whether a shell reads the here-document: `bash <<EOF`, `<<EOF bash`, `cat <<EOF | bash`. */
function isForShell(line: string, at: number, length: number): boolean {
  const plain = (text: string) => text.replace(/[<>]&\d?|&>/g, ' ')
  const before = plain(line.slice(Math.max(0, at - MAX_HEREDOC_CONTEXT), at)).split(/[;&({]/)
  const after = plain(line.slice(at + length, at + length + MAX_HEREDOC_CONTEXT)).split(/[;&)}]/)
  return SHELL.test(`${before.at(-1)} ${after[0]}`)
}
