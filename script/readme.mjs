// README's tables of inputs and outputs, from action.yml. Run: node script/readme.mjs [--check]
// They stand between `<!-- inputs -->` … `<!-- /inputs -->` and `<!-- outputs -->` … `<!-- /outputs -->`.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { load } from 'js-yaml'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Markdown tables of an action's inputs and outputs, from the text of its action.yml. */
export function tables(actionYml) {
  const { inputs = {}, outputs = {} } = load(actionYml)
  return {
    inputs: table(
      ['input', 'default', 'meaning'],
      Object.entries(inputs).map(([name, { default: value, required, description }]) => [
        `\`${name}\``,
        required ? '(required)' : shown(value),
        description,
      ]),
    ),
    outputs: table(
      ['output', 'meaning'],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  }
}

function shown(value) {
  return value === undefined || value === '' ? '' : `\`${value}\``
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

/** `readme` with the tables of `actionYml` between its markers. Throws if a marker is missing. */
export function withTables(readme, actionYml) {
  let text = readme
  for (const [name, rows] of Object.entries(tables(actionYml))) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [from, to] = [text.indexOf(open), text.indexOf(close)]
    if (from === -1 || to < from) {
      throw new Error(`README.md: no ${open} … ${close}`)
    }
    text = `${text.slice(0, from + open.length)}\n${rows}\n${text.slice(to)}`
  }
  return text
}

function main() {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
  const path = join(ROOT, 'README.md')
  const old = readFileSync(path, 'utf8')
  const now = withTables(old, readFileSync(join(ROOT, 'action.yml'), 'utf8'))
  if (old === now) {
    return
  }
  if (!values.check) {
    return writeFileSync(path, now)
  }
  const [a, b] = [old.split('\n'), now.split('\n')]
  const at = b.findIndex((line, index) => line !== a[index])
  console.error(`README.md:${at + 1}: is   ${a[at] ?? ''}\n${' '.repeat(13)}wants ${b[at] ?? ''}`)
  console.error('The tables are not those of action.yml: run `npm run readme`')
  process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
