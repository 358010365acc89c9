import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}
interface Workflow {
  readonly name: string
  readonly on: { readonly workflow_run?: { readonly workflows: readonly string[] } }
  readonly concurrency: { readonly group: string }
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly if?: string
        readonly env?: Readonly<Record<string, string>>
        readonly with?: Readonly<Record<string, string>>
        readonly permissions?: Readonly<Record<string, string>>
        readonly steps?: readonly Step[]
      }
    >
  >
}

const read = (path: string) => load(readFileSync(path, 'utf8')) as Workflow
const reusable = (name: string) => read(`.github/workflows/gate-${name}.yml`)
const example = (name: string) => read(`examples/workflows/${name}.yml`)
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps)
const given = (workflow: Workflow, action: string) =>
  stepsOf(workflow).find(({ uses = '' }) => uses.replace(/@.*/, '') === action)?.with ?? {}
const context = (text: string) => `\${{ ${text} }}`

describe.each(['pull-request', 'release', 'scheduled'])('the reusable workflow for a %s', (name) => {
  test('when it runs the action from a folder, then it says whose release has the map of ratings', () => {
    // The runner names the repository of an action only where `uses` does (ActionRunner.cs).
    expect(given(reusable(name), './.seaworthy')['cvss-map']).toBe(
      `${context('github.server_url')}/${context('inputs.seaworthy-repository')}/releases/download/feeds/cvss-map.json.gz`,
    )
  })

  test('when a run calls it for several images, then none ends another, and each has its artifact', () => {
    const { group } = reusable(name).concurrency
    expect(group).toContain(context('inputs.image'))
    expect(given(reusable(name), 'actions/upload-artifact').name).toMatch(/outputs\.artifact/)
  })
})

test('when the image is built from another Dockerfile, then the gate is told which', () => {
  for (const name of ['pull-request', 'release'])
    expect(given(reusable(name), './.seaworthy').dockerfile).toBe(context('inputs.dockerfile'))
})

test('when a pull request is pushed to again, then its check run has the name that it had', () => {
  const gate = given(reusable('pull-request'), './.seaworthy')
  expect(gate['check-name']).toBe(`Seaworthy: ${context('inputs.image')}`)
})

test('when a release is published, then the schedule looks for it by the name that it got', () => {
  expect(example('release').jobs.image?.env?.IMAGE).toMatch(/:\$\{\{ github\.ref_name \}\}$/)
  expect(given(example('scheduled'), 'OWNER/seaworthy/lines').image).toMatch(/:\{tag\}$/)
  // gate-release.yml leaves out the v.
  expect(example('reusable').jobs.scheduled?.with?.image).toBe(
    `${example('reusable').jobs.release?.with?.image}:{version}`,
  )
})

test('when an example makes a check run, then it may', () => {
  for (const name of ['pull-request', 'release', 'clair-services']) {
    const job = Object.values(example(name).jobs)[0]
    expect([name, job?.permissions?.checks]).toEqual([name, 'write'])
  }
})

test.each([
  ['publish', 'pull-request', example('publish')],
  ['reusable-publish', 'reusable', reusable('publish')],
])(
  'when %s publishes for %s, then only for forks, and all that the run uploaded',
  (name, judge, publisher) => {
    expect(example(name).on.workflow_run?.workflows).toEqual([example(judge).name])
    expect(publisher.jobs.publish?.if).toContain(
      'github.event.workflow_run.head_repository.full_name != github.repository',
    )
    expect(given(publisher, 'actions/download-artifact').pattern).toBe('seaworthy*')
  },
)
