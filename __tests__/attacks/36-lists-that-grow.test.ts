import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { Entry } from '../unit/io/archive/build.js'
import { debianFiles, evidenceOf, judged } from './made-evidence.js'

/**
 * The author of an image adds two shell lines: they append the application's files to dpkg's lists of a package of the
 * base. Debian then owned lodash 4.17.4, so nobody looked for its vulnerabilities, or for malware. The base's layer has
 * the same lists for the same version without these lines.
 */

const INFO = 'var/lib/dpkg/info/apt'
const md5 = (body: string) => createHash('md5').update(body).digest('hex')
const lodash: Entry = {
  path: 'usr/share/app/node_modules/lodash/package.json',
  body: JSON.stringify({ name: 'lodash', version: '4.17.4' }),
}
const apt: Entry = { path: 'usr/bin/apt', body: '\x7fELF apt', mode: 0o755 }

const listsOf = (entries: readonly Entry[]): readonly Entry[] => [
  { path: `${INFO}.list`, body: entries.map(({ path }) => `/${path}\n`).join('') },
  {
    path: `${INFO}.md5sums`,
    body: entries.map(({ path, body }) => `${md5(String(body))}  ${path}\n`).join(''),
  },
]
const base = () => [...debianFiles(), apt, ...listsOf([apt])]

test('when a layer extends a package’s lists, then lodash is judged, and the database is doubtful', async () => {
  const evidence = await evidenceOf([base(), [lodash, ...listsOf([apt, lodash])]])
  const { code, report } = await judged(evidence)
  const [image] = report.images
  expect(code).toBe(1)
  expect(image?.findings.filter(({ package: name, blocks }) => name === 'npm/lodash' && blocks)).not.toEqual(
    [],
  )
  expect(image?.findings.find(({ id }) => id === 'package-database-doubtful')).toMatchObject({
    blocks: true,
    details: {
      packages: ['apt'],
      lines: [`/${lodash.path}`, `${md5(String(lodash.body))}  ${lodash.path}`],
    },
  })
  process.stdout.write('  attack 36: the grown lists own nothing, and the verdict is FAIL\n')
})

test('when the application is in a folder that no package uses, then no list makes it Debian’s', async () => {
  const app = { ...lodash, path: lodash.path.replace('usr/share/app', 'app') }
  const { code, report } = await judged(
    await evidenceOf([[...debianFiles(), apt, app, ...listsOf([apt, app])]]),
  )
  expect(code).toBe(1)
  expect(report.images[0]?.findings.some(({ package: name }) => name === 'npm/lodash')).toBe(true)
})

test('when the same version is installed again, then nothing is doubtful', async () => {
  const { code, report } = await judged(await evidenceOf([base(), [apt, ...listsOf([apt])]]))
  expect([code, report.images[0]?.findings.filter(({ blocks }) => blocks)]).toEqual([0, []])
})
