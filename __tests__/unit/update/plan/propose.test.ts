import { describe, expect, test } from '@jest/globals'
import { renderJson } from '../../../../src/reports/json/json.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { proposeChange } from '../../../../src/update/plan/dockerfile-change.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../../support/builders.js'

const TEXT = 'FROM debian:12 # ```\nCOPY a /a\n'
const document = { file: 'Dockerfile', text: TEXT, named: false, problem: null }
const dockerfile = { file: 'Dockerfile', note: null, from: { endLine: 1, user: null } }
const image = anImageVerdict({ dockerfile })

describe('proposeChange', () => {
  test('when the image’s own Dockerfile is known, then the line that brings its packages up is behind FROM', () => {
    const change = proposeChange(image, [document], '2026-11-24')
    expect(change).toMatchObject({ file: 'Dockerfile', before: TEXT })
    expect(change?.after.split('\n').slice(0, 3)).toEqual([
      'FROM debian:12 # ```',
      '# seaworthy: security updates as of 2026-11-24',
      expect.stringMatching(/^RUN apt-get update && apt-get install .*--only-upgrade \\$/),
    ])
    expect(change?.after.endsWith('# seaworthy: end\nCOPY a /a\n')).toBe(true)
  })

  test('when no Dockerfile was used, nothing is to update, or the base runs as an odd user, then none is proposed', () => {
    expect(proposeChange(anImageVerdict(), [document], '2026-11-24')).toBeNull()
    expect(proposeChange(anImageVerdict({ dockerfile, findings: [] }), [document], '2026-11-24')).toBeNull()
    const odd = { ...dockerfile, from: { endLine: 1, user: 'a\nRUN evil' } }
    expect(proposeChange(anImageVerdict({ dockerfile: odd }), [document], '2026-11-24')).toBeNull()
  })

  test('when it is reported, then as a diff that nothing in the file can end', () => {
    const dockerfileChange = proposeChange(image, [document], '2026-11-24')
    const verdict = aVerdict({ images: [{ ...image, findings: [aRuledFinding()], dockerfileChange }] })
    const markdown = renderMarkdown(verdict, { limit: 100_000 })
    expect(markdown).toMatch(/Change to Dockerfile.*\n\n````diff\n--- a\/Dockerfile\n/)
    expect(markdown).toContain('In a Dockerfile, as root: before USER, if there is one')
    const json = JSON.parse(renderJson(verdict, { name: 'seaworthy', version: '1' }))
    expect(json.images[0].dockerfile.change).toMatch(
      /^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@ -1,2 \+1,\d+ @@\n/,
    )
    const text = renderTerminal(verdict, { colour: false, width: 120, verbose: true })
    expect(text).toContain('+# seaworthy: security updates as of 2026-11-24')
  })
})
