import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { osvFolder } from '../live/application-images.js'
import { newFolder, reportOf, seaworthy } from '../live/support.js'
import { detailOf } from '../support/facts.js'
import { jarOf } from '../support/hostile-zip.js'
import { keys } from '../support/policies.js'
import { END, type Entry, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'
import { OF_DEBIAN } from './debian-layer.js'

/**
 * pnpm and Bun keep a package's files in a store, under the hash of their content, and node_modules has hard links. A tar
 * has the bytes with the name that comes first: below /usr/src/app, the default of many Dockerfiles, that is the store's.
 */

const LODASH = JSON.stringify({ name: 'lodash', version: '4.17.4' })
const STORE = 'root/.local/share/pnpm/store/v3/files/5d/1b2c3d4e5f'
const link = (path: string, linkpath: string): Entry => ({ path, linkpath, type: 'Link' })
const inModules = (folder: string) =>
  `${folder}/node_modules/.pnpm/lodash@4.17.4/node_modules/lodash/package.json`

async function scanned(entries: readonly Entry[]) {
  const layer = tarOf([...OF_DEBIAN, ...entries])
  const archive = join(newFolder(), 'app.tar')
  writeFileSync(archive, Buffer.concat([...ociEntries([layer]).map(entryOf), END]))
  const ran = await seaworthy(['scan', archive, '--osv', osvFolder(), keys({ 'max-data-age': 87600 })])
  const findings = reportOf(ran).images[0]?.findings ?? []
  return { ran, blocking: findings.filter(({ blocks }) => blocks) }
}

test.each<[string, string, Entry[]]>([
  [
    'the store’s name comes first',
    inModules('usr/src/app'),
    [{ path: STORE, body: LODASH }, link(inModules('usr/src/app'), STORE)],
  ],
  [
    'the name in node_modules comes first',
    inModules('app'),
    [{ path: inModules('app'), body: LODASH }, link(STORE, inModules('app'))],
  ],
])(
  'when lodash 4.17.4 is a hard link into a store, and %s, then the image fails',
  async (name, path, entries) => {
    const { ran, blocking } = await scanned(entries)
    const found = blocking.filter((one) => one.package === 'npm/lodash')
    process.stdout.write(
      `  attack 31, ${name}: exit ${ran.code}, ${found.length} vulnerabilities of lodash\n`,
    )
    expect(ran.code).toBe(1)
    expect(found.map(({ id }) => id)).toContain('CVE-2019-10744')
    expect(detailOf(found[0], 'paths')).toContain(path)
    expect(ran.stdout).toContain('Change package.json: npm/lodash 4.17.4')
  },
)

test('when log4j-core 2.14.1 is a hard link into a store, then the image fails', async () => {
  const body = jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1')
  const { ran, blocking } = await scanned([
    { path: 'opt/blobs/ab12', body },
    link('srv/lib/app.jar', 'opt/blobs/ab12'),
  ])
  process.stdout.write(`  attack 31, a jar: exit ${ran.code}\n`)
  expect(ran.code).toBe(1)
  expect(blocking.map(({ id }) => id)).toContain('CVE-2021-44228')
})
