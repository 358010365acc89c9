import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}
interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

/** What an example workflow gives to the gate. */
function gateOf(name: string): Readonly<Record<string, unknown>> {
  const path = fileURLToPath(new URL(`../../examples/workflows/${name}.yml`, import.meta.url))
  const { jobs } = load(readFileSync(path, 'utf8')) as Workflow
  const steps = Object.values(jobs).flatMap(({ steps }) => steps)
  const gate = steps.find(({ uses }) => uses?.startsWith('OWNER/seaworthy@'))
  if (!gate?.with) throw new Error(`${name} has no step with the gate`)
  return gate.with
}

describe('the example workflows', () => {
  test('when a release is judged, then the image is started, and Docker Bench itself looks at it', () => {
    expect(gateOf('release')).toMatchObject({ start: true, 'bench-source': 'download' })
  })

  test('when a pull request is judged, then nothing of it is started', () => {
    const names = Object.keys(gateOf('pull-request'))
    for (const name of ['start', 'start-test', 'run-options', 'compose-file'])
      expect(names).not.toContain(name)
  })

  test('when a pull request is judged, then its policies are where the base has them', () => {
    const given = gateOf('pull-request')
    for (const name of ['whitelist', 'dictionary', 'gate', 'github-token'])
      expect(given[name]).toBeUndefined()
  })

  test('when a tag is judged, then it says which kind of release it is', () => {
    expect(gateOf('release')).toMatchObject({ release: '$' + '{{ github.ref_name }}' })
  })

  test('when a line is judged, then the image is named by its digest, and the line has an issue', () => {
    expect(gateOf('scheduled')).toMatchObject({ 'schedule-report': 'issue', line: '$' + '{{ matrix.line }}' })
  })
})
