import { describe, expect, test } from '@jest/globals'
import { copiedLayers, type DockerfileMatch, matchHistory } from '../../../src/dockerfile/match.js'
import { parseDockerfile } from '../../../src/dockerfile/parse.js'
import type { HistoryLine } from '../../../src/model/image/image.js'
import { aLayer, anImage } from '../../support/builders.js'
import { buildersOf, dockerfile, recorded } from '../../support/dockerfiles/recorded.js'

/** Lines of the Dockerfile that own the lines of the history; 0: the base's, or nobody's. */
const linesOf = (match: unknown) =>
  (match as DockerfileMatch).owners?.map((owner) => owner?.line ?? 0) ?? `no match: ${JSON.stringify(match)}`

const copied = (name: string, builder: string, text = dockerfile(name)) => {
  const { history, shell } = recorded(name, builder)
  return matchHistory(parseDockerfile(text), history, shell)
}

const line = (createdBy: string, part: Partial<HistoryLine> = {}): HistoryLine => {
  return { createdBy, comment: null, created: null, emptyLayer: false, ...part }
}
const match = (text: string, ...history: readonly (string | HistoryLine)[]) =>
  matchHistory(
    parseDockerfile(text),
    history.map((one) => (typeof one === 'string' ? line(one) : one)),
    null,
  )

describe.each(['every', 'stages', 'here', 'app'])('the Dockerfile "%s"', (name) => {
  test.each(buildersOf(name))(
    'when %s has built it, then each line of the history is its instruction’s',
    (builder) => {
      const { history } = recorded(name, builder)
      const found = copied(name, builder) as DockerfileMatch
      expect(linesOf(found)).toHaveLength(history.length)
      const own = found.owners.slice(1)
      expect(own).not.toContain(null)
      // One to one, in order; only what BuildKit leaves out of the history has no line there.
      const without = builder.startsWith('classic')
        ? found.chain
        : found.chain.filter((one) => one.keyword !== 'ONBUILD')
      expect(own).toEqual(without)
      expect([found.owners[0], found.baseLines, found.proven]).toEqual([null, 1, true])
    },
  )

  test.each(buildersOf(name))('when its lines end with CR LF, then %s’s history agrees too', (builder) => {
    const crlf = dockerfile(name).replaceAll('\n', '\r\n')
    expect(linesOf(copied(name, builder, crlf))).toEqual(linesOf(copied(name, builder)))
  })

  test.each(buildersOf(name))(
    'when one instruction is changed since, then %s’s history does not agree',
    (builder) => {
      const changed = dockerfile(name).replace(/^RUN (.*)$/gm, 'RUN : && $1')
      expect(changed).not.toBe(dockerfile(name))
      expect(copied(name, builder, changed)).toHaveProperty('instruction')
    },
  )
})

test('when the builders of the recorded histories are listed, then both kinds are there', () => {
  for (const name of ['every', 'stages', 'app']) {
    expect(buildersOf(name)).toEqual(expect.arrayContaining(['classic', 'buildkit-20.10']))
  }
  expect(buildersOf('here').length).toBeGreaterThan(0)
})

describe('stages', () => {
  test.each([
    ['classic', [0, 9, 10, 11, 13, 14, 15, 17, 18]],
    ['classic-final', [0, 9, 10, 11, 13, 14, 15]],
    ['classic-prepared', [0, 9, 10, 11]],
    ['buildkit-20.10-final', [0, 9, 10, 11, 13, 14, 15]],
  ])('when the history is that of %s, then the stage is found', (builder, lines) => {
    const found = copied('stages', builder) as DockerfileMatch
    expect(linesOf(found)).toEqual(lines)
    expect(found.from.line).toBe(8)
  })
})

describe('an image that something was done to', () => {
  const text = 'FROM base\nRUN make\nCOPY a /b\nCMD ["x"]\n'
  const history = [
    '/bin/sh -c make',
    '/bin/sh -c #(nop) COPY file:0 in /b ',
    '/bin/sh -c #(nop)  CMD ["x"]',
  ].map((one) => one.replace(':0', `:${'0'.repeat(64)}`))

  test('when labels were given to docker build, then the rest agrees', () => {
    expect(linesOf(match(text, ...history, '/bin/sh -c #(nop)  LABEL a=b'))).toEqual([2, 3, 4, 0])
  })
  test('when it was squashed, then the instructions agree, and the new layer is nobody’s', () => {
    const squashed = history.map((one) => line(one, { emptyLayer: true }))
    const last = line('', { createdBy: null, comment: 'create new from sha256:0' })
    expect(linesOf(match(text, ...squashed, last))).toEqual([2, 3, 4, 0])
  })
  test('when it was committed, then it is another image', () => {
    expect(match(text, ...history, 'sh -c echo x > /x')).toMatchObject({
      instruction: { line: 4 },
      agreed: 0,
    })
  })
  test('when its base has triggers, then their lines are the base’s', () => {
    expect(match(text, '/bin/sh -c echo trigger', ...history)).toMatchObject({ baseLines: 1, proven: true })
  })
  test('when its history is emptied or cut, then nothing agrees', () => {
    expect(match(text)).toHaveProperty('instruction')
    expect(match(text, ...history.slice(1))).toMatchObject({ instruction: { line: 2 }, agreed: 2 })
    expect(match(text, line('', { createdBy: null, comment: 'Imported from -' }))).toHaveProperty(
      'instruction',
    )
  })
})

