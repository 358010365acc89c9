import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ImageConfig } from '../../../src/update/plan/patch-file.js'
import type { KnownTest } from '../../../src/update/test.js'
import { isEveryCase } from '../../support/runs.js'
import { docker } from '../support.js'
import { asUpdate, type LabPackage, labImage, labImageOn } from './lab.js'
import { planFor, runProof as run } from './proof.js'

const images: string[] = []
afterAll(() => {
  for (const image of images.reverse()) {
    docker('rmi', '-f', image)
  }
})

/** Images with the same packages are built on the same one. */
const bases = new Map<string, string>()

async function lab(tag: string, packages: readonly LabPackage[], dockerfile = ''): Promise<string> {
  const key = JSON.stringify(packages)
  const base = bases.get(key) ?? (await labImage(`${tag}-base`, packages))
  if (!bases.has(key)) {
    bases.set(key, base)
    images.push(base)
  }
  if (dockerfile === '') {
    return base
  }
  const image = labImageOn(base, tag, dockerfile)
  images.push(image)
  return image
}

const command = (text: string): KnownTest => ({ kind: 'command', command: text })
const outputOf = (id: string, script: string) =>
  docker('run', '--rm', '--network', 'none', '--entrypoint', 'sh', id, '-c', script)
const NOTHING_BROKEN = command(
  'test -z "$(docker run --rm --network none --entrypoint sh $IMAGE -c "grep -rl broken /usr/share/lab")"',
)

// Each half is an image of its own: eight packages take a third of the time of thirty.
const MANY = isEveryCase ? 30 : 8
describe(`when one of ${MANY} packages breaks the test`, () => {
  const packages = Array.from({ length: MANY }, (_, index) => ({
    name: `lab-${String(index + 1).padStart(2, '0')}`,
    ...(index === 4 ? { printed: 'broken' } : {}),
  }))
  let image: string
  beforeAll(async () => {
    image = await lab('many', packages)
  })

  test('then it is found by halving, left out and named, and the others are brought up', async () => {
    let versions = ''
    const proof = await run(image, planFor(packages.map((one) => asUpdate(one))), NOTHING_BROKEN, (id) => {
      versions = outputOf(id, "dpkg-query -W 'lab-*'; ls /var/lib/apt/lists")
    })
    expect(proof.leftOut).toMatchObject([{ package: { name: 'lab-05' }, by: 'test', message: 'exit 1' }])
    expect(proof.testBefore).toMatchObject({ ok: true, ended: 'exit 0', attempt: 1 })
    expect(proof.testAfter).toMatchObject({ ok: true })
    // The lists are gone: nothing follows the packages.
    const wanted = packages.map(({ name }) => `${name}\t${name === 'lab-05' ? 1 : 2}\n`).join('')
    expect(versions).toBe(wanted)
  })
})

describe('when apt cannot bring up some of the packages', () => {
  const packages = [
    { name: 'lab-a' },
    { name: 'lab-b', fields: { Depends: 'lab-nowhere' } },
    { name: 'lab-c', fields: { Conflicts: 'lab-d' } },
    { name: 'lab-d' },
    { name: 'lab-e' },
    { name: 'lab-f' },
  ]
  test('then those are left out with apt’s reason, and the rest is brought up', async () => {
    const image = await lab('apt', packages, 'RUN apt-mark hold lab-f')
    const plan = planFor(packages.map((one) => asUpdate(one, one.name === 'lab-e' ? '3' : '2')))
    const { leftOut, packages: done } = await run(image, plan, null)
    expect(done.map(({ name }) => name)).toEqual(['lab-a', 'lab-d'])
    expect(
      Object.fromEntries(leftOut.map(({ package: { name }, by, message }) => [name, `${by}: ${message}`])),
    ).toEqual({
      'lab-b': expect.stringMatching(/^apt: .*unmet|^apt: .*broken/s),
      'lab-c': expect.stringMatching(/^apt: apt would remove lab-d/),
      'lab-e': "apt: E: Version '3' for 'lab-e' was not found",
      'lab-f': expect.stringMatching(
        /^apt: lab-f is on hold in the image; to allow the update, run apt-mark unhold/,
      ),
    })
  })
})

