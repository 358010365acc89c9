import { describe, expect, test } from '@jest/globals'
import { parseOsRelease, readRelease } from '../../../src/debian/os-release.js'
import { problemThrownBy } from '../../support/problems.js'

const BOOKWORM = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
`
const SID = `PRETTY_NAME="Debian GNU/Linux forky/sid"
NAME="Debian GNU/Linux"
VERSION_CODENAME=forky
ID=debian
`
const DISTROLESS = `PRETTY_NAME="Distroless"
NAME="Debian GNU/Linux"
ID="debian"
VERSION_ID="12"
VERSION="Debian GNU/Linux 12 (bookworm)"
`
const JESSIE = `NAME="Debian GNU/Linux"\nVERSION_ID="8"\nVERSION="8 (jessie)"\nID=debian\n`

function read(text: string) {
  return readRelease({ 'etc/os-release': text })
}

describe('readRelease', () => {
  test('when it is bookworm, then all of it is known', () => {
    expect(read(BOOKWORM)).toEqual({
      codename: 'bookworm',
      versionId: '12',
      distribution: 'Debian 12 bookworm',
    })
  })

  test('when it is testing or unstable, then the release is known and has no number', () => {
    expect(read(SID)).toMatchObject({ codename: 'forky', versionId: null, distribution: 'Debian forky' })
  })

  test.each([
    ['distroless', DISTROLESS, 'Debian 12 bookworm'],
    ['Debian 8', JESSIE, 'Debian 8 jessie'],
  ])('when %s has no VERSION_CODENAME, then VERSION gives it', (_, text, distribution) => {
    expect(read(text).distribution).toBe(distribution)
  })

  test('when etc/os-release is not there (a link), then usr/lib/os-release is read', () => {
    expect(readRelease({ 'usr/lib/os-release': BOOKWORM }).codename).toBe('bookworm')
    expect(readRelease({ 'usr/lib/os-release': BOOKWORM, 'etc/os-release': SID }).codename).toBe('forky')
  })

  test('when there is no file, then nothing is guessed', () => {
    expect(problemThrownBy(() => readRelease({}))).toMatchObject({
      code: 'no-os-release',
      what: 'the image has no os-release file, so its Debian release is unknown',
      where: 'etc/os-release',
    })
  })

  test.each([
    [
      'Ubuntu',
      'PRETTY_NAME="Ubuntu 22.04.4 LTS"\nID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=jammy\n',
      'the image is Ubuntu 22.04.4 LTS, ID=ubuntu, ID_LIKE=debian',
    ],
    [
      'Kali',
      'NAME="Kali GNU/Linux"\nID=kali\nID_LIKE=debian\nVERSION_CODENAME=kali-rolling\n',
      'the image is Kali GNU/Linux, ID=kali, ID_LIKE=debian',
    ],
    [
      'Raspbian',
      'ID=raspbian\nID_LIKE=debian\nVERSION_CODENAME=bookworm\n',
      'the image is raspbian, ID=raspbian, ID_LIKE=debian',
    ],
    ['Alpine', 'NAME="Alpine Linux"\nID=alpine\n', 'the image is Alpine Linux, ID=alpine'],
    ['a file without ID', 'NAME=x\n', "the image's os-release file has no ID"],
    ['an empty file', '', "the image's os-release file has no ID"],
  ])('when it is %s, then it is refused by its name', (_, text, message) => {
    const problem = problemThrownBy(() => read(text))
    expect(problem.code).toBe('not-debian')
    expect(problem.what).toBe(`only Debian itself is supported; ${message}`)
    expect(problem.where).toBe('etc/os-release')
  })

  test.each([
    ['no name', 'ID=debian\nVERSION_ID=12\n'],
    ['a name that is no codename', 'ID=debian\nVERSION_CODENAME="book worm"\n'],
    ['markup as a name', 'ID=debian\nVERSION_CODENAME="<b>"\n'],
    ['a VERSION without a name', 'ID=debian\nVERSION="12"\n'],
  ])('when there is %s, then the release is unknown', (_, text) => {
    expect(problemThrownBy(() => read(text))).toMatchObject({
      code: 'unknown-release',
      what: "the image's os-release file does not specify its Debian release (VERSION_CODENAME)",
      where: 'etc/os-release',
    })
  })
})

describe('parseOsRelease', () => {
  test('when values are quoted, then they are unquoted as a shell does', () => {
    const text = [
      '# ID=no',
      'A="a \\"b\\" \\$c \\\\ \\x"',
      "B='it \\n is'",
      'C=plain\\ text',
      'D=""',
      "N=''",
      'E=x ',
      'not an assignment',
      'F=1',
      'F=2',
      "H='",
      'I="',
      '  J=1',
      'K="a',
      "L=a'",
      'M="\\`"',
      'G="=\'"\r',
    ].join('\n')
    expect(Object.fromEntries(parseOsRelease(text))).toEqual({
      A: 'a "b" $c \\ \\x',
      B: 'it \\n is',
      C: 'plain text',
      D: '',
      N: '',
      E: 'x',
      F: '2',
      H: "'",
      I: '"',
      J: '1',
      K: '"a',
      L: "a'",
      M: '`',
      G: "='",
    })
  })
})
