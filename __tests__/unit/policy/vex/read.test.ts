import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { readVex } from '../../../../src/policy/vex/read.js'
import { problemThrownBy } from '../../../support/problems.js'
import { aRawDocument, aRawStatement, vexText } from '../../../support/vex.js'

function errors(text: string): string[] {
  const problem = problemThrownBy(() => readVex(text, 'a.json'))
  expect(problem.code).toBe('policy-invalid')
  return problem.what.split('\n')
}

describe('readVex', () => {
  test('when a document is read then each statement has author, time and line', () => {
    const second = aRawStatement({ timestamp: '2026-11-20T00:00:00+02:00', status: 'fixed' })
    const { statements } = readVex(vexText(aRawDocument([aRawStatement(), second])), 'vex/a.json')
    expect(statements[0]).toMatchObject({
      ids: ['CVE-2026-10001'],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
      words: 'apt-key is not used',
      time: '2026-11-01T08:00:00Z',
      author: 'Platform Team <platform@example.org>',
      place: { file: 'vex/a.json', line: 8 },
    })
    expect(statements[1]).toMatchObject({ time: '2026-11-20T00:00:00+02:00', place: { line: 21 } })
  })

  test('when it is indented by tabs, in one line, or begins with a byte order mark then it is read all the same', () => {
    const document = aRawDocument()
    const line = JSON.stringify(document)
    for (const text of [JSON.stringify(document, null, '\t'), line, `\uFEFF${line}`]) {
      expect(readVex(text, 'a').statements).toHaveLength(1)
    }
  })

  test('when it is no JSON then that is reported, with the line', () => {
    expect(errors('version: 1\n')).toEqual(['a.json:1: not valid JSON; an OpenVEX document must be JSON'])
    expect(errors('{\n "author": "x",\n oops\n}')).toEqual([
      'a.json:3: not valid JSON; an OpenVEX document must be JSON',
    ])
    expect(errors('')).toEqual(['a.json:1: not valid JSON; an OpenVEX document must be JSON'])
    expect(errors(vexText(aRawDocument()).slice(0, 200))).toHaveLength(1)
  })

  test('when it is of another format then its context is reported', () => {
    const ours = 'https://openvex.dev/ns/v0.2.0'
    const contexts = ['https://openvex.dev/ns', 'https://openvex.dev/ns/v0.0.1', `${ours}-rc1`, `x${ours}`]
    for (const context of contexts) {
      expect(errors(vexText(aRawDocument(undefined, { '@context': context })))).toEqual([
        `a.json:2: @context: "${context}" is not the supported format, https://openvex.dev/ns/v0.2.0`.replace(
          '@context:',
          '"@context":',
        ),
      ])
    }
  })

  test('when it is another document altogether then what is missing is reported', () => {
    expect(errors('{"bomFormat": "CycloneDX", "specVersion": "1.6"}').join('\n')).toMatch(
      /@context.*is missing/,
    )
    expect(errors('[]')).toEqual(['a.json:1: the file: expected a mapping (key: value), found a list'])
    expect(errors('"text"')).toHaveLength(1)
  })

  test('when it holds no statement then it is refused', () => {
    expect(errors(vexText(aRawDocument([])))).toEqual([
      'a.json:7: statements: a list must contain at least one statement',
    ])
    expect(errors(vexText(aRawDocument(undefined, { statements: undefined })))).toEqual([
      'a.json:1: statements: is missing',
    ])
  })

  test('when several statements are wrong then each is reported with its line', () => {
    const wrong = [
      aRawStatement({ status: 'safe' }),
      aRawStatement({ products: [] }),
      aRawStatement({ products: undefined }),
      aRawStatement({ justification: 'because' }),
      aRawStatement({ timestamp: 'yesterday' }),
      aRawStatement({ vulnerability: 'CVE-2026-10001' }),
      aRawStatement({ vulnerable: true }),
    ]
    const reported = errors(vexText(aRawDocument(wrong))).map((line) => line.replace(/^a\.json:\d+: /, ''))
    expect(reported).toHaveLength(7)
    expect(reported.join('\n')).toContain('statements[0].status: "safe" is not one of not_affected')
    expect(reported.join('\n')).toContain('statements[1].products: a list must contain at least one product')
    expect(reported.join('\n')).toContain('statements[2].products: is missing')
    expect(reported.join('\n')).toContain('statements[6].vulnerable: unknown key')
  })

  test('when a status has not the words that it needs, or a product no name, then that is reported', () => {
    const wrong = [
      aRawStatement({ status: 'affected' }),
      aRawStatement({ justification: undefined, impact_statement: undefined }),
      aRawStatement({ products: [{ hashes: { 'sha-256': 'aa' } }] }),
      aRawStatement({
        products: [{ '@id': 'pkg:oci/app', subcomponents: [{ hashes: { 'sha-256': 'aa' } }] }],
      }),
    ]
    expect(errors(vexText(aRawDocument(wrong))).map((line) => line.replace(/^a\.json:\d+: /, ''))).toEqual([
      'statements[0]: status "affected" requires an action_statement',
      'statements[1]: status "not_affected" requires a justification or an impact_statement',
      'statements[2]: a product or subcomponent has neither @id nor identifiers',
      'statements[3]: a product or subcomponent has neither @id nor identifiers',
    ])
    const enough = [
      aRawStatement({ status: 'fixed', justification: undefined, impact_statement: undefined }),
      aRawStatement({ justification: undefined }),
      aRawStatement({ impact_statement: undefined, status_notes: 'not built in' }),
      aRawStatement({ impact_statement: undefined }),
    ]
    const { statements } = readVex(vexText(aRawDocument(enough, { version: 2 })), 'a.json')
    expect(statements.map(({ words }) => words)).toEqual(['', 'apt-key is not used', 'not built in', ''])
  })

  test('when a key is there twice then it is refused, whichever a parser would take', () => {
    const text = vexText(aRawDocument()).replace('"version": 1', '"version": 1, "author": "Mallory"')
    expect(errors(text)).toEqual([expect.stringContaining('the key "author" appears twice')])
  })

  test('when any JSON is read then it is a document or a problem for people', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        for (const one of [json, text]) {
          try {
            readVex(one, 'a')
          } catch (error) {
            expect(error).toBeInstanceOf(SeaworthyError)
          }
        }
      }),
    )
  })
})
