import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { removeReports, writeReports } from '../../../src/gate/write-reports.js'
import { aVerdict } from '../../support/builders.js'
import { problemThrownBy } from '../../support/problems.js'

const start = process.cwd()
let work: string
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'reports-'))
  process.chdir(work)
})
afterEach(() => {
  process.chdir(start)
  rmSync(work, { recursive: true })
})

const put = (...names: readonly string[]) => {
  mkdirSync('out', { recursive: true })
  for (const name of names) {
    writeFileSync(join('out', name), 'x')
  }
}

test('when the folder is not there, empty, or has reports of an earlier run, then it is empty or not there', () => {
  for (const uploaded of [true, false]) {
    removeReports('none', { uploaded })
    expect(existsSync('none')).toBe(false)
    put('report.json', 'report.html', 'update.json')
    removeReports('out', { uploaded })
    expect(readdirSync('out')).toEqual([])
  }
})

test('when it has other files, then a person keeps them, and what is uploaded may not have them', () => {
  put('report.json', 'b.html', 'a.html')
  removeReports('out')
  expect(readdirSync('out')).toEqual(['a.html', 'b.html'])
  put('report.json')
  expect(problemThrownBy(() => removeReports('out', { uploaded: true }))).toMatchObject({
    code: 'report-dir-in-use',
    what: expect.stringMatching(/: a\.html and 1 more$/),
    where: 'out',
  })
  expect(readdirSync('out')).toEqual(['a.html', 'b.html'])
})

test('when a link of the working folder leads to it, then nothing behind it is removed, and only what is uploaded loses the link', () => {
  put('report.json')
  symlinkSync('out', 'link')
  for (const uploaded of [false, true]) {
    expect(problemThrownBy(() => removeReports('link', { uploaded }))).toMatchObject({
      code: 'folder-is-link',
      what: expect.stringMatching(/^link is a link, and the path in report-dir goes through it/),
    })
    expect(readdirSync('.').includes('link')).toBe(!uploaded)
  }
  expect(readdirSync('out')).toEqual(['report.json'])
})

test('when a report cannot be written, then none of them stays', () => {
  const names = writeReports('whole', aVerdict()).map((path) => basename(path))
  expect(names).toContain('report.json')
  for (const name of names) {
    mkdirSync(join(`without ${name}`, name, 'not-empty'), { recursive: true })
    expect(() => writeReports(`without ${name}`, aVerdict())).toThrow(name)
    expect(readdirSync(`without ${name}`)).toEqual([])
  }
})
