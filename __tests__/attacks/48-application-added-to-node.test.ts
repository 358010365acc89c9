import { expect, test } from '@jest/globals'
import { withSegments } from '../support/programs.js'
import { debianFiles, evidenceOf, judged } from './made-evidence.js'

/**
 * An application as a single program, as Node.js describes it: postject adds its code to a copy of Node.js. For arm64,
 * linkers do not separate constants from code by default. In a position-independent program, the table of segments stays
 * in front, so the only segment of constants was the added one, and no vulnerability of Node.js was reported. The official
 * builds of Node.js are not position-independent: there, postject moves the table, and all of the program was searched.
 */
const [CODE, DATA, ADDED] = [
  { flags: 5, at: 4096 },
  { flags: 6, at: 8192 },
  { flags: 4, at: 12_288 },
]
const shop = withSegments([CODE, DATA, ADDED])
shop.write('\0node.js/v20.11.1\0', CODE.at, 'latin1')

test('when an application was added to Node.js, then the report says which Node.js it is', async () => {
  const evidence = await evidenceOf([debianFiles(), [{ path: 'srv/shop', body: shop, mode: 0o755 }]])
  const { report } = await judged(evidence)
  // The evidence has no advisories for Node.js.
  expect(report.images[0]?.account?.listed).toMatchObject([
    { path: 'srv/shop', side: 'not-examined', reason: 'Node.js 20.11.1' },
  ])
})
