// changes/NNN.scope.md → CHANGELOG.md. NNN is the issue, scope one word (see SCOPES).
// Run: node script/changelog.mjs --check            names and texts of the fragments
//      node script/changelog.mjs --preview          the next section, to stdout
//      node script/changelog.mjs VERSION YYYY-MM-DD writes the section, removes the fragments
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runIfStarted } from './lib/main.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
/** In the order of the sections. */
export const SCOPES = {
  breaking: 'Breaking',
  security: 'Security',
  gate: 'Gate and policies',
  checks: 'Checks',
  images: 'Images',
  reports: 'Reports',
  action: 'Action and command',
  house: 'House',
}
const MARK = '<!-- next -->'

/** Fragments of a directory, by file name. Throws with all errors at once. */
export function readFragments(directory) {
  const names = existsSync(directory) ? readdirSync(directory).sort() : []
  const errors = []
  const fragments = []
  for (const name of names) {
    const [, issue, scope] = /^(\d{3,})\.([a-z-]+)\.md$/.exec(name) ?? []
    const text = readFileSync(join(directory, name), 'utf8').trim()
    if (scope === undefined) {
      errors.push(`${name}: the name is not NNN.scope.md`)
    } else if (!Object.hasOwn(SCOPES, scope)) {
      errors.push(`${name}: scope is not one of ${Object.keys(SCOPES).join(', ')}`)
    } else if (text === '') {
      errors.push(`${name}: is empty`)
    } else if (/^#/m.test(text)) {
      errors.push(`${name}: has a heading; a fragment is sentences or a list`)
    } else {
      fragments.push({ name, issue: Number(issue), scope, text })
    }
  }
  if (errors.length > 0) {
    throw new Error(errors.map((error) => `changes/${error}`).join('\n'))
  }
  return fragments
}

/** The section of a release. `date` is YYYY-MM-DD. */
export function section(version, date, fragments) {
  const parts = Object.entries(SCOPES).flatMap(([scope, title]) => {
    const lines = fragments.filter((one) => one.scope === scope).map(item)
    return lines.length === 0 ? [] : [`### ${title}\n\n${lines.join('\n')}`]
  })
  return [`## ${version} (${date})`, ...parts].join('\n\n')
}

/** Each paragraph or list item of a fragment becomes an item that ends with the issue. */
function item({ issue, text }) {
  const items = text
    .split(/\n(?=- )|\n{2,}/)
    .map((one) => one.replace(/^- /, '').replaceAll(/\s*\n\s*/g, ' '))
  return items.map((one) => `- ${one} (issue ${issue})`).join('\n')
}

/** `changelog` with `text` inserted at its mark, above the older releases. */
export function withSection(changelog, text) {
  if (!changelog.includes(MARK)) {
    throw new Error(`CHANGELOG.md: no ${MARK}`)
  }
  return changelog.replace(MARK, () => `${MARK}\n\n${text}`)
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, preview: { type: 'boolean' } },
  })
  const directory = join(ROOT, 'changes')
  const fragments = readFragments(directory)
  if (values.check) {
    return
  }
  if (values.preview) {
    return console.log(section('next', 'not released', fragments))
  }
  const [version = '', date = ''] = positionals
  if (!/^\d+\.\d+\.\d+$/.test(version) || !/^\d{4}-\d\d-\d\d$/.test(date)) {
    throw new Error('usage: changelog.mjs VERSION YYYY-MM-DD | --check | --preview')
  }
  if (fragments.length === 0) {
    throw new Error('changes/ holds nothing to release')
  }
  const path = join(ROOT, 'CHANGELOG.md')
  writeFileSync(path, withSection(readFileSync(path, 'utf8'), section(version, date, fragments)))
  for (const { name } of fragments) {
    rmSync(join(directory, name))
  }
}

await runIfStarted(import.meta.url, main)
