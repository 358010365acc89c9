import { describe, expect, test } from '@jest/globals'
// @ts-expect-error: scripts have no types
import { stableNames, withoutComments } from '../../../script/build.mjs'

const of = (outputs: Record<string, { entryPoint?: string; inputs: Record<string, number> }>) =>
  Object.fromEntries(
    stableNames({
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([path, { inputs, ...rest }]) => [
          path,
          {
            ...rest,
            inputs: Object.fromEntries(
              Object.entries(inputs).map(([name, bytesInOutput]) => [name, { bytesInOutput }]),
            ),
          },
        ]),
      ),
    }),
  )

describe('names of chunks', () => {
  test('when content changes, then the name stays', () => {
    const inputs = { 'src/io/http/http.ts': 20, 'src/io/http/url.ts': 10 }
    const name = 'chunk-io-http-http.js'
    expect(of({ 'dist/chunk-AAAAAAAA.js': { inputs } })).toEqual({ 'chunk-AAAAAAAA.js': name })
    expect(of({ 'dist/chunk-BBBBBBBB.js': { inputs } })).toEqual({ 'chunk-BBBBBBBB.js': name })
  })

  test('when a file is loaded lazily, then its chunk is named after it, not after the largest file', () => {
    const entryPoint = 'node_modules/openpgp/dist/node/openpgp.mjs'
    const inputs = { 'src/big.ts': 90, [entryPoint]: 10 }
    expect(of({ 'dist/openpgp-AAAAAAAA.js': { entryPoint, inputs } })).toEqual({
      'openpgp-AAAAAAAA.js': 'chunk-openpgp-dist-node-openpgp.js',
    })
  })

  test('when two have the same source, then the second is numbered, and entries keep their names', () => {
    const inputs = { 'src/a.ts': 1 }
    expect(
      of({
        'dist/chunk-AAAAAAAA.js': { inputs },
        'dist/chunk-BBBBBBBB.js': { inputs },
        'dist/cli.js': { inputs },
      }),
    ).toEqual({ 'chunk-AAAAAAAA.js': 'chunk-a.js', 'chunk-BBBBBBBB.js': 'chunk-a-2.js' })
  })
})

describe('comments of libraries', () => {
  test.each([
    ['lines of their own', 'a()\n  // one\n/* two\n * three */\nb()\n', 'a()\nb()\n'],
    ['what is beside code', 'a(/* one */ 1) // two\nb()\n', 'a(  1)  \nb()\n'],
    ['what separates tokens', 'typeof/**/a;', 'typeof a;'],
    ['a line break that ends a statement', 'let a = 1 /*\n*/ let b = 2', 'let a = 1 \n let b = 2'],
    ['the last line', 'a() // end', 'a()  '],
  ])('when %s are left out, then the code stays', (_, text, left) => {
    expect(withoutComments(text)).toBe(left)
  })

  test('when texts and patterns look like comments, then they stay', () => {
    const text = 'const a = `\n // b\n`, c = "/* d */", e = /[/*]/, f = /\\/\\/ g/\n'
    expect(withoutComments(text)).toBe(text)
  })
})