describe('what is not the same', () => {
  test.each([
    ['another command', 'RUN make', '/bin/sh -c make install'],
    ['a longer command', 'RUN make', '/bin/sh -c cmake'],
    ['the end of a command', 'RUN make', '/bin/sh -c echo make'],
    ['the end of a command with arguments', 'RUN make', '|1 A=b /bin/sh -c echo make'],
    ['another user', 'USER app', 'USER root'],
    ['another target', 'COPY a /b', 'COPY a /c # buildkit'],
    ['another source', 'COPY a /b', 'COPY x /b # buildkit'],
    ['another instruction', 'ADD a /b', 'COPY a /b # buildkit'],
    ['another value', 'ENV A=b', 'ENV A=c'],
    ['another command to start', 'CMD ["b"]', 'CMD ["a" "b"]'],
    ['another port', 'EXPOSE 80', 'EXPOSE map[8080/tcp:{}]'],
    ['another health check', 'HEALTHCHECK CMD true', 'HEALTHCHECK NONE'],
    ['a value beside the variable', 'ENV A=$B-x', 'ENV A=1-y'],
  ])('when the history has %s, then it does not agree', (_, instruction, made) => {
    expect(match(`FROM a\n${instruction}\n`, made)).toHaveProperty('instruction')
  })
})

describe('what newer builders write', () => {
  // As engines 26 and 29 print them.
  test.each([
    ['EXPOSE 80 443/udp', 'EXPOSE [443/udp 80/tcp]'],
    [
      'HEALTHCHECK --interval=5s CMD true',
      'HEALTHCHECK {Test:[CMD-SHELL true] Interval:5s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}',
    ],
    ['HEALTHCHECK CMD ["a", "b"]', `HEALTHCHECK &{["CMD" "a" "b"] "0s" "0s" "0s" "0s" '\\x00'}`],
    ['HEALTHCHECK NONE', 'HEALTHCHECK &{["NONE"] "0s" "0s" "0s" \'\\x00\'}'],
    ['COPY --chmod=644 a /b', 'COPY --chmod=644 a /b # buildkit'],
    ['ARG NODEFAULT', 'ARG NODEFAULT'],
    ['ARG V=1', 'ARG V=2'],
    ['RUN make', 'RUN |2 V=1 NODEFAULT= /bin/sh -c make # buildkit'],
  ])('when %s is written as %s, then it agrees', (instruction, made) => {
    expect(linesOf(match(`FROM a\n${instruction}\n`, made))).toEqual([2])
  })
})

describe('hostile Dockerfiles', () => {
  const output = (found: ReturnType<typeof match>) =>
    found === null ? null : 'owners' in found ? linesOf(found) : `not ${found.instruction.keyword}`
  test('when a file has thousands of variables and stages, then it is matched like any other', () => {
    const names = '$A-a'.repeat(20_000)
    expect(output(match(`FROM a\nENV B=${names}\n`, `ENV B=${'-a'.repeat(100_000)}b`))).toBe('not ENV')
    expect(output(match('FROM a AS a\nRUN x\n'.repeat(5000), '/bin/sh -c x'))).toEqual([2])
    expect(output(match(`FROM a\nRUN <<A <<B\n${'A\n'.repeat(10_000)}`, '/bin/sh -c x'))).toBe('not RUN')
  })
  test.each([
    ['', null],
    ['\0', null],
    ['FROM', [0]],
    ['FROM a AS', [0]],
    ['RUN x', null],
    ['# escape=', null],
    ['FROM a\nRUN <<', 'not RUN'],
    ['FROM a\n\\', 'not \\'],
    ['name: yaml\n- x', null],
  ])('when the file is %j, then nothing is thrown, and it is read as %j', (text, expected) => {
    expect(output(match(text, '/bin/sh -c x'))).toEqual(expected)
  })
})

describe('which layers are copied from the build context', () => {
  const layerOf = (instruction: string, recordedAs: string) => {
    const history = [line('base'), line('RUN /bin/sh -c echo # buildkit'), line(recordedAs)]
    const found = matchHistory(parseDockerfile(`FROM x\nRUN echo\n${instruction}\n`), history, null)
    const image = anImage({ history, layers: ['a', 'b', 'c'].map((diffId) => aLayer({ diffId })) })
    expect(found).toHaveProperty('owners')
    return [...copiedLayers(found !== null && 'owners' in found ? found : null, image)]
  }

  test.each([
    ['COPY app /srv/', 'COPY app /srv/ # buildkit'],
    ['COPY --chown=1:1 ["app", "/srv/"]', 'COPY app /srv/ # buildkit'],
    ['ADD app /srv/', 'ADD app /srv/ # buildkit'],
  ])('when it is %s, then its layer is', (instruction, recordedAs) => {
    expect(layerOf(instruction, recordedAs)).toEqual(['c'])
  })

  test.each([
    ['COPY --from=build app /srv/', 'COPY app /srv/ # buildkit'],
    ['COPY --chown=1 \\\n  --from=build app /srv/', 'COPY app /srv/ # buildkit'],
    ['ADD https://example.org/app /srv/', 'ADD https://example.org/app /srv/ # buildkit'],
    ['ADD git@example.org:a/b.git /srv/', 'ADD git@example.org:a/b.git /srv/ # buildkit'],
    ['ADD a app.tar.gz /srv/', 'ADD a app.tar.gz /srv/ # buildkit'],
    ['ADD $APP /srv/', 'ADD app /srv/ # buildkit'],
    ['RUN curl -O x', 'RUN /bin/sh -c curl -O x # buildkit'],
  ])('when it is %s, then its layer is not', (instruction, recordedAs) => {
    expect(layerOf(instruction, recordedAs)).toEqual([])
  })

  test('when no instruction that makes a layer agrees, then no layer is', () => {
    expect([...copiedLayers(null, anImage())]).toEqual([])
  })
})
