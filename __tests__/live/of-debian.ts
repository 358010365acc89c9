import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { keptImage } from './kept-image.js'
import { BASES, docker, newFolder, ROOT, reportOf, seaworthy } from './support.js'

/** The packages with all that they depend on, which takes minutes, or alone. */
const INSTALLS = {
  whole: 'DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends',
  alone: 'sh /alone.sh',
}

/** With what they depend on, some 400, in all languages. */
export const DEBIAN_PACKAGES = [
  'python3-requests python3-jinja2 python3-yaml python3-httplib2 ruby-rack ruby-mustermann rake',
  'node-semver node-tar node-lodash liblog4j2-java libguava-java libspring-web-java runc ripgrep php-twig',
].join(' ')

/** Builds bookworm with these packages: for as long as it is used, as it may be large, or, alone, for a day. */
export async function withDebianPackages(
  packages: string,
  how: keyof typeof INSTALLS,
  use: (image: string) => Promise<void>,
): Promise<void> {
  const tag = `seaworthy-test/of-debian-${process.pid}:1`
  const folder = newFolder()
  cpSync(join(ROOT, '__tests__/live/of-debian'), folder, { recursive: true })
  const install = `${INSTALLS[how]} ${packages}`
  const lines = [
    `FROM ${BASES.bookworm}`,
    'COPY alone.sh /',
    `RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`,
  ]
  if (how === 'alone') {
    return use(keptImage('of-debian', lines, folder))
  }
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  docker('build', '-q', '-t', tag, folder)
  try {
    await use(tag)
  } finally {
    docker('rmi', '-f', tag)
  }
}

/** Builds bookworm with these packages, and expects that the gate finds nothing of the application. */
export async function expectOfDebian(packages: string, how: keyof typeof INSTALLS): Promise<void> {
  await withDebianPackages(packages, how, async (tag) => {
    const ran = await seaworthy(['scan', tag, '--checks', 'security-updates,clair', '--osv', '/nowhere'])
    const image = reportOf(ran).images[0]
    expect(image?.checks).toMatchObject([
      { state: 'answered' },
      { state: 'answered' },
      { check: 'credentials', state: 'answered' },
    ])
    expect(image?.applications).toMatchObject({
      judged: [],
      byClair: [],
      notExamined: [],
      off: false,
      words: null,
    })
    // Clair lists Debian's Python, Ruby, Java and Go files too, and is given no advisories about them: each belongs to
    // a Debian package, by the place at which Clair found it.
    const { packages = 0, sides, listed = [] } = image?.applications?.clair ?? {}
    expect(sides).toMatchObject({ judged: 0, 'not-examined': 0, unexplained: 0 })
    expect(listed.map(({ reason }) => reason)).toEqual(
      listed.map(() => expect.stringMatching(/belongs to the Debian package/)),
    )
    expect(listed.length).toBeGreaterThan(0)
    expect((sides?.debian ?? 0) + listed.length).toBe(packages)
    expect(image?.findings.filter(({ details }) => details.type === 'application-vulnerability')).toEqual([])
    // Each program is a file of a package; the script of this test is the only one that a Dockerfile brings.
    const { programs = 0, listed: others = [], judged } = image?.account ?? {}
    expect(others.filter(({ path }) => path !== 'alone.sh')).toEqual([])
    expect((judged?.debian ?? 0) + others.length).toBe(programs)
    expect(image?.findings.length).toBeGreaterThan(0)
  })
}
