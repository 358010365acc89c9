import { expect, test } from '@jest/globals'
import { jarOf, zipOf } from '../support/hostile-zip.js'
import { blockedBy, judged } from './applications.js'

/**
 * An honest image has its packages in archives that are not called jar: a Jenkins plugin, an egg, a zipapp. They passed,
 * and no report mentioned them.
 */

const LOG4SHELL = 'CVE-2021-44228'
const DJANGO = 'CVE-2021-33203'
const log4j = jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1')
const plugin = zipOf([{ name: 'WEB-INF/lib/log4j-core-2.14.1.jar', body: log4j }])
const METADATA = 'Metadata-Version: 1.1\nName: Django\nVersion: 3.2\n'
const withFolder = (prefix = '') =>
  zipOf([{ name: 'Django-3.2.dist-info/METADATA', body: METADATA }], { prefix })
const SITE = 'usr/local/lib/python3.11/site-packages'

test.each([
  'usr/share/jenkins/ref/plugins/x.jpi',
  'opt/jenkins/x.hpi',
  'opt/nifi/lib/x.nar',
  'opt/app/x.rar',
  'opt/karaf/deploy/x.kar',
])('when %s contains log4j-core 2.14.1, then it blocks', async (path) => {
  const found = await judged({ [path]: plugin }, 'org.apache.logging.log4j:log4j-core')
  expect(blockedBy(found, LOG4SHELL)).toEqual([`${path}:WEB-INF/lib/log4j-core-2.14.1.jar`])
  expect(found.code).toBe(1)
})

test.each<[string, string | Buffer]>([
  [`${SITE}/Django-3.2-py3.11.egg/EGG-INFO/PKG-INFO`, METADATA],
  [`${SITE}/Django-3.2-py3.11.egg`, zipOf([{ name: 'EGG-INFO/PKG-INFO', body: METADATA }])],
  ['srv/app.pyz', withFolder('#!/usr/bin/env python3\n')],
  ['srv/app.pex', zipOf([{ name: '.deps/d.whl/Django-3.2.dist-info/METADATA', body: METADATA }])],
  ['srv/lib/Django-3.2-py3-none-any.whl', withFolder()],
  ['usr/local/bin/manage', withFolder('#!/usr/bin/env python3\n')],
])('when Django 3.2 is in %s, then it blocks', async (path, body) => {
  const found = await judged({ [path]: body }, 'Django')
  expect(blockedBy(found, DJANGO)).toEqual([path])
  expect(found.code).toBe(1)
})
