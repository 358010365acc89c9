import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { readHistory } from '../../../../../src/checks/docker-bench/builtin/history.js'
import { updatesAlone } from '../../../../../src/checks/docker-bench/builtin/updates.js'
import { anImage, line, strictly } from './builders.js'

interface Archive {
  readonly images: readonly { readonly history?: readonly { created_by?: string; layer: number | null }[] }[]
}
const HERE = dirname(fileURLToPath(import.meta.url))
const ARCHIVES = join(HERE, '../../../../support/archives/expected.json')
const archives = Object.entries(JSON.parse(readFileSync(ARCHIVES, 'utf8')) as Record<string, Archive>)

/** Keyword and text of each line, with the build arguments of a RUN. */
function read(...texts: readonly string[]) {
  const history = readHistory(
    anImage(
      {},
      texts.map((text) => line(text)),
    ),
  )
  return history?.instructions.map(({ keyword, text, buildArguments }) => ({ keyword, text, buildArguments }))
}

describe('histories that engines wrote', () => {
  // Attestations are listed as images without a history.
  const images = archives.flatMap(([name, { images }]) =>
    images.flatMap(({ history }, at) => (history ? [[`${name} ${at}`, history] as const] : [])),
  )

  test.each(images)(
    'when it is read from %s, then the instructions and layers are those of the Dockerfile',
    (_, history) => {
      const lines = history.map(({ created_by = '', layer }) => line(created_by, layer === null))
      const { instructions = [], complete } = readHistory(anImage({}, lines)) ?? {}
      expect(complete).toBe(true)
      expect(instructions.map(({ layer }) => layer)).toEqual(history.map(({ layer }) => layer))
      const keywords = instructions.map(({ keyword }) => keyword).filter((keyword) => keyword !== '')
      const expected = 'ARG LABEL COPY COPY COPY RUN ENV COPY COPY COPY USER CMD'.split(' ')
      const withoutRun = expected.filter((keyword) => keyword !== 'RUN')
      expect([expected, withoutRun]).toContainEqual(keywords)
      const run = instructions.find(({ keyword }) => keyword === 'RUN')
      if (run) {
        expect(run.buildArguments).toBe('VERSION=1.0')
        expect(run.text).toBe('/t /etc/gone /srv/dir/f -/srv/dir +/srv/dir =/srv/dir/new')
      }
    },
  )
})

describe('lines of a history', () => {
  test.each([
    ['/bin/sh -c #(nop)  ENV A=b C=d e', 'ENV', 'A=b C=d e', ''],
    ['/bin/sh -c #(nop) ADD file:1110 in / ', 'ADD', 'file:1110 in /', ''],
    ['ADD x.tar /d # buildkit', 'ADD', 'x.tar /d', ''],
    ['/bin/sh -c apt-get update', 'RUN', 'apt-get update', ''],
    ['RUN /bin/sh -c apt-get update # buildkit', 'RUN', 'apt-get update', ''],
    ['|1 V=a b /bin/sh -c make', 'RUN', 'make', 'V=a b'],
    ['|1 /bin/sh -c make', 'RUN', 'make', ''],
    ['RUN |2 V=1 NODEFAULT= /bin/sh -c make # buildkit', 'RUN', 'make', 'V=1 NODEFAULT='],
    ['RUN |2 V=1 W=2 /t -x # buildkit', 'RUN', '/t -x', 'V=1 W=2'],
    ["/bin/sh -c echo '#(nop) ADD x'", 'RUN', "echo '#(nop) ADD x'", ''],
    ['RUN apt-get update', 'RUN', 'apt-get update', ''],
    // RUN ["/bin/bash", "-euo", "pipefail", "-c", "apt-get update"]
    ['RUN /bin/bash -euo pipefail -c apt-get update # buildkit', 'RUN', 'apt-get update', ''],
    ['|1 A=1 /bin/bash -o pipefail -c apt-get update', 'RUN', 'apt-get update', 'A=1'],
    ["RUN sh -ec 'apt-get update'", 'RUN', "sh -ec 'apt-get update'", ''],
    ["# debian.sh --arch 'amd64' out/ 'bookworm'", 'RUN', "# debian.sh --arch 'amd64' out/ 'bookworm'", ''],
    ['', '', '', ''],
  ])('when a line is %s, then it is %s %s', (text, keyword, rest, buildArguments) => {
    expect(read(text)).toEqual([{ keyword, text: rest, buildArguments }])
  })

  test('when SHELL was set, then the classic builder writes the new shell before each line', () => {
    const lines = read(
      '/bin/sh -c #(nop)  SHELL [/bin/bash -o pipefail -c]',
      '/bin/bash -o pipefail -c #(nop) ADD file:1 in / ',
      '/bin/bash -o pipefail -c apt-get update',
    )
    expect(lines?.map(({ keyword, text }) => `${keyword} ${text}`).slice(1)).toEqual([
      'ADD file:1 in /',
      'RUN apt-get update',
    ])
  })

  test('when only an engine was asked, then its answer is read oldest first', () => {
    const history = [{ CreatedBy: 'USER app' }, { CreatedBy: 'ADD a /' }]
    const image = anImage({}, [], {
      config: null,
      inspect: { Config: {}, RootFS: { Layers: ['a'] } },
      history,
    })
    expect(readHistory(image)?.instructions.map(({ keyword }) => keyword)).toEqual(['ADD', 'USER'])
    expect(strictly('4.9', { images: [image] }).places).toEqual([{ line: 0, instruction: 'ADD' }])
  })

  test('when layers are missing in the history, then what was not seen is no pass', () => {
    const config = { config: {}, rootfs: { diff_ids: ['a', 'b'] }, history: [line('COPY a /')] }
    const image = anImage({}, [], { config })
    for (const id of ['4.7', '4.9', '4.11']) {
      expect({ id, state: strictly(id, { images: [image] }).state }).toEqual({ id, state: 'not-evaluated' })
    }
    expect(strictly('4.10', { images: [image] })).toMatchObject({ state: 'not-applicable', word: null })
    const guilty = anImage({}, [], { config: { ...config, history: [line('ADD a /')] } })
    expect(strictly('4.9', { images: [guilty] }).word).toBe('INFO')
    const none = anImage({}, [], { config: { config: {}, rootfs: { diff_ids: ['a'] } } })
    expect(strictly('4.7', { images: [none] }).state).toBe('not-evaluated')
  })
})

