import { describe, expect, test } from '@jest/globals'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import { benchLines } from '../../../../src/judge/tasks/bench-lines.js'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import { isBench } from '../../../../src/model/finding/index.js'
import { TOOL } from '../../../../src/model/tool.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { ruleBench } from '../../../../src/policy/dictionary/rules.js'
import { LINES } from '../../../../src/reports/comment/job.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../../src/reports/json/untrusted.js'
import { aComparison, aResult, engineResult } from '../../../support/bench.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../../support/builders.js'

const DICTIONARY = readDictionary(
  `version: 1
numbering: dbs-1.6.1
checks:
  "4.1": {}
  "4.6": {}
  "4.7": {}
  "4.8": {expect: [NOTE], evidence: setuid-scan, items: {subset_of: [/bin/su]}}
`,
  'd.yml',
)
const context = { reference: 'app:1', today: '2026-11-24', evidence: new Set<string>() }

/** The lines for a result that is compared with the dictionary. */
function linesFor(id: string, ...[found]: Parameters<typeof aResult>[1][]): string | null {
  const finding = benchFinding(aResult(id, found))
  const { results } = ruleBench([finding], DICTIONARY, context)
  const ruled = results.find((one) => one.finding.id === id)
  return ruled === undefined ? null : benchLines(ruled.finding)
}
const setuid = (...items: string[]) => ({
  builtin: engineResult('NOTE', ...items),
  evidence: ['setuid-scan'],
})

