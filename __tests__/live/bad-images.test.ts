import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { BOOKWORM, databaseOf, importImage, removeImages, stanza } from './images.js'
import { docker, leftovers, newFolder, type Ran, reportOf, seaworthy } from './support.js'

afterAll(removeImages)

function problemIn(ran: Ran): string | undefined {
  return reportOf(ran).unanswered[0]?.problem.code
}

test('when help is asked for then exit is 0, and what cannot be understood is 2 with the help to look at', async () => {
  const ends = [['help'], ['scan', '--help'], ['scan', 'app:1', '--offline', 'true'], ['scan', '--nosuch']]
  const all = await Promise.all(ends.map((args) => seaworthy(args)))
  expect(all.map(({ code }) => code)).toEqual([0, 0, 2, 2])
  expect(all[2]?.stderr).toContain('"true" would be taken as an image name')
  expect(all[3]?.stderr).toContain('for the full list, run seaworthy scan --help')
})

describe('when the image can’t be judged', () => {
  test('then no engine is exit 2 with what to do', async () => {
    const ran = await seaworthy(['scan', 'debian:12'], { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
    expect(ran.code).toBe(2)
    expect(problemIn(ran)).toBe('no-engine')
    expect(ran.stdout).toContain('start Docker')
    expect(leftovers(ran)).toEqual([])
  })

  test('then no such image is exit 2, and no service was started for it', async () => {
    const ran = await seaworthy(['scan', 'seaworthy-test/none:1', 'seaworthy-test/none:2'])
    expect(ran.code).toBe(2)
    expect(problemIn(ran)).toBe('no-such-image')
    expect(reportOf(ran).images.map(({ verdict }) => verdict)).toEqual(['incomplete', 'incomplete'])
    const reported = reportOf(ran).images.map(({ checks }) => checks[0]?.problem?.what)
    expect(reported).toEqual([1, 2].map((at) => expect.stringContaining(`"seaworthy-test/none:${at}"`)))
    expect(ran.stderr).not.toContain('PostgreSQL')
    expect(leftovers(ran)).toEqual([])
  })

  test('then a name that is none is exit 2 before anything is started', async () => {
    const ran = await seaworthy(['scan', 'UPPER/Case:tag:tag'])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('bad-image-name')
    expect(ran.stderr).not.toContain('PostgreSQL')
    expect(leftovers(ran)).toEqual([])
  })

  const installed = { 'var/lib/dpkg/status': stanza('a', '1') }
  const bad: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['scratch', { app: 'x' }, 'no-os-release'],
    ['no-dpkg', { 'etc/os-release': BOOKWORM }, 'no-dpkg'],
    [
      'alpine',
      { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.0\n', 'lib/apk/db/installed': 'P:x\n' },
      'not-debian',
    ],
    ['no-release', installed, 'no-os-release'],
    [
      'derivative',
      { 'etc/os-release': 'ID=kali\nID_LIKE=debian\nVERSION_CODENAME=kali-rolling\n', ...installed },
      'not-debian',
    ],
    [
      'broken-status',
      { 'etc/os-release': BOOKWORM, 'var/lib/dpkg/status': 'Package: a\nbroken line\n\n' },
      'dpkg-status-broken',
    ],
  ]

  test('then each is incomplete with its own reason, exit 2', async () => {
    const ran = await seaworthy(['scan', ...bad.map(([name, files]) => importImage(name, files))])
    expect(ran.code).toBe(2)
    const reported = reportOf(ran).images.map(({ verdict, checks }, at) => [
      bad[at]?.[0],
      verdict,
      checks.filter(({ check }) => check !== 'credentials').map(({ problem }) => problem?.code),
    ])
    expect(reported).toEqual(bad.map(([name, , code]) => [name, 'incomplete', [code]]))
    expect(leftovers(ran)).toEqual([])
  })

  test('then an image of no layers has no files, exit 2', async () => {
    const context = newFolder()
    writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nLABEL nothing=1\n')
    const tag = `seaworthy-test/no-files-${process.pid}:1`
    docker('build', '--quiet', '--tag', tag, context)
    const ran = await seaworthy(['scan', tag])
    docker('rmi', tag)
    expect([ran.code, problemIn(ran)]).toEqual([2, 'no-files'])
    expect(leftovers(ran)).toEqual([])
  })

  test('then a release that the tracker does not know is exit 2, too', async () => {
    const release = 'ID=debian\nVERSION_CODENAME=nosuch\nVERSION_ID="99"\n'
    const ran = await seaworthy(['scan', importImage('unknown', { 'etc/os-release': release, ...installed })])
    expect([ran.code, reportOf(ran).verdict, problemIn(ran)]).toEqual([
      2,
      'incomplete',
      'tracker-wrong-release',
    ])
    expect(leftovers(ran)).toEqual([])
  })

  test('then one bad image of two leaves the other’s findings whole, and the worst counts', async () => {
    const good = importImage('good', {
      'etc/os-release': BOOKWORM,
      ...databaseOf(stanza('openssl', '3.0.1-1')),
    })
    const ran = await seaworthy(['scan', good, 'seaworthy-test/none:1'])
    const report = reportOf(ran)
    expect(report.images.map(({ verdict }) => verdict)).toEqual(['fail', 'incomplete'])
    expect(report.images[0]?.findings.length).toBeGreaterThan(0)
    expect(ran.code).toBe(1)
    expect(leftovers(ran)).toEqual([])
  })
})
