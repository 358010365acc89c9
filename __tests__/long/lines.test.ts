import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { BASES, newFolder, type Ran, ROOT, reportOf, seaworthy, start } from '../live/support.js'
import { dockerOn, HERE, load, secondEngine, type TestEngine } from '../live/test-engine.js'
import { dockerfile } from '../support/dockerfiles/recorded.js'
import { keys } from '../support/policies.js'
import { githubErrors, multitool, readSarif } from '../support/sarif.js'

/** Eight instructions, most of them with an error that is known. */
const TEXT = dockerfile('app').replace('base:recorded', BASES.bookworm)
const OWN_LINES = {
  'docker-bench 4.10': 2,
  'docker-bench 4.9': 3,
  'docker-bench 4.7': 4,
  'docker-bench 4.6': 8,
  'docker-bench 4.1': 9,
}
const NEW_RELEASE = 'security-updates not-current-stable'
const CHECKS = ['--checks', 'security-updates,clair,docker-bench']

const tag = (name: string) => `seaworthy-test/lines-${name}:1`
const made: [TestEngine, string][] = []
const environment = ({ host }: TestEngine) => ({
  ...process.env,
  ...(host === null ? {} : { DOCKER_HOST: host }),
})

function context(text = TEXT): string {
  const folder = join(newFolder(), 'context')
  mkdirSync(folder)
  writeFileSync(join(folder, 'Dockerfile'), text)
  return folder
}

function build(engine: TestEngine, name: string, folder: string, buildkit: boolean): string {
  const client = execFileSync('bash', [join(ROOT, 'script/lib/second-engine.sh'), 'buildx'], {
    encoding: 'utf8',
  }).trim()
  const [program, more] = buildkit
    ? [client, { BUILDX_CONFIG: newFolder() }]
    : ['docker', { DOCKER_BUILDKIT: '0' }]
  execFileSync(program, ['build', '-q', '-t', tag(name), folder], {
    env: { ...environment(engine), ...more },
    stdio: 'pipe',
  })
  made.push([engine, tag(name)])
  return tag(name)
}

/** Runs the gate in the folder with the Dockerfile, as a workflow does after the checkout. */
function scanIn(folder: string, ...args: readonly string[]): Promise<Ran> {
  const cache = ['--cache-dir', join(newFolder(), 'cache')]
  // Replays in tests have a gate.yml with this key, too.
  return start([...args, keys({ application: 'off' }), ...CHECKS, ...cache], {}, ['env', '-C', folder]).ended
}

const findingsOf = (report: Report) => report.images[0]?.findings ?? []
const nameOf = ({ check, id }: { check: string; id: string }) => `${check} ${id}`

let newer: (TestEngine & { down(): void }) | null = null
beforeAll(async () => {
  newer = secondEngine(`test-lines-${process.pid}`, 'ctrd')
  await load([newer], [BASES.bookworm])
})
afterAll(() => {
  for (const [engine, image] of made) {
    if (engine === HERE) {
      dockerOn(engine, 'rmi', '-f', image)
    }
  }
  newer?.down()
})

