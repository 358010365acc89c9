import { describe, expect, test } from '@jest/globals'
import { parseDockerfile } from '../../../../src/dockerfile/parse.js'
import type { AptSource } from '../../../../src/model/packages/apt-source.js'
import { behindAll, type ChangeOptions, withUpdates } from '../../../../src/update/plan/dockerfile-change.js'
import { problemThrownBy } from '../../../support/problems.js'

const options = (part: Partial<ChangeOptions> = {}): ChangeOptions => ({
  after: 1,
  from: { endLine: 1, user: null },
  addSecurity: null,
  sources: [],
  today: '2026-11-24',
  securityMirror: 'http://security.debian.org/debian-security',
  ...part,
})
const TEXT = 'FROM debian:bookworm\nCOPY a /a\nUSER nobody\n'

describe('withUpdates', () => {
  test('when there is no such line yet, then it stands behind FROM, and the rest is as it was', () => {
    const changed = withUpdates(TEXT, ['perl-base', 'apt'], options())
    expect(changed).toBe(
      [
        'FROM debian:bookworm',
        '# seaworthy: security updates as of 2026-11-24',
        'RUN apt-get update && apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold --only-upgrade \\',
        '      apt \\',
        '      perl-base \\',
        '    && rm -rf /var/lib/apt/lists/*',
        '# seaworthy: end',
        'COPY a /a',
        'USER nobody',
        '',
      ].join('\n'),
    )
  })

  test('when it is written again, then it is replaced, with the packages of both', () => {
    const once = withUpdates(TEXT, ['apt'], options())
    const twice = withUpdates(once, ['zlib1g'], options({ today: '2026-12-01' }))
    expect(twice).toBe(withUpdates(TEXT, ['apt', 'zlib1g'], options({ today: '2026-12-01' })))
  })

  const CONTRIB: AptSource = {
    uri: 'http://security.debian.org/debian-security',
    suite: 'bookworm-security',
    component: 'contrib',
    signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    style: 'deb822',
  }

  test('when a package is from a component that the image lacks, then its source is there for this line only', () => {
    const changed = withUpdates(TEXT, ['nvidia-modprobe'], options({ sources: [CONTRIB] }))
    const [stage] = parseDockerfile(changed)
    expect(stage?.instructions[0]?.text.replace(/\s+/g, ' ')).toBe(
      "printf '%s\\n' 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://security.debian.org/debian-security bookworm-security contrib' >/etc/apt/sources.list.d/zz-seaworthy.list && apt-get update && apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold --only-upgrade nvidia-modprobe && rm -f /etc/apt/sources.list.d/zz-seaworthy.list && rm -rf /var/lib/apt/lists/*",
    )
  })

  test('when it is written again, then the sources of the packages that it keeps stay', () => {
    const once = withUpdates(TEXT, ['nvidia-modprobe'], options({ sources: [CONTRIB] }))
    const twice = withUpdates(once, ['apt'], options())
    expect(twice).toBe(withUpdates(TEXT, ['apt', 'nvidia-modprobe'], options({ sources: [CONTRIB] })))
    const mirror = 'http://mirror.example/debian-security'
    const through = withUpdates(
      TEXT,
      ['nvidia-modprobe'],
      options({ sources: [CONTRIB], securityMirror: mirror }),
    )
    expect(through).toContain(`] ${mirror} bookworm-security contrib'`)
  })

  test('when the stage is a later one, then the line of an earlier stage stays', () => {
    const text = `${withUpdates(TEXT, ['apt'], options())}FROM debian:trixie\n`
    const last = text.trimEnd().split('\n').length
    const changed = withUpdates(text, ['bash'], options({ after: last }))
    expect(changed.startsWith(text)).toBe(true)
    expect(changed.slice(text.length)).toContain('bash')
  })

  const INSTALLING = [
    'FROM debian:bookworm AS base',
    'RUN apt-get update \\',
    ' && apt-get install -y nginx',
    'USER app',
    'FROM base',
    'RUN apt-get install -y curl',
    'CMD ["nginx"]',
    '',
  ]
  const planned = (name: string) => ({ name, architecture: 'amd64', from: '1', to: null, fixes: [] })
  const from = {
    endLine: 1,
    user: null,
    installed: new Map([
      ['nginx:amd64=1', 3],
      ['curl:amd64=1', 6],
      ['curl:amd64=2', 7],
    ]),
  }

  test('when packages are not from the base, then the line is where all of them are installed', () => {
    expect(behindAll([planned('apt')], from)).toBe(1)
    expect(behindAll([planned('apt'), planned('nginx')], from)).toBe(3)
    expect(behindAll([planned('curl'), planned('nginx')], from)).toBe(6)
    const changed = withUpdates(INSTALLING.join('\n'), ['apt', 'nginx'], options({ from, after: 3 })).split(
      '\n',
    )
    expect(changed.slice(0, 3)).toEqual(INSTALLING.slice(0, 3))
    expect(changed[3]).toMatch(/^# seaworthy: security updates/)
    expect(changed.slice(-6)).toEqual(['# seaworthy: end', ...INSTALLING.slice(3)].slice(-6))
  })

  test('when the stage has another user there, then that user goes on, and variables in its name stay', () => {
    const changed = withUpdates(INSTALLING.join('\n'), ['curl'], options({ from, after: 6 }))
    expect(changed).toContain(
      'RUN apt-get install -y curl\n# seaworthy: security updates as of 2026-11-24\nUSER root\n',
    )
    expect(changed).toContain('USER app\n# seaworthy: end\nCMD ["nginx"]\n')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
    const user = 'USER ${APP:-app}'
    const variable = INSTALLING.join('\n').replace('USER app', user)
    expect(withUpdates(variable, ['curl'], options({ from, after: 6 }))).toContain(
      `${user}\n# seaworthy: end`,
    )
    const root = INSTALLING.join('\n').replace('USER app', 'USER 0:0')
    expect(withUpdates(root, ['curl'], options({ from, after: 6 }))).not.toContain('USER root')
  })

  test('when a line is there already, then it moves to where the new packages are, and never back', () => {
    const text = INSTALLING.join('\n')
    const first = withUpdates(text, ['apt'], options({ from, after: 1 }))
    const lines = first.split('\n').length - INSTALLING.length
    const moved = withUpdates(first, ['nginx'], options({ from, after: 3 + lines }))
    expect(moved).toBe(withUpdates(text, ['apt', 'nginx'], options({ from, after: 3 })))
    expect(withUpdates(moved, ['bash'], options({ from, after: 1 }))).toBe(
      withUpdates(text, ['apt', 'bash', 'nginx'], options({ from, after: 3 })),
    )
    // Updated packages are those of its own RUN.
    expect(withUpdates(moved, ['nginx'], options({ from, after: 8 }))).toBe(moved)
  })

  test('when the file has CR LF and another escape, then the new lines have them too', () => {
    const text = '# escape=`\r\nFROM debian\r\nCMD ["x"]\r\n'
    const changed = withUpdates(text, ['apt'], options({ after: 2 }))
    expect(changed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(changed).toContain('      apt `\r\n')
  })

  test('when the base runs as someone, then root is for this line only', () => {
    const changed = withUpdates(
      TEXT,
      ['apt'],
      options({ from: { endLine: 1, user: 'node' }, addSecurity: 'bookworm' }),
    )
    const [stage] = parseDockerfile(changed)
    expect(stage?.instructions.map(({ keyword, text }) => `${keyword} ${text}`)).toEqual([
      'USER root',
      expect.stringMatching(
        /^RUN echo 'deb http.* bookworm-security main' >.*list && apt-get update .* apt +&& rm/,
      ),
      ...['USER node', 'COPY a /a', 'USER nobody'],
    ])
  })

  test.each(['x\nRUN evil', 'a b', '$HOME', "x'", '#x', ''])(
    'when the base image runs as %j, then nothing is written, since it would be read as more than a name',
    (baseUser) => {
      const change = () => withUpdates(TEXT, ['apt'], options({ from: { endLine: 1, user: baseUser } }))
      expect(problemThrownBy(change).code).toBe('update-refused')
    },
  )
})
