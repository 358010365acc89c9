import { describe, expect, test } from '@jest/globals'
import { goProgram } from '../../../support/programs.js'
import type { Entry } from '../../io/archive/build.js'
import { file, listed, program } from './of-layers.js'

describe('a file whose name says something else', () => {
  const body = goProgram('go1.19.8', [])
  const isListed = async (...entries: Entry[]) =>
    (await listed([entries])).some((one) => one.startsWith('golang stdlib 1.19.8 at'))

  test.each([
    'opt/bin/release',
    'srv/status',
    'opt/status.d/app',
    'usr/bin/status',
    'srv/node_modules/x/package.json',
    'srv/x-1.dist-info/METADATA',
    'srv/app.jar',
    'srv/app.deps.json',
    'etc/apt/apt.conf.d/app',
  ])('when a program lies at %s, then it is searched for modules of Go', async (path) => {
    expect(await isListed(program(path, body))).toBe(true)
  })

  test('when a program is a hard link called status, then it is there under that name too', async () => {
    const link: Entry = { path: 'srv/status', type: 'Link', linkpath: 'srv/app' }
    expect(await listed([[program('srv/app', body), link]])).toContainEqual(
      expect.stringContaining('golang stdlib 1.19.8 at srv/app, srv/status'),
    )
  })

  const link = (path: string, linkpath: string): Entry => ({ path, type: 'SymbolicLink', linkpath })
  const UNREAD = 'unreadable a symbolic link to a file that was not read null at'
  test.each([
    ['opt/jdk/release', '../x', 'opt/x'],
    ['srv/app.jar', '/opt/blob', 'opt/blob'],
    ['srv/node_modules/x/package.json', '../../../x.json', 'x.json'],
    ['srv/app.jar', '../../../../opt/blob', 'opt/blob'],
  ])(
    'when %s is a link to %s, which is not read there, then it is named',
    async (path, target, linkTarget) => {
      const named = [`${UNREAD} ${path}`]
      expect(await listed([[file(linkTarget, 'x'), link(path, target)]])).toEqual(named)
      expect(await listed([[file(linkTarget, 'x')], [link(path, target)]])).toEqual(named)
      // Behind a link to a folder, too.
      const [top = ''] = linkTarget.split('/')
      if (top !== linkTarget) {
        expect(await listed([[link(top, '/data'), link(path, target)]])).toEqual(named)
      }
    },
  )

  test('when a link leads to a folder, to nothing, or to what a lower layer shows, then it says nothing', async () => {
    const folder: Entry = { path: 'srv/www/releases/1', type: 'Directory' }
    expect(await listed([[folder, link('srv/www/release', 'releases/1')]])).toEqual([])
    expect(await listed([[link('app/lib/x.jar', '/data/x')]])).toEqual([])
    const phar = file(
      'usr/local/bin/composer',
      '#!/usr/bin/env php\n<?php __HALT_COMPILER(); ?>\r\n\x03\x00\x00\x00GBMB',
    )
    const found = await listed([[phar], [link('usr/local/bin/composer.phar', 'composer')]])
    expect(found.filter((one) => one.startsWith('unreadable'))).toEqual([])
  })

  test.each([
    ['usr/share/java/a.jar', 'a-1.0.jar'],
    ['usr/share/java/a.jar', '/etc/alternatives/a.jar'],
    ['usr/lib/libpython3.11.so', '../x/libpython3.11.so.1.0'],
    ['srv/status', 'elsewhere'],
  ])(
    'when %s is a link to %s, which is read there or is nothing, then it says nothing',
    async (path, target) => {
      expect(await listed([[link(path, target)]])).toEqual([])
    },
  )

  test('when links lead to links, as alternatives do, then the file at their end decides', async () => {
    const chain = [
      link('usr/bin/phar.phar', '/etc/alternatives/phar.phar'),
      link('etc/alternatives/phar.phar', '/usr/bin/phar.phar.default'),
      link('usr/bin/phar.phar.default', 'phar.phar8.2'),
    ]
    const record = file('var/lib/dpkg/alternatives/phar.phar', 'auto\n/usr/bin/phar.phar\n\n')
    expect(await listed([[...chain, record, link('usr/bin/phar.phar8.2', 'phar8.2.phar')]])).toEqual([])
    const blob = file('usr/bin/blob', 'x')
    expect(await listed([[...chain, blob, link('usr/bin/phar.phar8.2', 'blob')]])).toEqual([
      `${UNREAD} etc/alternatives/phar.phar, usr/bin/phar.phar`,
    ])
    expect(await listed([[link('srv/a.jar', 'b.jar'), link('srv/b.jar', 'a.jar')]])).toEqual([
      `${UNREAD} srv/a.jar, srv/b.jar`,
    ])
  })
})
