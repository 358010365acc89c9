import { describe, expect, test } from '@jest/globals'
import { workflowSteps } from './workflows.js'

/**
 * The author of a fork's pull request chooses the artifact that the publishing workflow downloads, with a token that may
 * write. Where it lies in the workspace next to the action, and comes after it, what is in it may take the place of code.
 */
describe.each(['.github/workflows/gate-publish.yml', 'examples/workflows/publish.yml'])('%s', (path) => {
  const steps = workflowSteps(path)
  const at = (action: string) => steps.findIndex(({ uses }) => uses?.startsWith(`${action}@`))
  const artifact = steps[at('actions/download-artifact')]

  test('then the artifact lies outside of the workspace, in a folder of its own, and only there it is read', () => {
    expect(artifact?.with?.path).toMatch(/^\$\{\{ runner\.temp \}\}\/[\w-]+$/)
    expect(steps.at(-1)?.uses).toMatch(/\/publish-fork(?:@|$)/)
    expect(steps.at(-1)?.with?.['report-dir']).toBe(artifact?.with?.path)
  })

  test('then the action comes after it, and nothing but the action runs after it', () => {
    const checkout = at('actions/checkout')
    const download = at('actions/download-artifact')
    expect(checkout === -1 || checkout > download).toBe(true)
    expect(steps.slice(download).filter(({ run }) => run !== undefined)).toEqual([])
    expect(
      steps.flatMap(({ uses, with: inputs }) =>
        uses?.startsWith('actions/checkout@') ? [inputs?.path] : [],
      ),
    ).toEqual(checkout === -1 ? [] : ['.seaworthy'])
  })
})
