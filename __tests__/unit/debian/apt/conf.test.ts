import { describe, expect, test } from '@jest/globals'
import { confList, confSwitch, readAptConf } from '../../../../src/debian/apt/conf.js'
import { codeOf, problemThrownBy } from '../../../support/problems.js'

const read = (text: string) => readAptConf({ 'etc/apt/apt.conf.d/50x': text })
const RELEASE = 'apt::default-release'

describe('apt.conf', () => {
  test.each([
    ['APT::Default-Release "x";', 'x'],
    ['APT { Default-Release "x"; };', 'x'],
    ['APT { Install-Recommends "0"; };\nAPT::Default-Release "x";', 'x'],
    ['APT::Default-Release "x" { Sub "y"; };', 'x'],
    ['apt::DEFAULT-release x;', 'x'],
    ['// APT::Default-Release "y";\n/* no\n */ APT::Default-Release "x"; # z', 'x'],
    ['APT::Default-Release "x";\n#clear APT::Default-Release;', undefined],
    ['APT::Default-Release "x";\n#clear APT;', undefined],
    ['APT::Default-Release "x";\n#clear APT::Default;', 'x'],
    ['#clear APT::Default-Release;\nAPT::Default-Release "x";', 'x'],
    ['APT::Default-Release "x" "y";', 'x y'],
    ['\ufeffAPT::Default-Release "x";', undefined],
    ['APT::Default-Release "a \\"b\\"";', 'a "b"'],
  ])('when it says %j, then the release is %j', (text, expected) => {
    expect(read(text).get(RELEASE)).toBe(expected)
  })

  test.each([
    ['\nAPT::Default-Release "x"', 2, 'Extra junk at end of file'],
    ['APT::Default-Release "x', 1, 'Malformed tag'],
  ])('when it says %j, then apt stops at line %i: %s', (text, line, why) => {
    expect(problemThrownBy(() => read(text))).toMatchObject({
      code: 'apt-stops',
      what: `apt in this image stops with an error: Syntax error /etc/apt/apt.conf.d/50x:${line}: ${why}`,
      where: `etc/apt/apt.conf.d/50x:${line}`,
    })
  })

  test('when a block has no value of its own, or a semicolon ends nothing, then no other option is set', () => {
    expect([...read('APT { Default-Release "x"; };; APT "y" { A "z"; };')]).toEqual([
      [RELEASE, 'x'],
      ['apt', 'y'],
      ['apt::a', 'z'],
    ])
  })

  test('when it includes another file, then that is not said to be an error of apt', () => {
    expect(codeOf(() => read('#include "/etc/apt/more";'))).toBe('apt-config-unreadable')
  })

  test('when lists are given, then all members are reported', () => {
    const conf = read('APT::Architecture "arm64"; APT::Architectures { "amd64"; "i386"; };')
    expect(confList(conf, 'APT::Architectures')).toEqual(['amd64', 'i386'])
  })

  test.each([
    ['true', true],
    ['0', false],
    ['off', false],
    ['2', true],
    ['maybe', true],
  ])('when a switch that is on by itself is %s, then it is %s', (value, expected) => {
    expect(confSwitch(read(`APT::Install-Recommends "${value}";`), 'APT::Install-Recommends', true)).toBe(
      expected,
    )
  })

  test.each([
    ...['yes', 'true', 'with', 'on', 'enable', 'ON', '1', '+1', '01'].map((value) => [value, true] as const),
    ...['no', 'false', 'without', 'off', 'disable', 'Off', '0', '-0'].map((value) => [value, false] as const),
  ])('when a switch is %s, then it is %s whatever it is by itself', (value, expected) => {
    const conf = read(`APT::Ignore-Hold "${value}";`)
    expect([true, false].map((otherwise) => confSwitch(conf, 'APT::Ignore-Hold', otherwise))).toEqual([
      expected,
      expected,
    ])
  })

  test('when there are several files, then apt.conf comes last and other extensions are not read', () => {
    const files = {
      'etc/apt/apt.conf': 'APT::Default-Release "last";',
      'etc/apt/apt.conf.d/99x': 'APT::Default-Release "part";',
      'etc/apt/apt.conf.d/99y.dpkg-old': 'broken {',
      'etc/apt/apt.conf.d/99:z': 'APT::Ignore-Hold "1";',
      'etc/apt/apt.conf.d/20x.conf': 'APT::Phased "20";',
      'etc/apt/apt.conf.d/10x': 'APT::Phased "10";',
    }
    expect(readAptConf(files).get(RELEASE)).toBe('last')
    expect(readAptConf(files).get('apt::ignore-hold')).toBe('1')
    expect(readAptConf(files).get('apt::phased')).toBe('20')
  })
})
