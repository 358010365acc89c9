import { execFileSync } from 'node:child_process'
import { afterAll, describe, expect, test } from '@jest/globals'
import { compareResults } from '../../../src/policy/dictionary/compare.js'
import { STARTER_DICTIONARY } from '../../../src/policy/dictionary/default.js'
import { readDictionary } from '../../../src/policy/dictionary/read.js'
import { collect, findings } from '../../live/docker-bench/bench.js'
import { build, removeBuilt } from '../../live/docker-bench/images.js'
import { BASES, docker } from '../../live/support.js'

const flat = 'seaworthy-test/bench-flat:1'
afterAll(() => {
  removeBuilt()
  docker('rmi', '-f', flat)
})

const SOUND = 'USER 10001\nHEALTHCHECK CMD true\n'
/** setxattr(2) by its number on this machine: Debian's images have no setcap(8). cap_setuid=ep, and cap_net_raw=ep. */
const SETXATTR = process.arch === 'arm64' ? 5 : 188
const SETCAP = [['/x', 7] as const, ['/ping', 13] as const]
  .map(([file, number]) => {
    const assignment = `($f, $n, $v) = ("${file}", "security.capability", pack("V5", 0x02000001, 1 << ${number}, 0, 0, 0));`
    return `${assignment} syscall(${SETXATTR}, $f, $n, $v, 20, 0) == 0 or die $!;`
  })
  .join(' ')
const DICTIONARY = readDictionary(STARTER_DICTIONARY, 'd.yml')

/** Ids that the shipped dictionary blocks, with the outcome of each; 4.4 is the matter of another check. */
async function blocking(image: string): Promise<readonly string[]> {
  const found = findings(await collect(image))
  const context = {
    reference: image,
    today: '2026-11-24',
    evidence: new Set(['base-image', 'vulnerability-scan']),
  }
  return compareResults([...found.values()], DICTIONARY, context)
    .filter(({ blocks }) => blocks)
    .map(({ id, outcome }) => `${id} ${outcome}`)
}
const made = (name: string, rest: string) =>
  blocking(build(`odd-${name}`, `FROM ${BASES.bookworm}\nRUN true\n${rest}`))

describe('odd images, as an engine has them', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['is sound', 'sound', SOUND, []],
    [
      'makes its user as Debian does',
      'adduser',
      `RUN adduser --disabled-password --gecos '' app\n${SOUND}USER app\n`,
      [],
    ],
    [
      'had a setuid file, which is gone',
      'gone',
      `RUN cp /bin/sh /x && chmod 4755 /x\nRUN rm /x\n${SOUND}`,
      [],
    ],
    ['only speaks of apt-get update', 'speaks', `RUN echo 'apt-get update'; : apt-get update\n${SOUND}`, []],
    ['has another root', 'toor', `RUN useradd -o -u 0 toor\n${SOUND}USER toor\n`, ['4.1 worse']],
    ['has a user whom nobody knows', 'nobody-knows', `RUN rm /etc/passwd\n${SOUND}USER app\n`, ['4.1 worse']],
    [
      'hides its users behind a link',
      'link',
      `RUN mv /etc/passwd /etc/pw && ln -s pw /etc/passwd\n${SOUND}USER daemon\n`,
      ['4.1 vacuous'],
    ],
    [
      'has a setuid file with a name like two that are expected',
      'blank',
      `RUN mkdir -p '/bin/su /bin' && cp /bin/sh '/bin/su /bin/mount' && chmod 4755 '/bin/su /bin/mount'\n${SOUND}`,
      ['4.8 worse'],
    ],
    ['gives a shell the bit', 'shell', `RUN chmod 4755 /bin/dash\n${SOUND}`, ['4.8 worse']],
    [
      'gives a shell the capability to be anyone, and another one what ping has',
      'capability',
      `RUN cp /bin/sh /x && cp /bin/sh /ping && perl -e '${SETCAP}'\n${SOUND}`,
      ['4.8 worse'],
    ],
    ['gives a password to its program', 'cmd', `${SOUND}CMD ["app", "--password=hunter2"]\n`, ['4.10 worse']],
    ['switches the check of health off again', 'none', `${SOUND}HEALTHCHECK NONE\n`, ['4.6 worse']],
  ])('when one %s, then the shipped dictionary says so', async (_, name, rest, expected) => {
    expect(await made(name, rest)).toEqual(expected)
  })

  test('when one was flattened, then what its history hides was looked at by nobody', async () => {
    const id = docker('create', BASES.bookworm, 'true').trim()
    const changes = ['USER 10001', 'HEALTHCHECK CMD true'].flatMap((one) => ['--change', `'${one}'`])
    execFileSync('sh', ['-c', `docker export ${id} | docker import ${changes.join(' ')} - ${flat}`])
    docker('rm', id)
    expect(await blocking(flat)).toEqual(['4.7', '4.9', '4.10', '4.11'].map((one) => `${one} vacuous`))
  })
})