describe('when apt does not keep what it promised', () => {
  test('then only the packages that it cannot install are left out, also where PATH has no apt-get', async () => {
    const packages = [
      { name: 'lab-a' },
      { name: 'lab-gone' },
      { name: 'lab-script', postinst: '#!/bin/sh\nexit 7\n' },
    ]
    const away = ['RUN rm /repo/lab-gone_2.deb', 'ENV PATH=/opt/app/bin']
    const image = await lab('promise', packages, away.join('\n'))
    const proof = await run(image, planFor(packages.map((one) => asUpdate(one))), null)
    expect(proof.packages.map(({ name }) => name)).toEqual(['lab-a'])
    expect(proof.leftOut.map(({ package: { name }, by, message }) => `${name} ${by}: ${message}`)).toEqual([
      expect.stringMatching(/^lab-gone apt: .*E: Failed to fetch .*lab-gone_2.deb/s),
      expect.stringMatching(/^lab-script apt: dpkg: .*lab-script.*exit status 7/),
    ])
  })
})

describe('when what is brought up was changed or marked in the image', () => {
  test('then configuration, diverted files and marks of apt stay, and the layer has nothing that nobody needs', async () => {
    const changed = [
      'RUN apt-mark auto lab-a && echo mine >/etc/lab/lab-a',
      'RUN dpkg-divert --local --rename --add /usr/share/lab/lab-b && echo ours >/usr/share/lab/lab-b',
    ]
    const packages = [{ name: 'lab-a', conffile: true as const }, { name: 'lab-b' }]
    const image = await lab('changed', packages, changed.join('\n'))
    const ask = [
      "dpkg-query -W 'lab-*'; apt-mark showauto lab-a lab-b",
      'cat /etc/lab/lab-a /usr/share/lab/lab-b; ls /usr/share/lab/lab-b.distrib',
      'ls /var/log/apt /var/cache/ldconfig /var/cache/debconf/*-old /var/lib/dpkg/status-old 2>/dev/null || true',
    ]
    let after = ''
    await run(image, planFor(packages.map((one) => asUpdate(one))), null, (id) => {
      after = outputOf(id, ask.join('; true; '))
    })
    const wanted = ['lab-a\t2', 'lab-b\t2', 'lab-a', 'mine', 'ours', '/usr/share/lab/lab-b.distrib']
    const kept = ['/var/cache/ldconfig:', '', '/var/log/apt:', 'history.log', 'term.log', '']
    expect(after.split('\n')).toEqual([...wanted, ...kept])
  })
})

describe('when the image has a VOLUME, under which a builder keeps nothing', () => {
  test.each([
    ['files', '/usr/share/lab', null],
    ['apt', '/var/lib/apt', NOTHING_BROKEN],
  ])('over %s, then nothing is given, and no package is blamed', async (tag, volume, spec) => {
    const packages = [{ name: 'lab-a' }, { name: 'lab-b', printed: 'broken' }]
    const image = await lab(`volume-${tag}`, packages, `VOLUME ${volume} /data`)
    await expect(run(image, planFor(packages.map((one) => asUpdate(one))), spec)).rejects.toMatchObject({
      problem: { code: 'update-refused', what: expect.stringContaining(`VOLUME ${volume}`) },
    })
  })
})

describe('when the image runs without root and has a config of its own', () => {
  test('then the layer is made as root, and the config is as it was', async () => {
    const config = [
      'RUN useradd -m app || echo "app:x:1234:1234::/:/bin/sh" >>/etc/passwd',
      'USER app',
      'ENTRYPOINT ["sh", "-c"]',
      'CMD ["sleep 60"]',
      'LABEL a="b c" d=$e',
      'HEALTHCHECK --interval=1s --start-period=5s CMD test -e /usr/share/lab/lab-a',
      'STOPSIGNAL SIGQUIT',
      'EXPOSE 80',
      'ENV X="1 2"',
      'WORKDIR /srv',
      'VOLUME /data',
    ]
    const image = await lab('config', [{ name: 'lab-a' }], config.join('\n'))
    const configOf = (id: string) => {
      const {
        Image: _,
        Hostname: __,
        ...rest
      } = JSON.parse(docker('image', 'inspect', id))[0].Config as ImageConfig & Record<string, unknown>
      return rest
    }
    let after: unknown
    const { testAfter } = await run(
      image,
      planFor([asUpdate({ name: 'lab-a' })]),
      { kind: 'healthcheck' },
      (id) => {
        after = configOf(id)
      },
    )
    expect(testAfter).toMatchObject({ ok: true, ended: 'healthy' })
    expect(after).toEqual(configOf(image))
  })
})