describe.each([
  ['the classic builder', false, 'here'],
  ['BuildKit', true, 'here'],
  ['BuildKit of engine 26 with the containerd store', true, 'newer'],
] as const)('an image of eight instructions, built by %s', (_, buildkit, where) => {
  let ran: Ran
  let folder: string
  beforeAll(async () => {
    const engine = where === 'here' ? HERE : (newer ?? HERE)
    folder = context()
    const image = build(engine, `${where}-${buildkit}`, folder, buildkit)
    // What the second engine has built is judged from its archive: the archive of Debian is out of its network's reach.
    const archive = join(folder, '../image.tar')
    if (where === 'newer') {
      dockerOn(engine, 'save', '-o', archive, image)
    }
    const args = ['scan', where === 'newer' ? archive : image]
    ran = await scanIn(folder, ...args, '--save-evidence', join(folder, '../evidence'))
  })

  test('when it is judged, then all checks answer, and the Dockerfile is found', () => {
    expect(reportOf(ran)).toMatchObject({
      unanswered: [],
      images: [{ dockerfile: { file: 'Dockerfile', note: null } }],
    })
  })

  test('when Docker Bench finds an error, then it is on the line that has it', () => {
    const lines = Object.fromEntries(
      findingsOf(reportOf(ran))
        .filter(({ check, blocks }) => check === 'docker-bench' && blocks)
        .map((finding) => [nameOf(finding), finding.line?.line]),
    )
    expect(lines).toEqual(OWN_LINES)
  })

  test('when a package is at fault, then it is on the RUN that installed it, or on FROM', () => {
    const packages = findingsOf(reportOf(ran)).filter((finding) => finding.package !== null)
    const at = (isCurl: boolean) => [
      ...new Set(
        packages
          .filter((finding) => (finding.package === 'curl') === isCurl)
          .map(({ line }) => [line?.file, line?.line, line?.endLine, line?.certain].join(' ')),
      ),
    ]
    expect(packages.filter((finding) => finding.package === 'curl').length).toBeGreaterThan(5)
    expect(at(true)).toEqual(['Dockerfile 5 7 true'])
    expect(packages.length).toBeGreaterThan(30)
    expect(at(false)).toEqual(['Dockerfile 1 1 true'])
  })

  test('when the release is not the current one, then it is on FROM', () => {
    expect(findingsOf(reportOf(ran)).find((one) => nameOf(one) === NEW_RELEASE)?.line).toMatchObject({
      line: 1,
    })
  })

  test('when the terminal and Markdown are read, then they name the lines', () => {
    const text = readFileSync(join(ran.folder, 'report/report.md'), 'utf8')
    for (const line of [1, 2, 3, 4, 5, 8, 9]) {
      expect(text).toContain(`Dockerfile:${line} |`)
      expect(ran.stdout).toContain(`Dockerfile:${line}`)
    }
  })

  test('when report.sarif is validated, then nothing is at fault, and each result is on its line', () => {
    const text = readFileSync(join(ran.folder, 'report/report.sarif'), 'utf8')
    expect([multitool(text).error, githubErrors(text)]).toEqual([[], []])
    const results = readSarif(text).runs[0]?.results ?? []
    expect(results.length).toBe(findingsOf(reportOf(ran)).length)
    for (const [name, line] of Object.entries(OWN_LINES)) {
      const result = results.find(({ ruleId }) => ruleId === name.replace(' ', '/'))
      expect(result?.locations[0]?.physicalLocation.region.startLine).toBe(line)
    }
  })

  test('when its evidence is replayed elsewhere, without the Dockerfile, then the reports are the same', async () => {
    const again = await seaworthy(['replay', join(folder, '../evidence'), ...CHECKS])
    for (const report of ['report.json', 'report.sarif', 'report.md']) {
      const of = (one: Ran) => readFileSync(join(one.folder, 'report', report), 'utf8')
      expect(of(again)).toBe(of(ran))
    }
  })
})

describe('a Dockerfile that is not the image’s', () => {
  test.each([
    ['of another image', `FROM ${BASES.bookworm}\nRUN true\n`, 'belongs to a different image'],
    ['changed since', TEXT.replace('USER root', 'USER 10001'), 'USER on line 9 is not in the image'],
  ])('when it is %s, then no line is told, and the note says why', async (_, text, why) => {
    const image = made[0]?.[1] ?? 'none'
    const ran = await scanIn(context(text), 'scan', image)
    expect(reportOf(ran).images[0]?.dockerfile).toEqual({
      file: null,
      note: expect.stringContaining(why),
      change: null,
    })
    expect(findingsOf(reportOf(ran)).filter(({ line }) => line?.file === 'Dockerfile')).toEqual([])
    expect(ran.code).toBe(1)
  })
})
