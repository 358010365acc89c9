import { expect, test } from '@jest/globals'
import { blockedBy, judged } from './applications.js'

/**
 * A jar that a Dockerfile unpacks, so that the application starts faster: Java loads the classes from the folder, and
 * Maven's description of each shaded library is there too, but only those in archives were read.
 */

test('when log4j-core 2.14.1 was shaded into a jar that is unpacked in the image, then it blocks', async () => {
  const path = 'opt/app/META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties'
  const files = {
    'opt/app/META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\nMain-Class: com.acme.Main\r\n\r\n',
    [path]: 'version=2.14.1\ngroupId=org.apache.logging.log4j\nartifactId=log4j-core\n',
    'opt/app/org/apache/logging/log4j/core/Core.class': Buffer.from('cafebabe', 'hex'),
  }
  const found = await judged(files, 'org.apache.logging.log4j:log4j-core')
  expect(blockedBy(found, 'CVE-2021-44228')).toEqual([path])
  expect(found.code).toBe(1)
})
