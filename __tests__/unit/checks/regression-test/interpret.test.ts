import { describe, expect, test } from '@jest/globals'
import { answerOf } from '../../../../src/checks/index.js'
import { describe as textsOf } from '../../../../src/model/index.js'
import { anImage } from '../../../support/builders.js'

const image = anImage()
const END = {
  ...{ by: 'compose', exitCode: 0, signal: null, ended: 'exit 0', seconds: 2 },
  ...{ imageId: 'sha256:1', layers: image.layers.map(({ diffId }) => diffId) },
}

const findingsOf = (documents: Record<string, string>) =>
  answerOf({ check: 'regression-test', documents, sources: [], problem: null, tookMs: 1 }, image)

describe('when evidence of a regression test is read', () => {
  test.each<[string, Record<string, string>]>([
    ['nothing of how it ended', {}],
    ['no JSON', { 'test.json': 'passed', 'output.txt': '' }],
    ['another form', { 'test.json': JSON.stringify({ ...END, exitCode: '0' }), 'output.txt': '' }],
    ['a word too many', { 'test.json': JSON.stringify({ ...END, ok: true }), 'output.txt': '' }],
    ['no output', { 'test.json': JSON.stringify(END) }],
    ['a platform without a name', { 'apart.json': '{}' }],
    ['another image', { 'test.json': JSON.stringify({ ...END, layers: ['sha256:2'] }), 'output.txt': '' }],
  ])('that has %s, then it is no answer', (_, documents) => {
    expect(findingsOf(documents)).toMatchObject({
      state: 'unanswered',
      problem: { code: 'evidence-incomplete' },
    })
  })

  test('that a signal ended it, then it has failed, whatever its words', () => {
    const end = { ...END, exitCode: null, signal: 'SIGKILL', ended: 'exit 0' }
    expect(findingsOf({ 'test.json': JSON.stringify(end), 'output.txt': '' })).toMatchObject({
      findings: [{ id: 'regression-test-failed', why: expect.stringContaining('it printed nothing') }],
      test: { state: 'failed' },
    })
  })

  test('that is not JSON, then it is not said to have another format', () => {
    expect(findingsOf({ 'test.json': 'passed', 'output.txt': '' })).toMatchObject({
      problem: { what: expect.stringContaining('is not JSON') },
    })
  })

  test('whose container ended by itself, then the finding says so, with its last lines', () => {
    const end = { ...END, exitCode: 1, ended: 'exit 1', container: { exitCode: 3, output: 'a\nb\nc\nd' } }
    const why = (container: object) => {
      const answer = findingsOf({ 'test.json': JSON.stringify({ ...end, container }), 'output.txt': 'x' })
      const [finding] = answer.state === 'answered' ? answer.findings : []
      return finding !== undefined && 'why' in finding ? finding.why : null
    }
    const start = 'the image does not start: its container ended by itself with exit code 3'
    const failed = 'the regression test (compose) failed: exit 1'
    expect(why(end.container)).toBe(
      `${failed}; ${start}, and its output ends with: b / c / d; the test: its output ends with: x`,
    )
    expect(why({ exitCode: 3, output: '' })).toBe(`${failed}; ${start}; the test: its output ends with: x`)
    expect(why({ exitCode: 3, output: '', isRemoved: true })).toBe(
      `${failed}; ${start}, and was removed with its output (run it without --rm to see its last lines here); the test: its output ends with: x`,
    )
  })

  test.each([
    [127, 'exit code 127 says that a command was not found, on this machine or in the image'],
    [126, 'exit code 126 says that a command is not executable (chmod +x, or name its interpreter)'],
  ])('that exited with %i, then it has failed, and the task is about its command', (exitCode, means) => {
    const todoOf = (more: object) => {
      const end = { ...END, exitCode, ended: `exit ${exitCode}`, ...more }
      const answer = findingsOf({ 'test.json': JSON.stringify(end), 'output.txt': '' })
      const [finding] = answer.state === 'answered' ? answer.findings : []
      return finding === undefined ? null : textsOf(finding).todo
    }
    expect(todoOf({})).toBe(`Fix the command of the regression test: ${means}`)
    expect(todoOf({ exitCode: 1 })).toBe('Fix what makes the regression test fail, and rebuild the image')
    expect(todoOf({ container: { exitCode, output: '' } })).toContain('The image does not start')
  })

  test.each([
    ['the line of dash', 2, 'sh: 0: cannot open tests/smok.sh: No such file\n', true],
    ["the line of Debian 11's dash", 2, "/bin/sh: 0: Can't open tests/smok.sh\n", true],
    ['the line of bash', 2, 'bash: tests/smok.sh: No such file or directory\n', true],
    ['that line and the one of make', 2, 'sh: 0: cannot open a.sh: No such file\nmake: *** Error 2\n', true],
    ['that line within one of its own', 2, 'log: sh: 0: cannot open a.sh: No such file\n', false],
    ['that line and many more', 2, `sh: 0: cannot open a.sh: No such file\n${'ok\n'.repeat(3)}`, false],
    ['the line for a missing input', 2, 'sh: 1: cannot open input: No such file\n', false],
    ['that line, and with 1', 1, 'sh: 0: cannot open a.sh: No such file\n', false],
  ])('that exited after %s, then the task is about its command only if a shell found no script', (...row) => {
    const [, exitCode, output, isOfCommand] = row
    const end = { ...END, exitCode, ended: `exit ${exitCode}` }
    const answer = findingsOf({ 'test.json': JSON.stringify(end), 'output.txt': output })
    const [finding] = answer.state === 'answered' ? answer.findings : []
    expect(finding === undefined ? null : textsOf(finding).todo).toBe(
      isOfCommand
        ? 'Fix the command of the regression test: the shell could not open the script that it names, on this machine or in the image'
        : 'Fix what makes the regression test fail, and rebuild the image',
    )
  })

  test('that printed many lines, then a finding has the last three', () => {
    const end = { ...END, exitCode: 1, ended: 'exit 1' }
    expect(findingsOf({ 'test.json': JSON.stringify(end), 'output.txt': 'a\nb\nc\n\nd\n' })).toMatchObject({
      findings: [{ why: 'the regression test (compose) failed: exit 1; its output ends with: b / c / d' }],
    })
  })

  test('that passed, then there is no finding, and everything about the run', () => {
    expect(findingsOf({ 'test.json': JSON.stringify(END), 'output.txt': 'a\n' })).toEqual({
      ...{ check: 'regression-test', state: 'answered', findings: [], limits: [] },
      notes: ['compose: exit 0 after 2 s'],
      test: { state: 'passed', by: 'compose', ended: 'exit 0', seconds: 2, output: 'a\n' },
    })
  })

  test('of another image, then the problem names it', () => {
    const end = JSON.stringify({ ...END, layers: [...END.layers, 'sha256:2'] })
    expect(findingsOf({ 'test.json': end, 'output.txt': '' })).toMatchObject({
      problem: { what: 'the tested image (sha256:1) is not the one that was judged', where: 'test.json' },
    })
  })

  test('that printed 401 characters, then a finding has the last 400', () => {
    const end = { ...END, exitCode: 1, ended: 'exit 1' }
    const whyOf = (output: string) => {
      const answer = findingsOf({ 'test.json': JSON.stringify(end), 'output.txt': output })
      const [finding] = answer.state === 'answered' ? answer.findings : []
      return finding !== undefined && 'why' in finding ? finding.why : null
    }
    const failed = 'the regression test (compose) failed: exit 1; '
    expect(whyOf(`y${'x'.repeat(400)}`)).toBe(`${failed}its output ends with: ${'x'.repeat(400)}`)
    expect(whyOf(' a \n\n')).toBe(`${failed}its output ends with: a`)
    expect(whyOf('\n')).toBe(`${failed}it printed nothing`)
  })

  test('that printed a lot in its last line, then a finding has a bounded end of it', () => {
    const end = { ...END, exitCode: 1, ended: 'exit 1' }
    const answer = findingsOf({ 'test.json': JSON.stringify(end), 'output.txt': 'x'.repeat(5000) })
    const [finding] = answer.state === 'answered' ? answer.findings : []
    expect(finding !== undefined && 'why' in finding ? String(finding.why).length : 0).toBeLessThan(500)
  })

  test('of another platform than the engine’s, where that one is tested too, then it is not run, and says so', () => {
    expect(findingsOf({ 'apart.json': '{"engine":"linux/amd64"}' })).toMatchObject({
      ...{ state: 'answered', findings: [], test: { state: 'not-run' } },
      notes: [],
      limits: ["not run: the test runs only on the engine's platform (linux/amd64)"],
    })
  })
})
