import { describe, expect, test } from '@jest/globals'
import { lostIn, volumesAt, volumesOf } from '../../../src/update/volumes.js'

/** As dpkg 1.21 prints it. */
const BEFORE = ['missing     /usr/share/doc/a/copyright', '??5??????   /srv/site/index.html', 'ii x'].join(
  '\n',
)
const AFTER = [
  BEFORE,
  '??5?????? c /etc/a.conf',
  '??5??????   /lib/x86_64-linux-gnu/a.so.1',
  'missing     /opt/a/new (Permission denied)',
  '??5??????   /var/lib/elsewhere',
].join('\n')

describe('volumes', () => {
  test('when a config names them, then they are paths without a slash at the end', () => {
    expect(volumesOf({ Volumes: { '/b/': {}, '/a': {}, '/': {} } })).toEqual(['/', '/a', '/b'])
    expect([volumesOf({}), volumesOf({ Volumes: null })]).toEqual([[], []])
  })

  test.each([
    ['/var', true],
    ['/var/lib/dpkg', true],
    ['/var/lib/dpkg/info', true],
    ['/', true],
    ['/var/lib/dpkg-more', false],
    ['/var/lib/d', false],
  ])('when one is at %s, then it is at /var/lib/dpkg: %j', (volume, expected) => {
    expect(volumesAt([volume], '/var/lib/dpkg').length > 0).toBe(expected)
  })

  test('when files in one are unlike their package since the update, then they were lost; others were not', () => {
    expect(lostIn(['/etc', '/usr/lib', '/opt/a', '/srv/site', '/usr/share/doc'], BEFORE, AFTER)).toEqual([
      '/etc/a.conf',
      '/lib/x86_64-linux-gnu/a.so.1',
      '/opt/a/new',
    ])
    expect(lostIn([], BEFORE, AFTER)).toEqual([])
  })
})
