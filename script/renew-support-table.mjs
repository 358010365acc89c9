// Takes Debian's list of releases from the package distro-info-data into src/debian/support-rows.ts.
// Run on Debian, after `apt-get update`: node script/renew-support-table.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, today, withPackage } from './lib/debian-package.mjs'

const COLUMNS = ['version', 'codename', 'series', 'created', 'release', 'eol', 'eol-lts', 'eol-elts']

withPackage('distro-info-data', (folder, version) => {
  const [head, ...lines] = readFileSync(join(folder, 'usr/share/distro-info/debian.csv'), 'utf8')
    .trim()
    .split('\n')
  if (head !== COLUMNS.join(',')) {
    throw new Error(`debian.csv has other columns than before: ${head}`)
  }
  const rows = lines.map((line) => {
    const values = line.split(',')
    // Short rows: undecided values are left out.
    const value = (name) => values[COLUMNS.indexOf(name)] || null
    const row = {
      codename: value('series'),
      version: value('version'),
      released: value('release'),
      eol: value('eol'),
      eolLts: value('eol-lts'),
      eolElts: value('eol-elts'),
    }
    const dates = [row.released, row.eol, row.eolLts, row.eolElts].filter((date) => date !== null)
    if (!/^[a-z]+$/.test(row.codename ?? '') || dates.some((date) => !/^\d{4}-\d{2}-\d{2}$/.test(date))) {
      throw new Error(`debian.csv has a line that is not understood: ${line}`)
    }
    return row
  })
  const text = `// Made by script/renew-support-table.mjs: not for editing by hand.

export const SUPPORT_SOURCE = { package: 'distro-info-data', version: '${version}', date: '${today()}' }

// biome-ignore format: one release, one line
export const SUPPORT_ROWS = [
${rows.map((row) => `  ${literal(row)},`).join('\n')}
]
`
  writeFileSync(join(ROOT, 'src/debian/support-rows.ts'), text)
  console.log(`${rows.length} releases of distro-info-data ${version}`)
})

function literal(row) {
  const value = (one) => (one === null ? 'null' : `'${one}'`)
  return `{ ${Object.entries(row)
    .map(([name, one]) => `${name}: ${value(one)}`)
    .join(', ')} }`
}
