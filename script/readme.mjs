// The generated tables of the documentation. Run: node script/readme.mjs [--check]
// docs/inputs.md has the inputs of src/inputs/table.ts, a table for each group; docs/outputs.md the outputs of action.yml;
// docs/privacy.md the hosts of script/lib/egress.mjs.
// They stand between `<!-- NAME -->` and `<!-- /NAME -->`.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { load } from 'js-yaml'
import { readTable } from './inputs.mjs'
import { egressText } from './lib/egress.mjs'
import { runIfStarted } from './lib/main.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** One Markdown table for each group of the action's inputs, in the order of the list. */
export function inputTables(inputs) {
  const ofAction = inputs.filter(({ where }) => where.includes('action'))
  return [...Map.groupBy(ofAction, ({ group }) => group)]
    .map(
      ([group, rows]) =>
        `## ${group.replace(/:$/, '')}\n${table(['input', 'default', 'meaning'], rows.map(rowOf))}`,
    )
    .join('\n\n')
}

function rowOf({ name, default: value, required, description }) {
  return [`\`${name}\``, required ? '(required)' : value === '' ? '' : `\`${value}\``, description]
}

/** The outputs that the text of an action.yml declares. */
export function outputTable(actionYml) {
  const { outputs = {} } = load(actionYml)
  return table(
    ['output', 'meaning'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  )
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

/** `page` with `content` between its markers. Throws if one is missing. */
export function withContent(page, name, content) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [page.indexOf(open), page.indexOf(close)]
  if (from === -1 || to < from) {
    throw new Error(`no ${open} … ${close}`)
  }
  return `${page.slice(0, from + open.length)}\n${content}\n${page.slice(to)}`
}

/** Each page, as it is and as it should be. */
export async function generatedPages() {
  const read = (path) => readFileSync(join(ROOT, path), 'utf8')
  const { INPUTS } = await readTable()
  return [
    { path: 'docs/inputs.md', name: 'inputs', content: inputTables(INPUTS) },
    { path: 'docs/privacy.md', name: 'egress', content: egressText(INPUTS) },
    { path: 'docs/outputs.md', name: 'outputs', content: outputTable(read('action.yml')) },
  ].map(({ path, name, content }) => ({ path, old: read(path), now: withContent(read(path), name, content) }))
}

async function main() {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
  for (const { path, old, now } of await generatedPages()) {
    if (old !== now && !values.check) {
      writeFileSync(join(ROOT, path), now)
    } else if (old !== now) {
      const [a, b] = [old.split('\n'), now.split('\n')]
      const at = b.findIndex((line, index) => line !== a[index])
      const where = `${path}:${at + 1}: `
      console.error(`${where}is   ${a[at] ?? ''}\n${' '.repeat(where.length)}wants ${b[at] ?? ''}`)
      console.error('A generated table is outdated: run `npm run readme`')
      process.exitCode = 1
    }
  }
}

await runIfStarted(import.meta.url, main)
