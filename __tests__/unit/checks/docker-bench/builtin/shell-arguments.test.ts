import { describe, expect, test } from '@jest/globals'
import {
  commandsIn,
  withoutHereDocuments,
} from '../../../../../src/checks/docker-bench/builtin/shell-arguments.js'
import { isLastUpdateUsed, pinsIn } from '../../../../../src/checks/docker-bench/builtin/updates.js'

describe('the commands of a script', () => {
  test.each<[string, string[][]]>([
    ['', []],
    [' ; \n && ', []],
    ['a b\tc\rd', [['a', 'b', 'c', 'd']]],
    ['a;b&c|d(e)f`g\nh', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g'], ['h']]],
    ['a # b\nc #', [['a'], ['c']]],
    ['a#b c', [['a#b', 'c']]],
    ['#a', []],
    ['"#a" b', [['#a', 'b']]],
    ["a'b c'd", [['ab cd']]],
    ['"a \\"b\\" $c"', [['a "b" $c']]],
    ["'a \\' b", [['a \\', 'b']]],
    ["a ''", [['a', '']]],
    ['a "b c', [['a', 'b c']]],
    ['"a\\', [['a']]],
    ["a 'b'c;d", [['a', 'bc'], ['d']]],
    ['a \\; b\\ c', [['a', ';', 'b c']]],
    ['a \\\n b', [['a', 'b']]],
    ['a\\\nb', [['ab']]],
    ['a\\', [['a']]],
    ['a 2>&1 b', [['a', '2>&1', 'b']]],
    ['a &>b; c', [['a', '&>b'], ['c']]],
    ['a >|b <c <<<d <&- e', [['a', '>|b', '<c', '<<<d', '<&-', 'e']]],
    ['a&b', [['a'], ['b']]],
  ])('when a script is %j, then they are %j', (script, commands) => {
    expect(commandsIn(script)).toEqual(commands)
  })
})

describe('here-documents', () => {
  test.each([
    ['a\nb', 'a\nb'],
    ['cat <<EOF\nx\nEOF\na', 'cat <<EOF\na'],
    ['cat <<EOF\nx\nEOF', 'cat <<EOF'],
    ["cat <<'EOF'\nx\nEOF\na", "cat <<'EOF'\na"],
    ['cat <<"E_1"\nx\nE_1\na', 'cat <<"E_1"\na'],
    ['cat <<-EOF\nx\n\t\tEOF \na', 'cat <<-EOF\na'],
    ['cat << EOF\nx\nEOF\na', 'cat << EOF\na'],
    ['cat <<EOF\nx\nEOF2\na', 'cat <<EOF\nx\nEOF2\na'],
    ['EOF\ncat <<EOF\nx', 'EOF\ncat <<EOF\nx'],
    ['cat <<EOF\nEOF\nx\nEOF\na', 'cat <<EOF\nx\nEOF\na'],
    ['cat <<A\nA\ncat <<B\nx\nB\na', 'cat <<A\ncat <<B\na'],
    ['bash <<EOF\nx\nEOF\na', 'bash <<EOF\nx\nEOF\na'],
    ['<<EOF sh\nx\nEOF', '<<EOF sh\nx\nEOF'],
    ['cat <<EOF | sudo -E /bin/sh\nx\nEOF', 'cat <<EOF | sudo -E /bin/sh\nx\nEOF'],
    ['bash; cat <<EOF\nx\nEOF', 'bash; cat <<EOF'],
    ['bash 2>&1 <<EOF\nx\nEOF', 'bash 2>&1 <<EOF\nx\nEOF'],
    ['cat <<EOF 2>&1 | sh\nx\nEOF', 'cat <<EOF 2>&1 | sh\nx\nEOF'],
    ['cat <<EOF &>log; sh\nx\nEOF', 'cat <<EOF &>log; sh'],
    ['cat sh.txt <<EOF\nx\nEOF', 'cat sh.txt <<EOF'],
  ])('when a script is %j, then it is read as %j', (script, bare) => {
    expect(withoutHereDocuments(script)).toBe(bare)
  })

  test('when the shell is far away from a here-document in its line, then it is not looked for', () => {
    const shellAfter = (blanks: number) => `cat <<EOF${' '.repeat(blanks)}| sh\nx\nEOF`
    expect([withoutHereDocuments(shellAfter(196)), withoutHereDocuments(shellAfter(197))]).toEqual([
      shellAfter(196),
      shellAfter(197).replace('\nx\nEOF', ''),
    ])
    const shellBefore = (blanks: number) => `sh${' '.repeat(blanks)}<<EOF\nx\nEOF`
    expect([withoutHereDocuments(shellBefore(198)), withoutHereDocuments(shellBefore(199))]).toEqual([
      shellBefore(198),
      shellBefore(199).replace('\nx\nEOF', ''),
    ])
  })
})

describe('what a script does with package lists', () => {
  const nested = (depth: number, script: string): string =>
    depth === 0 ? script : nested(depth - 1, `sh -c '${script.replaceAll("'", "'\\''")}'`)

  test('when shells are nested, then three of them are read', () => {
    expect([3, 4].map((depth) => isLastUpdateUsed(nested(depth, 'apt-get update')))).toEqual([false, null])
    const pin = 'apt-get install passwd=1:4.13'
    expect([3, 4].map((depth) => pinsIn(nested(depth, pin)))).toEqual([['passwd=1:4.13'], []])
  })

  test.each([
    ['', null],
    ['- apt-get update', null],
    ['10 apt-get update', null],
    ['nice -n 10 apt-get update', false],
    ['timeout 10m apt-get update', false],
    ['sudo -u root apt-get update', false],
    ['sudo -u root other apt-get update', null],
    ['sudo other apt-get update', null],
    ['sudo -E sh -c "apt-get update"', false],
    ['apt-get update; sudo -E gdebi x', true],
    ['A=1 2>log sudo env B=2 apt-get update', false],
    ['apt-get', null],
    ['apt-get -o', null],
    ['apt-get -o -t update', false],
    ['apt-get -o update', null],
    ['apt-get --option X update', false],
    ['apt-get -y --config-file x -q update', false],
    ['apt-get -t -o x update', null],
    ['bash update', null],
    ['bash -e x.sh; apt-get update', false],
    ['bash -c', null],
    ['bash -c true "apt-get update"', null],
    ['apt-get update; mk-build-deps', true],
    ['apt-get update; /usr/bin/gdebi x', true],
    ['apt-get update; unattended-upgrade', true],
    ['apt-get update; unattended-upgrades -v', true],
    ['apt update; apt full-upgrade', true],
    ['apt-get update; aptitude safe-upgrade', true],
    ['apt-get update; apt-get remove x', false],
    ['apt-get install x', null],
    ...'if then else elif do while until ! {'
      .split(' ')
      .map((keyword): [string, boolean | null] => [`${keyword} apt-get update`, false]),
    ...'env exec command eval time nice ionice eatmydata xargs retry chroot'
      .split(' ')
      .map((keyword): [string, boolean | null] => [`${keyword} apt-get update`, false]),
    ...'reinstall upgrade dist-upgrade build-dep satisfy source download dselect-upgrade'
      .split(' ')
      .map((keyword): [string, boolean | null] => [`apt-get update; apt-get ${keyword}`, true]),
    ...'sh bash dash ash busybox'
      .split(' ')
      .map((keyword): [string, boolean | null] => [`${keyword} -c "apt-get update"`, false]),
  ])('when it is %j, then its last update is used: %s', (script, isUsed) => {
    expect(isLastUpdateUsed(script)).toBe(isUsed)
  })

  test.each<[string, string[]]>([
    [
      'apt-get install a passwd=1:4.13+dfsg1-1 libc6:amd64=2.36-9',
      ['passwd=1:4.13+dfsg1-1', 'libc6:amd64=2.36-9'],
    ],
    ['passwd=1 apt-get install token=2', ['token=2']],
    ['apt install Passwd=1 passwd=x passwd= p=1', []],
    ['echo passwd=1', []],
    ['/usr/bin/aptitude install a=1', []],
    ['/usr/bin/aptitude install ab=1', ['ab=1']],
    ['sh -c "apt-get install ab=1" && apt-get install cd=2', ['ab=1', 'cd=2']],
  ])('when it is %j, then its pinned packages are %j', (text, pins) => {
    expect(pinsIn(text)).toEqual(pins)
  })
})
