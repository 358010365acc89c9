import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { reportOfStep, runStep, type Step } from '../live/act/dist.js'
import { build, removeBuilt } from '../live/docker-bench/images.js'
import { NO_BENCH, newFolder, SMALL } from '../live/support.js'

const TOKEN = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'
const DOCKERFILE = `FROM ${SMALL}\nRUN echo mine > /mine\nUSER 10001\n`

let image: string
beforeAll(() => {
  image = build('attack-dockerfile', DOCKERFILE)
})
afterAll(removeBuilt)

/** What the gate left on disk, of evidence and reports, as one text. */
function written({ folder }: Step): string {
  const texts = (path: string): string[] =>
    readdirSync(path).flatMap((name) => {
      const one = join(path, name)
      return statSync(one).isDirectory() ? texts(one) : [readFileSync(one, 'utf8')]
    })
  return ['evidence', 'seaworthy-report'].flatMap((name) => texts(join(folder, name))).join('\n')
}

/** The gate in a work tree that somebody else has filled. */
function gate(work: string, inputs: Readonly<Record<string, string>> = {}): Promise<Step> {
  const flags = { checks: 'docker-bench', 'bench-source': NO_BENCH, 'save-evidence': 'evidence' }
  return runStep('action', { image, 'github-token': TOKEN, ...flags, ...inputs }, { work })
}

const noteOf = (step: Step) => reportOfStep(step).images[0]?.dockerfile.note

test('when a link of the work tree is called like a Dockerfile, then what it leads to is not kept', async () => {
  const work = newFolder()
  mkdirSync(join(work, 'deploy'))
  symlinkSync('/proc/self/environ', join(work, 'Dockerfile.env'))
  symlinkSync(work, join(work, 'deploy/all'))
  const named = await gate(work, { dockerfile: 'Dockerfile.env' })
  expect(written(named).includes(TOKEN)).toBe(false)
  expect(noteOf(named)).toContain('Dockerfile.env')
  const found = await gate(work)
  expect(written(found).includes(TOKEN)).toBe(false)
})

test('when it leads to the settings of git, where the checkout keeps its token, then neither', async () => {
  const work = newFolder()
  mkdirSync(join(work, '.git'))
  const secret = Buffer.from(`x-access-token:${TOKEN}`).toString('base64')
  writeFileSync(join(work, '.git/config'), `[http]\n\textraheader = AUTHORIZATION: basic ${secret}\n`)
  symlinkSync('.git/config', join(work, 'Dockerfile.git'))
  const step = await gate(work)
  expect(written(step).includes(secret)).toBe(false)
  expect(written(await gate(work, { dockerfile: '.git/config' })).includes(secret)).toBe(false)
})

test('when a pipe is called so, then nobody waits for it', async () => {
  const work = newFolder()
  execFileSync('mkfifo', [join(work, 'Dockerfile.pipe')])
  writeFileSync(join(work, 'Dockerfile'), DOCKERFILE)
  const step = await gate(work)
  expect(reportOfStep(step).images[0]?.dockerfile.file).toBe('Dockerfile')
})

test('when a Dockerfile is of another image, then its text is not kept; of one that is the image’s, no token', async () => {
  const work = newFolder()
  writeFileSync(join(work, 'Dockerfile.other'), 'FROM other\nRUN echo of-somebody-else\n')
  writeFileSync(join(work, 'Dockerfile'), `# built with ${TOKEN}\n${DOCKERFILE}`)
  const step = await gate(work)
  expect(reportOfStep(step).images[0]?.dockerfile.file).toBe('Dockerfile')
  const text = written(step)
  const found = ['echo mine', 'of-somebody-else', TOKEN].map((phrase) => text.includes(phrase))
  expect(found).toEqual([true, false, false])
})
