import { expect, test } from '@jest/globals'
import type { Ecosystem } from '../../../../../src/feeds/formats/osv/ecosystem.js'
import { matchPackage } from '../../../../../src/feeds/formats/osv/match.js'
import { readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import { isRecord } from '../../../../../src/model/json.js'
import { DAMAGES, pathsIn, withValue } from '../../../../support/damaged-json.js'
import { publishedRecords } from '../../../../support/osv/records.js'

/** What a record says about a version: `error` if it is no advisory. */
function stateOf(raw: unknown, ecosystem: Ecosystem, name: string, version: string): string {
  const record = readRecord(raw, ecosystem)
  if (record === 'withdrawn') {
    return record
  }
  return 'error' in record
    ? 'error'
    : (matchPackage({ ecosystem, name, version }, [record])[0]?.affects ?? 'nothing')
}

const listIn = (value: unknown, key: string): readonly unknown[] => {
  const list = isRecord(value) ? value[key] : null
  return Array.isArray(list) ? list : []
}
const textsIn = (value: unknown, key: string): readonly string[] =>
  isRecord(value) && typeof value[key] === 'string' ? [value[key]] : []

/** The name of the first package, and the versions that the record mentions. */
function subjectOf(raw: object) {
  const [entry] = listIn(raw, 'affected')
  const [name = ''] = isRecord(entry) ? textsIn(entry.package, 'name') : []
  const introduced = listIn(entry, 'ranges')
    .flatMap((range) => listIn(range, 'events'))
    .flatMap((event) => textsIn(event, 'introduced'))
  return { name, versions: [...listIn(entry, 'versions').map(String), ...introduced, '0.0.1', '1.0.0'] }
}

test.each<Ecosystem>(['npm', 'Maven', 'RubyGems', 'Packagist', 'PyPI', 'Go', 'crates.io'])(
  'when any member of a real record for %s is lost, or of another type, then it never says that nothing is affected',
  (ecosystem) => {
    let count = 0
    for (const raw of publishedRecords(ecosystem).slice(0, 40)) {
      const { name, versions } = subjectOf(raw)
      const version = versions.find((one) => stateOf(raw, ecosystem, name, one) === 'affected')
      // A text in a list is a version, or an operating system: less of them is another statement.
      const paths = version === undefined ? [] : pathsIn(raw).filter((path) => path.at(-2) !== 'versions')
      for (const path of paths) {
        for (const value of DAMAGES) {
          const state = stateOf(withValue(raw, path, value), ecosystem, name, version ?? '')
          expect([path.join('.'), value, state]).toEqual([
            path.join('.'),
            value,
            expect.stringMatching(/^(?:affected|unknown|error)$/),
          ])
          count += 1
        }
      }
    }
    expect(count).toBeGreaterThan(500)
  },
)
