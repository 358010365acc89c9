import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CORE_SCHEMA, load } from 'js-yaml'
import {
  addEntries,
  EMPTY_WHITELIST,
  entryPairs,
  type NewEntry,
  removeEntries,
} from '../../../../src/policy/whitelist/edit.js'
import { readWhitelist } from '../../../../src/policy/whitelist/read.js'
import { aWhitelistEntry } from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'
import { runs } from '../../../support/runs.js'

const newEntry = (part: Partial<NewEntry> = {}): NewEntry => {
  const { place: _, ...entry } = aWhitelistEntry({ added: '2026-11-24', ...part })
  return entry
}
const NEW = [
  newEntry({ id: 'CVE-2031-0001' }),
  newEntry({ id: 'CVE-2031-0002', package: null, check: 'clair' }),
]

const ids = (text: string) => readWhitelist(text, 'w.yml').entries.map(({ id }) => id)
const linesOf = (text: string) => text.split(/\r\n|\r|\n/)
const isKept = (line: string) => /^\s*(?:#.*)?$/.test(line)

/** True if `part` is `whole` with lines left out. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const line of whole) {
    if (line === part[at]) {
      at++
    }
  }
  return at === part.length
}

const comment = fc.constantFrom(
  '# a note',
  '#',
  '  # - id: CVE-2000-0001',
  '      # deep',
  '',
  '   ',
  '# "[{',
)
const noise = fc.array(comment, { maxLength: 3 })
const tail = fc.constantFrom('', '', '  # why', ' #', '\t# tab')

/** The value of `reason`, in the ways that YAML has; lines behind the first are indented by the caller. */
const reason = fc.constantFrom(
  ['plain words'],
  ['"quoted # no comment"'],
  ["'it''s'"],
  ['|', '  # no comment', '', '  two'],
  ['>-', '  folded', '  text'],
  ['|+', '  kept', ''],
  ['plain words', '  that go on'],
  ['"quoted', '  # no comment', '  words"'],
)

/** One entry as lines, its dash at `indent`. */
const entryLines = (index: number, indent: string) =>
  fc
    .record({
      reason,
      inner: noise,
      before: noise,
      after: noise,
      tail,
      style: fc.constantFrom('block', 'block', 'flow', 'dash'),
      gap: fc.constantFrom(' ', '   '),
    })
    .map(({ reason: [first = '', ...more], inner, before, after, tail: end, style, gap }) => {
      const id = `CVE-2026-${10_000 + index}`
      if (style === 'flow') {
        const lines = [
          `${indent}- {id: ${id}, package: apt,${end}`,
          ...inner,
          `${indent}   reason: "x # y", owner: me, expires: 2027-01-01}${end}`,
        ]
        return [...before, ...lines, ...after]
      }
      const pad = `${indent} ${gap}`
      const isMore = more.length > 0
      const keys = [
        `package: apt${end}`,
        `reason: ${first}${isMore ? '' : end}`,
        ...more.map((line) => (line === '' ? null : line)),
        'owner: "me"',
        `expires: 2027-01-01${end}`,
      ]
      const lines = [`id: ${id}`, ...keys].map((line) => (line === null ? '' : `${pad}${line}`))
      const [head = '', ...rest] = lines
      const dashed = style === 'dash' ? [`${indent}-${end}`, head] : [`${indent}-${gap}${head.trimStart()}`]
      return [...before, ...dashed, ...(isMore ? [] : inner), ...rest, ...after]
    })

interface Generated {
  readonly text: string
  readonly count: number
}

/** Whitelists in block style, with comments and blank lines in all places. */
const blockFile: fc.Arbitrary<Generated> = fc
  .record({ count: fc.nat(5), indent: fc.constantFrom('', '  ', '    '), head: noise, foot: noise, tail })
  .chain(({ count, indent, head, foot, tail: end }) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => entryLines(index, indent))).chain((entries) =>
      fc
        .record({
          eol: fc.constantFrom('\n', '\r\n', '\r'),
          last: fc.boolean(),
          bom: fc.boolean(),
          trailer: fc.constantFrom([], [], ['...'], ['include: [other.yml]', '# end']),
        })
        .map(({ eol, last, bom, trailer }) => {
          const body = count === 0 ? [`entries: []${end}`] : [`entries:${end}`, ...entries.flat()]
          const lines = [...head, 'version: 1', ...body, ...foot, ...trailer]
          return { text: `${bom ? '\uFEFF' : ''}${lines.join(eol)}${last ? eol : ''}`, count }
        }),
    ),
  )

/** Whitelists whose entries are a flow list, on one line or many. */
const flowFile: fc.Arbitrary<Generated> = fc
  .record({
    count: fc.integer({ min: 0, max: 4 }),
    root: fc.boolean(),
    comma: fc.boolean(),
    gap: fc.constantFrom(' ', '\n  ', '\n  # note\n  ', '\r\n\r\n  '),
  })
  .map(({ count, root, comma, gap }) => {
    const items = Array.from(
      { length: count },
      (_, index) =>
        `{id: CVE-2026-${10_000 + index}, package: apt, reason: "a, b", owner: me, expires: 2027-01-01}`,
    )
    const list = `[${gap}${items.join(`,${gap}`)}${comma && count > 0 ? ',' : ''}${gap.includes('#') ? ' # last\n  ' : gap}]`
    return { text: root ? `{version: 1, entries: ${list}}\n` : `version: 1\nentries: ${list}\n`, count }
  })

const anyFile = fc.oneof({ weight: 4, arbitrary: blockFile }, { weight: 1, arbitrary: flowFile })
/** An oracle that is not our reader: js-yaml's own loader. */
const values = (text: string) =>
  (load(text.replace(/^\uFEFF/, ''), { schema: CORE_SCHEMA }) as { entries: Record<string, unknown>[] })
    .entries