describe('tests that fail', () => {
  const one = [{ name: 'lab-a' }]
  const plan = planFor([asUpdate({ name: 'lab-a' })])
  let image: string
  beforeAll(async () => {
    image = await lab('tests', one)
  })

  test('when the test fails before and after, then nothing is brought up and it is reported as broken before', async () => {
    const proof = await run(image, plan, command('echo no; exit 3'))
    expect(proof).toMatchObject({
      patched: null,
      packages: [],
      testBefore: { ok: false, ended: 'exit 3', output: 'no' },
    })
  })

  test('when it never ends, then it is ended with all that it started', async () => {
    const mark = `97531${process.pid}`
    const proof = await run(image, plan, command(`sleep ${mark} & sleep ${mark}`), () => {}, { limitMs: 500 })
    expect(proof.testBefore).toMatchObject({ ok: false, ended: 'not finished within 0.5 s' })
    expect(commandLines().filter((line) => line.includes(mark))).toEqual([])
  })

  test('when it is ended while a container of it runs, then that is removed, and the user’s of the same image is not', async () => {
    const users = docker('run', '-d', '--network', 'none', image, 'sleep', '300').trim()
    try {
      const hangs = command('docker run --rm --network none "$IMAGE" sleep 300')
      const proof = await run(image, plan, hangs, () => {}, { limitMs: 3000 })
      expect(proof.testBefore).toMatchObject({ ok: false, ended: 'not finished within 3 s' })
      expect(docker('ps', '-aq', '--no-trunc', '--filter', `ancestor=${image}`).trim()).toBe(users)
    } finally {
      docker('rm', '-f', users)
    }
  })

  test('when it fails sometimes, then it is tried again, and the attempt is reported', async () => {
    const flaky = 'f=$TMPDIR_LAB; test -e "$f" && rm "$f" || { touch "$f"; exit 1; }'
    process.env.TMPDIR_LAB = `${process.env.TMPDIR ?? '/tmp'}/sw-flaky-${process.pid}`
    const proof = await run(image, plan, command(flaky), () => {}, { retries: 1 })
    expect(proof.testBefore).toMatchObject({ ok: true, attempt: 2 })
    expect(proof.testAfter).toMatchObject({ ok: true, attempt: 2 })
  })

  test('when tokens are in the environment, then the test does not see them', async () => {
    process.env.INPUT_SECRET = 'x'
    process.env.GITHUB_TOKEN = 'x'
    try {
      const proof = await run(image, plan, command('test -z "$INPUT_SECRET$GITHUB_TOKEN"'))
      expect(proof.testAfter).toMatchObject({ ok: true })
    } finally {
      delete process.env.INPUT_SECRET
      delete process.env.GITHUB_TOKEN
    }
  })
})

describe('images that apt in them cannot update', () => {
  test('when the archive cannot be reached, then that is reported, with what to do', async () => {
    const away = [
      "RUN echo 'deb http://192.0.2.1/debian bookworm main' >/etc/apt/sources.list",
      'RUN echo \'Acquire::http::Timeout "1"; Acquire::Retries "0";\' >/etc/apt/apt.conf.d/99lab',
    ]
    const image = await lab('away', [{ name: 'lab-a' }], away.join('\n'))
    await expect(run(image, planFor([asUpdate({ name: 'lab-a' })]), null)).rejects.toMatchObject({
      problem: { code: 'update-no-network' },
    })
  })

  test('when there is no apt-get or no shell, then the error says to rebuild the image on a newer base', async () => {
    for (const [tag, gone] of [
      ['no-apt', '/usr/bin/apt-get'],
      ['no-shell', '/bin/sh'],
    ] as const) {
      const image = await lab(tag, [{ name: 'lab-a' }], `RUN rm ${gone}`)
      await expect(run(image, planFor([asUpdate({ name: 'lab-a' })]), null)).rejects.toMatchObject({
        problem: { code: 'update-no-apt', todo: expect.stringContaining('newer base') },
      })
    }
  })
})

/** Command lines of all processes (proc(5)). */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
      } catch {
        return ''
      }
    })
}