describe('updates alone', () => {
  test.each([
    'apt-get update',
    'apt update -y',
    'apt-get -qq -o Acquire::Retries=3 update',
    'set -eux; export LC_ALL=C; apt-get update',
    'sudo -E apt-get update && rm -rf /var/lib/apt/lists/*',
    'DEBIAN_FRONTEND=noninteractive apt-get update',
    'if true; then apt-get update; fi',
    '(apt-get update)',
    'bash -c "apt-get update"',
    'for i in 1 2 3; do timeout 60 apt-get update && break; done',
    'apt-get install -y curl && apt-get update',
    'apt-get update # && apt-get install curl',
    'apt-get update && echo "apt-get install curl"',
    'apt-get update >/dev/null 2>&1',
    'apt-get update\napt-get clean\n',
    '/usr/bin/apt-get update',
    'aptitude update',
    'apt-get update && apt-get -t bookworm clean',
    "sh -ec 'apt-get update'",
    // Three shells deep; deeper ones are not read.
    `sh -c "bash -c 'sh -c \\"apt-get update\\"'"`,
    'bash -ex <<EOF\napt-get update\nEOF',
    '<<EOF bash -e\napt-get update\nEOF',
    'sudo -E bash 2>&1 <<EOF\napt-get update\nEOF',
    'apt-get update\ncat <<"EOF" >/setup\napt-get install -y curl\nEOF',
    'apt-get update\ncat <<\\EOF >/setup\napt-get install -y curl\nEOF',
    'cat <<EOF # of which the end is missing\napt-get update',
  ])('when a RUN is %s, then it is one', (script) => {
    expect(updatesAlone(script)).toBe(true)
  })

  test.each([
    'apt-get update && apt-get install -y curl',
    'apt-get update; apt-get -y --no-install-recommends install curl',
    'apt-get update \\\n && apt-get -t bookworm-backports install -y git',
    'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get dist-upgrade -y',
    'apt-get update && xargs -a list apt-get install -y',
    'apt-get update 2>&1 | tee log && apt-get install -y curl',
    'apt-get update && bash -c "apt-get install -y curl"',
    'apt-get install -y gnupg && apt-get update && apt-get install -y nginx',
    'apt-get update\n# comment\napt-get install -y curl\n',
    'cat <<EOF >/setup\napt-get update\nEOF',
    'cat <<-EOF | tee /setup\n\tapt-get update\n\tEOF\nchmod +x /setup',
    'bash <<EOF\napt-get update\napt-get install -y curl\nEOF',
    'apt-get update\ncat <<EOF | sh\napt-get install -y curl\nEOF',
    'cat <<EOF >/setup; sh -n /setup\napt-get update\nEOF',
    'update-ca-certificates',
    'update-rc.d app defaults',
    'echo apt-get update',
    "echo 'then; apt-get update'",
    'apt-get install -y apt-utils # update',
    'npm update',
    'git submodule update --init',
    'curl https://example.org/apt-get/update',
    'COPY update /',
  ])('when a RUN is %s, then it is none', (script) => {
    expect(updatesAlone(script)).toBe(false)
  })

  test('when it is reported, then the instruction is one short line without secrets, with its place', () => {
    const script = `curl -H "Authorization: Bearer abcdef123456" https://example.org\nTOKEN=hunter2 apt-get update; ${'x'.repeat(200)}`
    const { items, places } = strictly('4.7', {
      images: [anImage({}, [line(''), line(`RUN /bin/sh -c ${script}`)])],
    })
    expect(items[0]).toMatch(/^RUN curl .*TOKEN=\*\*\* apt-get update; x+…$/)
    expect(items[0]).not.toMatch(/hunter2|abcdef123456|\n/)
    expect(items[0]?.length).toBe(120)
    expect(places).toEqual([{ line: 1, instruction: 'RUN' }])
  })
})
