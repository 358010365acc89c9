import { expect, test } from '@jest/globals'
import { jarOf, zipOf } from '../support/hostile-zip.js'
import { blockedBy, judged } from './applications.js'

/** A jar that Java runs, with bytes behind its end, or with a second directory in its comment: it was "unreadable", or another. */

const log4j = jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1')
const path = 'opt/app/lib/log4j-core-2.14.1.jar'

test.each<[string, Buffer]>([
  ['one byte behind its end', Buffer.concat([log4j, Buffer.from('\n')])],
  [
    'a script in front and bytes behind',
    Buffer.concat([Buffer.from('#!/bin/sh\n'), log4j, Buffer.alloc(99)]),
  ],
])('when log4j-core 2.14.1 has %s, then it blocks', async (_, jar) => {
  const found = await judged({ [path]: jar }, 'org.apache.logging.log4j:log4j-core')
  expect(blockedBy(found, 'CVE-2021-44228')).toEqual([path])
  expect(found.code).toBe(1)
})

test('when Python finds another directory than Java, then the packages of both count', async () => {
  const wheel = 'srv/lib/Django-3.2-py3-none-any.whl'
  const body = 'Metadata-Version: 2.1\nName: Django\nVersion: 3.2\n'
  const django = zipOf([{ name: 'Django-3.2.dist-info/METADATA', body }])
  // With something behind it Java looks for a file where this record says that the zip begins; Python does not.
  django.writeUInt32LE(django.readUInt32LE(django.length - 6) - 1, django.length - 6)
  const harmless = jarOf('com.acme', 'django', '3.2')
  const both = Buffer.concat([harmless, django, Buffer.from('x')])
  both.writeUInt16LE(django.length + 1, harmless.length - 2)
  const found = await judged({ [wheel]: both }, 'Django')
  expect(blockedBy(found, 'CVE-2021-33203')).toEqual([wheel])
})
