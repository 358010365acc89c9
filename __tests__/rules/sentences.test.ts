import { describe, expect, test } from '@jest/globals'
import { sourceTree } from './scan.js'
import { EXCEPTIONS, FOLDERS, parsedSentences, sentenceReadings } from './sentences.js'

const TREE = [...sourceTree()].filter(([path]) => FOLDERS.some((folder) => path.startsWith(folder)))
const codesIn = (text: string) => sentenceReadings(text).map(({ code }) => code)

describe('sentences', () => {
  test('when a finding is judged, reported or published, then no sentence is read for what it says', () => {
    expect(TREE.length).toBeGreaterThan(100)
    expect(parsedSentences(new Map(TREE))).toEqual([])
  })

  test('when a reading is excepted, then its file still has it, once', () => {
    for (const [path, codes] of Object.entries(EXCEPTIONS)) {
      const [, text = ''] = TREE.find(([one]) => one === path) ?? []
      expect([path, codesIn(text).toSorted()]).toEqual([path, Object.keys(codes).toSorted()])
    }
  })

  test.each([
    ['a member', "finding.why.startsWith('fix ')", 'finding.why.startsWith'],
    ['a member that may be missing', "finding?.why?.includes('x')", 'finding.why.includes'],
    ['a member by its text', "one['because'].split('; ')", 'one.because.split'],
    ['a variable of that name', "const { why } = f; why.split('; ')", 'why.split'],
    ['a member under another name', 'const { why: text } = f; text.slice(3)', 'text.slice'],
    ['a parameter under another name', "function a({ notes: all }: A) { all.includes('x') }", 'all.includes'],
    ['a parameter of an arrow', "const a = ({ why: text }: A) => text.indexOf('x')", 'text.indexOf'],
    ['a variable set to one', "const text = one.why ?? ''; text.match(/x/)", 'text.match'],
    ['the argument of a regular expression', '/^fix (.+)$/.exec(finding.why)', 'exec(finding.why)'],
    ['the argument of a named one', 'PATTERN.test(json.because)', 'test(json.because)'],
    ['a sentence made of reasons', "becauseText(one).includes('KEV')", 'becauseText.includes'],
    ['one that was put in a variable', "const t = sentence(one.because); t.split('; ')", 't.split'],
    ['a part of one', "one.why.trim().toLowerCase().startsWith('x')", 'one.why.startsWith'],
    ['a member of a list', "answer.limits[0]!.startsWith('x')", 'answer.limits.startsWith'],
    ['each member of a list', "answer.notes.some((note) => note.startsWith('x'))", 'note.startsWith'],
    ['each in a function', 'notes.filter(function (one) { return /x/.test(one) })', 'test(one)'],
    ['each in a loop', "for (const one of image.notes) { one.match('x') }", 'one.match'],
    ['all of them', "one.notes.join('; ').includes('x')", 'one.notes.includes'],
    ['one of two', "(one.why ?? other).replace('x', '')", 'one.why.replace'],
    ['a text with one in it', "`${a}: ${one.why}`.split(': ')", 'one.why.split'],
    ['a comparison', "finding.why === 'it is so'", 'finding.why ==='],
    ['a comparison from the other side', "'it is so' !== finding.why", 'finding.why !=='],
    ['a switch', "switch (debian.words) { case 'a': }", 'switch (debian.words)'],
  ])('when code reads %s, then it is found', (_, text, code) => {
    expect(sentenceReadings(`// é\n\n${text}\n`)).toEqual([{ line: 3, code }])
  })

  test.each([
    ['values are asked for', "finding.because.some((one) => one.reason === 'kev')"],
    ['a sentence is shown', 'return_(`${one.why}; ${one.notes.join()}`)'],
    ['there is none', "one.why === '' || one.returnsWhen === null || one.notes.length === 0"],
    ['two are compared', 'one.why === other.why'],
    ['another member is read', "finding.id.startsWith('CVE-') && PATTERN.test(finding.package)"],
    ['a variable has the name of an element elsewhere', "notes.map((one) => one); one.startsWith('x')"],
    ['a key has the name', "const a = { why: x.split('; '), notes: [] }"],
    ['a comment or a text has it', "// finding.why.split('x')\nconst a = 'finding.why.split(1)'"],
  ])('when %s, then nothing is found', (_, text) => {
    expect(sentenceReadings(text)).toEqual([])
  })
})