describe('benchLines', () => {
  test('when a result is worse than expected, then there are lines, which a comment takes too', () => {
    for (const [id, keyword] of [
      ['4.1', 'USER 10001'],
      ['4.6', 'HEALTHCHECK '],
      ['4.7', 'RUN apt-get update \\\n && apt-get install '],
    ] as const) {
      const lines = linesFor(id, { builtin: engineResult('WARN', 'app:1') })
      expect(lines).toContain(`\n${keyword}`)
      expect(LINES.test(lines ?? '')).toBe(true)
      expect(lines?.split('\n').filter((line) => line.length > 88)).toEqual([])
    }
  })

  test.each([
    ['/usr/bin/curl', 'CMD ["/usr/bin/curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/"]'],
    ['/usr/bin/wget', 'CMD ["/usr/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]'],
    ['/usr/local/bin/node', 'CMD ["/usr/local/bin/node", "-e", "require(\'http\').get('],
    ['/usr/bin/python3.11', 'CMD ["/usr/bin/python3.11", "-c", "import urllib.request'],
    ['/usr/bin/php8.2', 'CMD ["/usr/bin/php8.2", "-r", "exit((int)'],
    ['/usr/bin/ruby3.1', 'CMD ["/usr/bin/ruby3.1", "-rnet/http", "-e",'],
    // From a report of somebody else: nothing of it is printed.
    ['/tmp/curl', 'CMD ["COMMAND", "ARGUMENT"]'],
  ])(
    'when the image has no health check and has %s, then the command of the lines is by that',
    (path, command) => {
      const compared = aComparison('worse')
      const lines = benchLines({ id: '4.6', compared, health: { path, port: 8080 } }) ?? ''
      expect(lines).toContain(command)
      expect(LINES.test(lines)).toBe(true)
      const exec = /CMD (\[.*\])$/.exec(lines)?.[1] ?? ''
      expect(JSON.parse(exec).slice(1).join(' ').includes('http://127.0.0.1:8080/')).toBe(
        path !== '/tmp/curl',
      )
    },
  )

  test.each([
    ['/api/healthz', 'http://127.0.0.1:80/api/healthz', 'the health check of the run options asks this path'],
    [undefined, 'http://127.0.0.1:80/', 'change the path / to one'],
    // From a report of somebody else.
    ['/health`id`', 'http://127.0.0.1:80/', 'change the path / to one'],
    ['/health\nRUN id', 'http://127.0.0.1:80/', 'change the path / to one'],
  ])(
    'when the path to ask is %j, then the lines have %s, and say when it has to answer',
    (urlPath, url, comment) => {
      const health = { path: '/usr/bin/curl', port: 80, ...(urlPath === undefined ? {} : { urlPath }) }
      const lines = benchLines({ id: '4.6', compared: aComparison('worse'), health }) ?? ''
      expect(lines).toContain(`"${url}"]`)
      expect(lines).toContain(comment)
      expect(lines.replaceAll('\n# ', ' ')).toMatch(
        /^# the image has this program.* 200 only when the service works/,
      )
      expect(
        lines
          .split('\n')
          .filter((line) => (/^#/.test(line) ? line.length > 88 : !/^(?:HEALTHCHECK| )/.test(line))),
      ).toEqual([])
      expect(LINES.test(lines)).toBe(true)
    },
  )

  test('when the image has the user already, then the lines only name it, and report.json keeps that', () => {
    const finding = benchFinding(aResult('4.1', { builtin: engineResult('WARN', 'app:1') }), { uid: 1000 })
    const { results } = ruleBench([finding], DICTIONARY, context)
    const ruled = results.find((one) => one.finding.id === '4.1')?.finding ?? finding
    const { ruling, due, because, blocks, owner, since, statement, returnsWhen, policy, line } =
      aRuledFinding()
    const decided = { ruling, due, because, blocks, owner, since, statement, returnsWhen, policy, line }
    const images = [anImageVerdict({ findings: [{ ...ruled, ...decided }] })]
    const report = readUntrustedReport(renderJson(aVerdict({ images }), TOOL), 'report.json')
    const read = report.images[0]?.findings[0]
    for (const one of [ruled, read]) {
      const lines = one !== undefined && isBench(one) ? benchLines(one) : null
      expect(lines?.split('\n').filter((text) => !text.startsWith('#'))).toEqual(['USER 1000'])
      expect(LINES.test(lines ?? '')).toBe(true)
    }
  })

  test('when it is settled otherwise, then there are none', () => {
    expect(linesFor('4.1', { builtin: engineResult('PASS') })).toBeNull()
    expect(linesFor('4.6', { state: 'not-evaluated', builtin: null })).toBeNull()
    expect(linesFor('4.8', setuid('/bin/su'))).toBeNull()
    expect(linesFor('4.9', { builtin: engineResult('WARN', 'ADD') })).toBeNull()
  })

  test('when files are setuid, then those that are not expected are named, if a shell takes them as they are', () => {
    const odd = [
      '/x y',
      '/usr/bin/python3 cap_setuid',
      '/a$(id)',
      '/a;b',
      '-x',
      '/a/../b',
      '//a',
      '/a\\u{20}b',
    ]
    const lines = linesFor('4.8', setuid('/bin/su', '/usr/bin/one', '/opt/two.bin', ...odd))
    expect(lines?.split('\n')).toEqual([
      '# put this before USER, after the lines that install these files; 8 more are left to you',
      'RUN chmod a-s /opt/two.bin \\',
      '      /usr/bin/one',
    ])
    expect(linesFor('4.8', setuid(...odd))).toBeNull()
    expect(linesFor('4.8', setuid('/opt/x', '/x y'))).toBe(
      '# put this before USER, after the lines that install these files; 1 more is left to you\nRUN chmod a-s /opt/x',
    )
    expect(linesFor('4.8', setuid('/opt/x'))).toBe(
      '# put this before USER, after the lines that install these files\nRUN chmod a-s /opt/x',
    )
  })

  test('when it is a thing to do, then it has the lines and no command', () => {
    const finding = aRuledFinding({
      check: 'docker-bench',
      id: '4.1',
      package: null,
      ours: { title: 'Not root', advice: 'Name a user.' },
      compared: aComparison('worse'),
    })
    const [thing] = imageTasks(anImageVerdict({ findings: [finding] }))
    expect(thing).toMatchObject({ command: null, dockerfile: expect.stringContaining('USER 10001') })
  })
})
