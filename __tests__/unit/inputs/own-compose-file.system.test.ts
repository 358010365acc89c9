import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readScan } from '../../../src/inputs/request.js'
import type { Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { BASE, folder, GATE, inputs, MERGE, policies, scan, stub, TODAY } from './pull-request.js'

const FILE = 'deploy/compose.yml'
const at = (commit: string, path: string, text: string) => stub.files.set(`${commit}:${path}`, text)
const app = (service: string) => `services: {app: {${service}}}`

/** Paths are resolved by the working directory, which is the workspace in a run. */
const back = process.cwd()
beforeEach(() => process.chdir(folder))
afterEach(() => process.chdir(back))

function writeGate(more = ''): void {
  for (const commit of [BASE, MERGE]) {
    at(commit, GATE, `version: 1\ncompose-file: ${FILE}\n${more}`)
  }
}

/** A pull request that changes the base's file; `null`: it is not there. */
function changes(before: string | null, after: string | null, more = ''): void {
  writeGate(more)
  for (const [commit, text] of [
    [BASE, before],
    [MERGE, after],
  ] as const) {
    if (text !== null) {
      at(commit, FILE, text)
    }
  }
}

function inWorkTree(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

async function errorOf(values: Values = {}): Promise<string> {
  const read = await policies(values)
  return problemThrownBy(() => readScan(['app:1'], inputs(values), TODAY, read)).what
}

const differs = `${FILE} of this pull request differs from the base branch's: section 5 of Docker Bench is judged by it, and only the options of the base branch are started`
const textsOf = (notices: readonly { readonly text: string }[]) => notices.map(({ text }) => text)

describe('when the base’s gate.yml names a compose file that a pull request changes', () => {
  test.each([
    ['privileged: true', 'read_only: true', { ReadonlyRootfs: true }],
    ['read_only: true', 'privileged: true', { Privileged: true }],
  ])('then %s → %s is judged as the pull request has it', async (before, after, hostConfig) => {
    changes(app(before), app(after))
    // An earlier step may have written it.
    inWorkTree({ [FILE]: app('pid: host') })
    const { request, judging } = await scan()
    expect(request.bench.spec?.hostConfig).toEqual({ ...hostConfig, NetworkMode: 'project_default' })
    expect(request.bench.optionsAt?.file).toBe(FILE)
    expect([judging.proposed, judging.notices]).toEqual([
      null,
      [{ kind: 'run-differs', place: null, text: differs }],
    ])
  })

  test.each([
    ['in something that is started', 'read_only: true', 'read_only: true, command: [sshd]', true],
    ['in a variable', 'environment: {A: 1}', 'environment: {A: 2}', true],
    ['in what it may write to', 'read_only: true', 'read_only: false', true],
    ['only in what is never started', 'init: true', 'init: true, privileged: true, pid: host', false],
    ['only in the order', 'init: true, read_only: true', 'read_only: true, init: true', false],
  ])('%s, then the base’s options are what is started (%s, then %s)', async (_, before, after, isOther) => {
    changes(app(before), app(after))
    const { request } = await scan()
    expect(request.bench).toMatchObject({ start: true, isStartOptional: true })
    // The container would be the same: then what is withheld is said of the judged options.
    expect(Object.hasOwn(request.bench, 'startSpec')).toBe(isOther)
    if (isOther) {
      const { startSpec, spec } = request.bench
      changes(app(before), app(before))
      expect(startSpec).toEqual((await scan()).request.bench.spec)
      expect(startSpec).not.toEqual(spec)
    }
  })

  test('then its service is chosen in the pull request’s file, and its profile is the pull request’s', async () => {
    const service = (name: string) => `services: {${name}: {image: app, security_opt: ["seccomp:p.json"]}}`
    changes(service('old'), service('new'))
    at(BASE, 'deploy/p.json', '{"defaultAction": "BASE"}')
    at(MERGE, 'deploy/p.json', '{"defaultAction": "MERGE"}')
    inWorkTree({ 'deploy/p.json': '{"defaultAction": "WORK"}' })
    const { request, judging } = await scan()
    expect(request.bench.spec?.hostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"MERGE"}'])
    expect(request.bench.service?.name).toBe('new')
    const ofProfile = differs.replace(FILE, 'deploy/p.json')
    expect(textsOf(judging.notices)).toEqual([differs, ofProfile])
  })

  test('and its gate.yml names another one, then the base’s gate.yml says which file counts', async () => {
    changes(app('read_only: true'), app('privileged: true'))
    at(MERGE, GATE, 'version: 1\ncompose-file: deploy/harmless.yml\ncompose-service: app\n')
    at(MERGE, 'deploy/harmless.yml', app('read_only: true'))
    expect((await scan()).request.bench.spec?.hostConfig).toMatchObject({ Privileged: true })
  })

  test('and the base says which service, then that one counts', async () => {
    const both = (app: string) => `services: {app: {${app}}, harmless: {image: app, read_only: true}}`
    changes(both('init: true'), both('privileged: true'), 'compose-service: app\n')
    expect((await scan()).request.bench.spec?.hostConfig).toMatchObject({ Privileged: true })
  })

  test('and GitHub does not answer for it, then there is no verdict', async () => {
    changes(app('read_only: true'), app('read_only: true'))
    stub.fail({ path: /git\/trees/, status: 403 })
    await expect(policies()).rejects.toMatchObject({
      problem: {
        code: 'policy-base-unreadable',
        what: expect.stringMatching(/^the pull request's compose file/),
      },
    })
  })
})

describe('when the pull request’s own file is', () => {
  test.each([
    ['missing', null, `compose-file: "${FILE}" from ${GATE} is not a plain file in the repository`],
    ['not YAML', 'services: [', `${GATE}: ${FILE}: not YAML`],
    [
      'without the service',
      'services: {web: {}}',
      `${GATE}: ${FILE}: there is no service "app" (available: web)`,
    ],
    [
      'extended',
      app('extends: {file: ../other.yml, service: app}'),
      `${GATE}: ${FILE}: unknown key "extends"`,
    ],
    [
      'one that includes another',
      `include: [/etc/other.yml]\n${app('volumes: ["data:/data"]')}`,
      'included files are not read',
    ],
    ['without a profile', app('security_opt: ["seccomp:/etc/passwd"]'), 'does not exist'],
  ])('%s, then that is an error, and the base’s does not stand in', async (_, after, error) => {
    changes(app('read_only: true'), after, 'compose-service: app\n')
    inWorkTree({ [FILE]: app('read_only: true') })
    expect(await errorOf()).toContain(error)
  })

  test('a link, or one to its profile, then that is an error, as in a work tree', async () => {
    changes(app('read_only: true'), app('read_only: true'))
    stub.links.add(`${MERGE}:${FILE}`)
    const notPlain = `compose-file: "${FILE}" from ${GATE} is not a plain file in the repository`
    expect(await errorOf()).toBe(notPlain)
    inWorkTree({ [GATE]: `version: 1\ncompose-file: ${FILE}\n`, 'real.yml': app('read_only: true') })
    mkdirSync(join(folder, 'deploy'))
    symlinkSync('../real.yml', join(folder, FILE))
    expect(problemThrownBy(() => readScan(['app:1'], inputs({}), TODAY)).what).toBe(notPlain)
    stub.links.clear()
    at(MERGE, FILE, app('security_opt: ["seccomp:p.json"]'))
    at(MERGE, 'deploy/p.json', '{"defaultAction": "SCMP_ACT_ERRNO"}')
    expect((await scan()).request.bench.spec).not.toBeNull()
    stub.links.add(`${MERGE}:deploy/p.json`)
    expect(await errorOf()).toContain('the seccomp profile "p.json" does not exist')
  })
})

describe('when the base’s own file is of no use', () => {
  test.each([
    ['missing', null],
    ['invalid', app('privilegd: true')],
  ])('(%s), then the pull request’s is judged, and nothing is started', async (_, before) => {
    changes(before, app('privileged: true'))
    const { request, judging } = await scan()
    expect(request.bench.spec?.hostConfig).toMatchObject({ Privileged: true })
    expect(request.bench).toMatchObject({ start: false, startSpec: null, startTest: 'none' })
    const missing = `${FILE} of this pull request is not on the base branch yet: section 5 of Docker Bench is judged by it, and nothing is started with it`
    expect(textsOf(judging.notices)).toEqual([before === null ? missing : differs])
  })

  test.each(['true', 'given', 'hardened'])(
    'and the image has to start (start: %s), then that is an error',
    async (start) => {
      changes(app('privilegd: true'), app('init: true'), `start: ${start}\n`)
      expect(await errorOf()).toBe(
        `${GATE}: ${FILE}: unknown key "privilegd" (on the base branch, whose options are started)`,
      )
    },
  )
})

describe('when a pull request tries to be judged by something else than the default branch would be', () => {
  const attacks: readonly (readonly [string, string, Readonly<Record<string, string>>?])[] = [
    ['an anchor', 'x-a: &a {privileged: true}\nservices: {app: *a}'],
    ['a merge key', 'x-a: &a {privileged: true}\nservices: {app: {<<: *a, read_only: true}}'],
    [
      'a merge key that is overridden',
      'x-a: &a {privileged: true}\nservices: {app: {<<: *a, privileged: false}}',
    ],
    ['a key twice', 'services: {app: {privileged: true, privileged: false}}'],
    ['two documents', `${app('privileged: true')}\n---\n${app('read_only: true')}`],
    ['a variable of .env', app('privileged: "${P:-true}"'), { '.env': 'P=false', 'deploy/.env': 'P=false' }],
    ['a variable without a default', app('privileged: "${P}"'), { '.env': 'P=false' }],
    ['env_file', app('privileged: true, env_file: [../.env]'), { '.env': 'P=false' }],
    ['a profile', app('privileged: true, profiles: [never]')],
    ['another image', app('image: other/harmless, read_only: true')],
    ['two services', 'services: {app: {image: app, privileged: true}, b: {image: harmless}}'],
    ['two services of the image', 'services: {a: {image: app}, b: {image: "app:1", privileged: true}}'],
    ['an override next to it', app('privileged: true'), { 'deploy/compose.override.yml': app('init: true') }],
    ['a tag of YAML', app('privileged: !reset true')],
    ['a prototype', 'services: {app: {__proto__: {privileged: true}}}'],
    ['a carriage return', 'services:\r\n  app:\r\n    privileged: true\r\n'],
    ['a byte order mark', `\uFEFF${app('privileged: true')}`],
    ['deploy', app('deploy: {resources: {limits: {memory: 1G}}}, mem_limit: 0')],
    ['nothing', ''],
  ]

  test.each(attacks)('(%s), then both read the same', async (_, text, more = {}) => {
    changes(app('init: true, read_only: true'), text)
    for (const [path, one] of Object.entries(more)) {
      at(MERGE, path, one)
    }
    inWorkTree({ [GATE]: `version: 1\ncompose-file: ${FILE}\n`, [FILE]: text, ...more })
    const read = await policies()
    const reading = (base: typeof read) => {
      try {
        const { spec, optionsAt, service, serviceImage, isCompose } = readScan(
          ['app:1'],
          inputs({}),
          TODAY,
          base,
        ).request.bench
        return { spec, optionsAt, service, serviceImage, isCompose }
      } catch (error) {
        return String(error)
      }
    }
    expect(reading(read)).toEqual(reading(null))
  })
})