describe('edits of generated files', () => {
  test('when entries are added, then every line that was there stays as it is, and they are read behind the others', () => {
    fc.assert(
      fc.property(anyFile, ({ text, count }) => {
        const after = addEntries(text, 'w.yml', NEW)
        const [was, now] = [values(text), values(after)]
        expect(now.slice(0, count).map(({ id, package: name, owner }) => [id, name, owner])).toEqual(
          was.map(({ id, package: name, owner }) => [id, name, owner]),
        )
        expect(now.slice(count).map(({ id }) => id)).toEqual(['CVE-2031-0001', 'CVE-2031-0002'])
        const isFlow = /entries: \[[^\]]|^\{/.test(text)
        // The brackets of an empty list have to go; a flow list grows within its line.
        const old = linesOf(text).map((line) =>
          count === 0 ? line.replace('entries: []', 'entries:') : line,
        )
        expect(isWithin(isFlow ? old.filter(isKept) : old, linesOf(after))).toBe(true)
      }),
      runs(400),
    )
  })

  test('when entries are taken out, then only their lines go, and neither a comment line nor a blank one', () => {
    fc.assert(
      fc.property(anyFile, fc.array(fc.nat(4), { maxLength: 5 }), ({ text, count }, picked) => {
        const indexes = new Set(picked.filter((index) => index < count))
        const isFlow = /entries: \[/.test(text)
        const after = removeEntries(text, 'w.yml', indexes)
        expect(values(after)).toEqual(values(text).filter((_, index) => !indexes.has(index)))
        const [old, now] = [linesOf(text), linesOf(after)]
        // The last line is gone, and the break of the one before it stays.
        if (old.at(-1) !== '' && now.at(-1) === '') {
          now.pop()
        }
        const emptied = indexes.size === count && count > 0
        const key = (line: string) => (emptied ? line.replace('entries: []', 'entries:') : line)
        if (!isFlow) {
          expect(isWithin(now.map(key), old)).toBe(true)
        }
        const inScalars = /no comment/
        const notes = old.filter((line) => isKept(line) && !inScalars.test(line) && line !== '')
        expect(isWithin(notes, now)).toBe(true)
        if (indexes.size === 0) {
          expect(after).toBe(text)
        }
      }),
      runs(400),
    )
  })

  test('when what was added is taken out again, then the file is byte for byte as before', () => {
    fc.assert(
      fc.property(blockFile, ({ text, count }) => {
        fc.pre(count > 0)
        const added = addEntries(text, 'w.yml', NEW)
        const again = removeEntries(added, 'w.yml', new Set([count, count + 1]))
        expect(/[\r\n]$/.test(text) ? again : again.replace(/(?:\r\n?|\n)$/, '')).toBe(text)
      }),
      runs(200),
    )
  })
})

describe('addEntries', () => {
  test('when the file is the empty one, then entries stand as a person would write them', () => {
    const entry = newEntry({
      images: ['ghcr.io/acme/*'],
      releases: ['bookworm'],
      maxSeverity: 'medium',
      reason: 'apt-key is not used',
    })
    expect(
      addEntries(EMPTY_WHITELIST, 'w.yml', [entry]),
    ).toBe(`# Findings that the gate accepts: known, low, not urgent. Each has a reason, an owner and an expiry date.
version: 1
entries:
  - id: CVE-2026-10001
    package: apt
    releases: ["bookworm"]
    images: ["ghcr.io/acme/*"]
    reason: apt-key is not used
    owner: platform
    added: 2026-11-24
    expires: 2027-03-31
    max-severity: medium
`)
  })

  test('when an empty list has a comment inside, then that stays', () => {
    expect(addEntries('version: 1\nentries: [ # none yet\n  ]\n', 'w.yml', NEW)).toContain('# none yet')
  })

  test('when the file is wrong, then it is not edited', () => {
    for (const text of [
      'version: 1\nentries:\n',
      'version: 1\nentries: &a []\n',
      'version: 1\nentries:\n\t- id: x\n',
    ]) {
      expect(problemThrownBy(() => addEntries(text, 'w.yml', NEW)).code).toBe('policy-invalid')
    }
  })

  test('when an entry is there already, then it is not added once more', () => {
    const once = addEntries(EMPTY_WHITELIST, 'w.yml', NEW)
    expect(problemThrownBy(() => addEntries(once, 'w.yml', NEW)).code).toBe('whitelist-uneditable')
  })

  test('when keys are written the long way, then nothing is written but what is meant', () => {
    const text = `version: 1\n? entries\n:   - id: CVE-2026-10000\n      package: apt\n      reason: x\n      owner: y\n      expires: 2027-01-01\n`
    expect(ids(addEntries(text, 'w.yml', NEW))).toEqual(['CVE-2026-10000', 'CVE-2031-0001', 'CVE-2031-0002'])
    expect(problemThrownBy(() => removeEntries(text, 'w.yml', new Set([0]))).code).toBe(
      'whitelist-uneditable',
    )
  })
})

describe('entryPairs', () => {
  test('when an entry has all keys, then they are read back', () => {
    const entry = newEntry({
      check: 'clair',
      despiteKev: true,
      justification: 'inline_mitigations_already_exist',
      maxSeverity: 'critical',
      reason: 'für: "später"',
      images: ['a*'],
    })
    const text = `version: 1\nentries:\n  - ${entryPairs(entry).join('\n    ')}\n`
    expect(readWhitelist(text, 'w.yml').entries[0]).toEqual({ ...entry, place: { file: 'w.yml', line: 3 } })
    expect(text).toContain('für')
  })
})
