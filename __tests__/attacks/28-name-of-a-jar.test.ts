import { expect, test } from '@jest/globals'
import { zipOf } from '../support/hostile-zip.js'
import { blockedBy, judged } from './applications.js'

/** A jar without a pom.properties of its own, into which another was shaded: only the other was judged. */

const POM = 'groupId=com.ongres.scram\nartifactId=client\nversion=2.1\n'
const shaded = { name: 'META-INF/maven/com.ongres.scram/client/pom.properties', body: POM }

test.each([
  ['its file name', ''],
  ['its manifest as well', 'Implementation-Title: Log4j Core\r\nImplementation-Version: 2.14.1\r\n'],
])('when log4j-core 2.14.1 is named by %s and contains another jar, then it blocks', async (_, main) => {
  const path = 'opt/app/lib/log4j-core-2.14.1.jar'
  const jar = zipOf([{ name: 'META-INF/MANIFEST.MF', body: `Manifest-Version: 1.0\r\n${main}\r\n` }, shaded])
  const found = await judged({ [path]: jar }, 'org.apache.logging.log4j:log4j-core', [
    ':log4j-core',
    'com.ongres.scram:client',
  ])
  expect(blockedBy(found, 'CVE-2021-44228')).toEqual([path])
  expect(found.code).toBe(1)
})
