// How large the whole is, which script/structure.mjs prints.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { LIMITS } from './limits.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** @param tree path → text of src */
export function totals(tree) {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...below('docs').filter(isPage)]
  const lengthBelow = (folder) => sum(pages.filter((path) => path.startsWith(folder)).map(proseLength))
  const action = load(readFileSync(join(ROOT, 'action.yml'), 'utf8'))
  return [
    total('lines of src', sum([...tree.values()].map((text) => text.split('\n').length - 1))),
    total('inputs', Object.keys(action.inputs).length, LIMITS.inputs),
    total('words of docs/inputs.md', proseLength('docs/inputs.md'), LIMITS.inputsWords),
    total('words of all pages', sum(pages.map(proseLength))),
    total('words of docs', lengthBelow('/docs/'), LIMITS.docsWords),
    total('words of decisions', lengthBelow('/docs/decisions/'), LIMITS.decisionsWords),
    total(
      'bytes of dist',
      sum(below('dist').map((path) => statSync(join(ROOT, path)).size)),
      LIMITS.distBytes,
    ),
  ]
}

const total = (name, value, limit = null) => ({
  name,
  value,
  limit,
  errors: [],
  ok: limit === null || value <= limit,
})

const below = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
const isPage = (path) => path.endsWith('.md')
const proseLength = (path) => readFileSync(join(ROOT, path), 'utf8').split(/\s+/).filter(Boolean).length
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0)
