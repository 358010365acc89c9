import { expect, test } from '@jest/globals'
import { indexStanzas } from '../../../../../src/checks/security-updates/archive/stanzas.js'
import { problemThrownBy } from '../../../../support/problems.js'

const APT = 'Package: apt\nVersion: 2.6.1\nArchitecture: amd64\n'

test('when every stanza has a name, a version and an architecture, then all are read', () => {
  const read = (text: string) => indexStanzas(text, 'x').map(({ fields }) => fields.get('package'))
  expect(read('')).toEqual([])
  expect(read(`${APT}\n${APT.replace('apt', 'bash').trimEnd()}`)).toEqual(['apt', 'bash'])
})

test.each([
  ['no name', APT.replace('Package: apt\n', ''), 'this stanza has no package field', 'x:1'],
  ['no version', APT.replace('Version: 2.6.1\n', ''), 'the stanza of "apt" has no version field', 'x:1'],
  [
    'no architecture',
    `${APT}\n${APT.replace('amd64', '')}`,
    'the stanza of "apt" has no architecture',
    'x:5',
  ],
  ['a version that is none', APT.replace('2.6.1', ':1'), 'the stanza of "apt": ', 'x:1'],
  ['a line that is no field', `${APT}apt\n`, '', 'x'],
])(
  'when a stanza has %s, then the index is refused: dropping it would hide an update',
  (_, text, what, where) => {
    const problem = problemThrownBy(() => indexStanzas(text, 'x'))
    expect(problem.code).toBe('archive-index-broken')
    expect(problem.what).toContain(what)
    expect(problem.where).toContain(where)
  },
)
