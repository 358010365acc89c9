// Takes Debian's lists of packages whose security support has ended or is limited from the package
// debian-security-support of each release that Debian supports into src/debian/package-support-rows.ts: names, versions,
// days and what they refer to, without their prose.
// Run on Debian, with a way to its mirror: node script/renew-security-support.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SUPPORT_ROWS } from '../src/debian/support-rows.ts'
import { ROOT, today, withPackageOf } from './lib/debian-package.mjs'

const NAME = 'debian-security-support'

const supported = SUPPORT_ROWS.filter(
  ({ released, eol, eolLts }) =>
    released !== null && released <= today() && (eolLts ?? eol ?? '9') >= today(),
)
const lists = []
for (const { codename, version: number } of supported) {
  await withPackageOf(codename, NAME, (folder, version) => {
    const rows = rowsIn(join(folder, 'usr/share', NAME), number)
    lists.push({ codename, version, rows })
    console.log(`${codename}: ${rows.length} rows of ${NAME} ${version}`)
  })
}
writeFileSync(
  join(ROOT, 'src/debian/package-support-rows.ts'),
  `// Made by script/renew-security-support.mjs: not for editing by hand.

export const PACKAGE_SUPPORT_SOURCE = { package: '${NAME}', date: '${today()}' }

// biome-ignore format: one package, one line
export const PACKAGE_SUPPORT_ROWS = {
${lists.map(listText).join('\n')}
} as const
`,
)

/** Since Debian 13 there is one list per release; before, there was one of ended and one of limited support. */
function rowsIn(folder, number) {
  const read = (file) => {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n')
    return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => line.trim())
  }
  const one = `security-support.deb${number}`
  if (readdirSync(folder).includes(one)) {
    return read(one).map((line) => {
      const [, source, state, rest] = /^(\S+)\s+(non-supported|limited|supported)\s*(.*)$/.exec(line) ?? []
      return state === 'non-supported' ? ended(source, rest, line) : row(source, state, line, { text: rest })
    })
  }
  const ofEnded = read(`security-support-ended.deb${number}`).map((line) => {
    const [, source, rest] = /^(\S+)\s+(.*)$/.exec(line) ?? []
    return ended(source, rest, line)
  })
  const ofLimited = read('security-support-limited').map((line) => {
    const [, source, text] = /^(\S+)\s*(.*)$/.exec(line) ?? []
    return row(source, 'limited', line, { text })
  })
  return [...ofEnded, ...ofLimited]
}

function ended(source, rest = '', line) {
  const [, last, day, text] = /^(\S+)\s+(\d{4}-\d{2}-\d{2})\s*(.*)$/.exec(rest) ?? []
  if (day === undefined) {
    throw notUnderstood(line)
  }
  return row(source, 'ended', line, { last, day, text })
}

/** The name is a regular expression for the whole name of a source package, as in check-support-status. */
function row(source, state, line, { last = null, day = null, text = '' }) {
  if (state === undefined || !/^[a-z0-9][a-z0-9+.*-]*$/.test(source ?? '')) {
    throw notUnderstood(line)
  }
  const see = [
    ...(text.match(/https?:\/\/[^\s;,]+/g) ?? []),
    ...[...text.matchAll(/(?:^|[^\w/])#(\d{4,8})\b/g)].map(([, bug]) => `https://bugs.debian.org/${bug}`),
  ]
  return { source, state, last, day, see: see.map((url) => url.replace(/[.)]+$/, '')) }
}

function notUnderstood(line) {
  return new Error(`a line that is not understood: ${line}`)
}

function listText({ codename, version, rows }) {
  const lines = rows.map((one) => `      ${literal(one)},`).join('\n')
  return `  ${codename}: {\n    version: '${version}',\n    rows: [\n${lines}\n    ],\n  },`
}

function literal(one) {
  const value = (it) => {
    if (Array.isArray(it)) {
      return `[${it.map(value).join(', ')}]`
    }
    return it === null ? 'null' : `'${it.replaceAll("'", '%27')}'`
  }
  return `{ ${Object.entries(one)
    .map(([name, it]) => `${name}: ${value(it)}`)
    .join(', ')} }`
}
