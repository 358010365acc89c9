import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}
interface Step {
  readonly uses?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, unknown>>
}

function stepsOf(name: string): readonly Step[] {
  const path = fileURLToPath(new URL(`../../examples/workflows/${name}.yml`, import.meta.url))
  const { jobs } = load(readFileSync(path, 'utf8')) as Workflow
  return Object.values(jobs).flatMap(({ steps }) => steps)
}

/** What an example workflow gives to the gate. */
function gateOf(name: string): Readonly<Record<string, unknown>> {
  const gate = stepsOf(name).find(({ uses }) => uses?.startsWith('OWNER/seaworthy@'))
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

  test('when report.sarif is uploaded, then only a whole answer is, and by a token that may', () => {
    const upload = stepsOf('pull-request').find(({ uses }) =>
      uses?.startsWith('github/codeql-action/upload-sarif@'),
    )
    expect(upload?.with).toEqual({ sarif_file: '$' + '{{ steps.gate.outputs.sarif }}' })
    // GitHub closes the alerts that an upload lacks: not after `incomplete`, and after `fail` too.
    expect(upload?.if).toMatch(
      /^always\(\) && contains\(fromJSON\('\["pass", "fail"\]'\), steps\.gate\.outputs\.verdict\)/,
    )
    expect(upload?.if).toContain('head.repo.full_name == github.repository')
  })
})
