import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addSources } from '../../../../src/debian/apt/command.js'
import { readSources } from '../../../../src/debian/apt/sources.js'
import {
  type AptSource,
  isSafeSource,
  readSourceLines,
  sourceLine,
} from '../../../../src/model/packages/apt-source.js'

const CONTRIB: AptSource = {
  uri: 'http://security.debian.org/debian-security',
  suite: 'bookworm-security',
  component: 'contrib',
  signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
  style: 'one-line',
}

/** What the command would write, by a real shell, and how apt would read it. */
function written(sources: readonly AptSource[]) {
  const { add = '', remove = '' } = addSources(sources) ?? {}
  const [, file = ''] = / >(\S+)$/.exec(add) ?? []
  expect(remove).toBe(`rm -f ${file}`)
  const text = execFileSync('sh', ['-c', add.replace(/ >\S+$/, '')], { encoding: 'utf8' })
  return { text, targets: readSources({ [file.slice(1)]: text }, ['amd64']) }
}

describe('addSources', () => {
  test('when there are none, then there is nothing to add', () => {
    expect(addSources([])).toBeNull()
  })

  test.each(['one-line', 'deb822'] as const)(
    'when the image writes them as %s, then so does the command',
    (style) => {
      const second = {
        ...CONTRIB,
        suite: 'bookworm',
        component: 'non-free',
        signedBy: `${'A'.repeat(40)},/b.gpg`,
        style,
      }
      const { text, targets } = written([{ ...CONTRIB, style }, second, { ...CONTRIB, style }])
      expect(targets).toMatchObject([
        {
          ...{ uri: `${CONTRIB.uri}/`, suite: 'bookworm-security', component: 'contrib' },
          ...{
            signedBy: CONTRIB.signedBy,
            file: `etc/apt/sources.list.d/zz-seaworthy.${style === 'deb822' ? 'sources' : 'list'}`,
          },
        },
        { suite: 'bookworm', component: 'non-free', signedBy: `${'A'.repeat(40)} /b.gpg` },
      ])
      expect(text.startsWith('Types: deb\n')).toBe(style === 'deb822')
    },
  )

  test('when a line is read again, then it is the same source', () => {
    expect(readSourceLines(`x '${sourceLine(CONTRIB)}' >y`)).toEqual([CONTRIB])
  })

  test('when a part could break out of the command, then the source is left out', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `http://a/${text}`),
      fc.constantFrom("a'b", 'a;id', '$(id)', '`id`', 'a b', 'a\nb', 'http://me:secret@a/', '../x', '-x', ''),
    )
    const part = fc.constantFrom('uri', 'suite', 'component', 'signedBy')
    fc.assert(
      fc.property(part, odd, (name, text) => {
        const source = { ...CONTRIB, [name]: text }
        const { add } = addSources([source]) ?? { add: '' }
        expect(add === '').toBe(!isSafeSource(source))
        expect(add).toMatch(/^(?:printf '%s\\n' '[\w .:=/~+%,![\]-]*' >\S+)?$/)
      }),
    )
    expect(addSources([{ ...CONTRIB, uri: 'http://me:secret@a/debian' }])).toBeNull()
  })
})
