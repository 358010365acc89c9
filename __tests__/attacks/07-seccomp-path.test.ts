import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runStep, type Step } from '../live/act/dist.js'
import { importImage, removeImages } from '../live/images.js'
import { NO_BENCH, newFolder } from '../live/support.js'
import { BASE, gitHub, runPullRequest } from './pull-request.js'

const SECRET = 'auth-of-the-registry-0123456789'
/** Like ~/.docker/config.json. */
const SETTINGS = JSON.stringify({ auths: { 'registry.example': { auth: SECRET } } })
const PROFILE = { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [] }

let image: string
beforeAll(() => {
  image = importImage('attack-seccomp', { x: '' }, ['CMD ["/x"]'])
})
afterAll(removeImages)

/** All that is left of the run: what it printed, and what it wrote. */
function left({ folder, stdout, stderr, summary }: Step): string {
  const texts = (path: string): string[] =>
    readdirSync(path).flatMap((name) => {
      const one = join(path, name)
      return statSync(one).isDirectory() ? texts(one) : [readFileSync(one, 'utf8')]
    })
  const written = ['evidence', 'seaworthy-report'].map((name) => join(folder, name)).filter(existsSync)
  return [stdout, stderr, summary, ...written.flatMap(texts)].join('\n')
}

const INPUTS = {
  checks: 'docker-bench',
  'bench-source': NO_BENCH,
  'compose-file': 'deploy/compose.yml',
  'save-evidence': 'evidence',
}
const compose = (path: string) => JSON.stringify({ services: { app: { security_opt: [`seccomp=${path}`] } } })

describe('when a compose file names a file of the machine as a seccomp profile', () => {
  test.each([
    ['by its full path', (file: string) => file],
    ['from its own folder', (file: string, work: string) => relative(join(work, 'deploy'), file)],
  ])('%s, then nothing of it is told', async (_, name) => {
    const [work, outside] = [newFolder(), newFolder()]
    const file = join(outside, 'config.json')
    writeFileSync(file, SETTINGS)
    mkdirSync(join(work, 'deploy'))
    writeFileSync(join(work, 'deploy/compose.yml'), compose(name(file, work)))
    const step = await runStep('action', { ...INPUTS, image }, { work })
    expect(left(step).includes(SECRET)).toBe(false)
    expect(step.outputs.verdict).toBe('incomplete')
    expect(step.stdout).toContain('config.json')
  })

  test('by a link, then neither', async () => {
    const [work, outside] = [newFolder(), newFolder()]
    writeFileSync(join(outside, 'config.json'), SETTINGS)
    mkdirSync(join(work, 'deploy'))
    symlinkSync(join(outside, 'config.json'), join(work, 'deploy/profile.json'))
    writeFileSync(join(work, 'deploy/compose.yml'), compose('profile.json'))
    const step = await runStep('action', { ...INPUTS, image }, { work })
    expect(left(step).includes(SECRET)).toBe(false)
  })

  test('on a pull request, then neither', async () => {
    const outside = newFolder()
    const file = join(outside, 'config.json')
    writeFileSync(file, SETTINGS)
    const github = await gitHub()
    const files = { 'deploy/compose.yml': compose(file) }
    const step = await runPullRequest(github, { ...INPUTS, image }, { files })
    github.files.set(`${BASE}:deploy/compose.yml`, compose(file))
    const ofBase = await runPullRequest(github, { ...INPUTS, image }, { files })
    await github.close()
    expect([left(step).includes(SECRET), left(ofBase).includes(SECRET)]).toEqual([false, false])
  })
})

test('when a file of the repository is no profile, then its path is reported and not what is in it', async () => {
  const files = { 'deploy/settings.json': SETTINGS, 'deploy/compose.yml': compose('settings.json') }
  const step = await runStep('action', { ...INPUTS, image }, { files })
  expect(`${step.stdout}${step.summary}`.includes(SECRET)).toBe(false)
  expect(step.stdout).toMatch(/settings\.json.*defaultAction/)
})

test('when it is one, then it is judged', async () => {
  const files = { 'deploy/p.json': JSON.stringify(PROFILE), 'deploy/compose.yml': compose('p.json') }
  const step = await runStep('action', { ...INPUTS, image }, { files })
  const text = readFileSync(join(step.folder, 'evidence/image-0/docker-bench/container.json'), 'utf8')
  expect(text).toContain('SCMP_ACT_ERRNO')
})
