import { expect, test } from '@jest/globals'
import { makeZip } from '../support/zip.js'
import { blockedBy, judged } from './applications.js'

/**
 * An application as Yarn installs it since version 2, unless told otherwise: there is no `node_modules`, and Node.js loads
 * the packages from the zips of Yarn's cache, which `.pnp.cjs` names. No zip of JavaScript was read.
 */

const ZIP = 'srv/app/.yarn/cache/lodash-npm-4.17.4-6d81df1ec5-10c0.zip'
const LODASH = makeZip([
  { name: 'node_modules/lodash/package.json', bytes: '{"name":"lodash","version":"4.17.4"}' },
  { name: 'node_modules/lodash/lodash.js', bytes: '' },
])

test("when Yarn's Plug'n'Play has installed lodash 4.17.4, then it blocks", async () => {
  const location = './.yarn/cache/lodash-npm-4.17.4-6d81df1ec5-10c0.zip/node_modules/lodash/'
  const files = {
    'srv/app/.pnp.cjs': `const RAW_RUNTIME_STATE =\n'{\\\n"packageRegistryData": [["lodash", [["npm:4.17.4", {\\\n"packageLocation": "${location}"}]]]]}';\n`,
    'srv/app/package.json': '{"name":"shop","private":true,"dependencies":{"lodash":"4.17.4"}}',
    [ZIP]: LODASH,
  }
  const found = await judged(files, 'lodash')
  expect(blockedBy(found, 'CVE-2021-23337')).toEqual([ZIP])
  expect(found.code).toBe(1)
})

test('when no manifest names the zip, then nobody loads it', async () => {
  expect(blockedBy(await judged({ [ZIP]: LODASH }, 'lodash'), 'CVE-2021-23337')).toEqual([])
})
