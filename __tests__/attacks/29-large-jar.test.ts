import { expect, test } from '@jest/globals'
import { jarOf } from '../support/hostile-zip.js'
import { blockedBy, judged } from './applications.js'

/** An application in one jar that is larger than what the gate keeps in memory: "unreadable", noted, and passed. */

test('when a jar of 130 MiB contains log4j-core 2.14.1, then it blocks', async () => {
  const path = 'opt/app/app.jar'
  const padding = { name: 'model.bin', body: Buffer.alloc(130 * 2 ** 20), stored: true }
  const jar = jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1', [padding])
  const found = await judged({ [path]: jar }, 'org.apache.logging.log4j:log4j-core')
  expect(blockedBy(found, 'CVE-2021-44228')).toEqual([path])
  expect(found.code).toBe(1)
})
