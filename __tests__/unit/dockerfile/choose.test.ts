import { describe, expect, test } from '@jest/globals'
import {
  chooseDockerfile,
  type DockerfileDocument,
  withoutStrangers,
} from '../../../src/dockerfile/choose.js'
import type { HistoryLine } from '../../../src/model/image/image.js'
import { patchScript } from '../../../src/update/plan/apt-script.js'
import { anImage } from '../../support/builders.js'

const line = (createdBy: string | null): HistoryLine => {
  return { createdBy, comment: null, created: null, emptyLayer: false }
}
const document = (text: string | null, part: Partial<DockerfileDocument> = {}): DockerfileDocument => {
  return { file: 'Dockerfile', text, named: false, problem: null, ...part }
}
const image = (...history: readonly (string | null)[]) => anImage({ history: history.map(line) })
const built = image('base', 'RUN /bin/sh -c make # buildkit', 'CMD ["x"]')
const OWN = 'FROM base\nRUN make\nCMD ["x"]\n'
const use = (documents: readonly DockerfileDocument[], of = built) => chooseDockerfile(documents, of).use

describe('the Dockerfile of an image', () => {
  test('when the history agrees with it, then it is used', () => {
    expect(use([document(OWN)])).toEqual({ file: 'Dockerfile', note: null, from: { endLine: 1, user: null } })
  })

  test('when the image was updated, then the update’s lines are no difference', () => {
    const script = patchScript(['libc6'], { security: null, others: [] })
    const update = `/bin/sh -c ${script}`
    const history = ['base', 'RUN /bin/sh -c make # buildkit', 'CMD ["x"]']
    const asRoot = image(...history, update, update)
    const asUser = image(
      ...history,
      ...['/bin/sh -c #(nop)  USER 0:0', update, '/bin/sh -c #(nop)  USER app'],
      ...['USER 0:0', `RUN ${script}`, 'USER app'],
    )
    for (const updated of [asRoot, asUser]) {
      expect(use([document(OWN)], updated).file).toBe('Dockerfile')
    }
    const others = [
      image(...history, update, 'RUN other'),
      image(...history, 'USER 0:0', 'RUN other', 'USER app'),
    ]
    for (const changed of others) {
      expect(use([document(OWN)], changed).file).toBeNull()
    }
  })

  test('when its last stage is FROM scratch, then no line behind FROM could bring packages up', () => {
    const text = 'FROM base AS a\nRUN other\nFROM scratch AS b\nCOPY --from=a / /\nCMD ["x"]\n'
    const copied = image('COPY / / # buildkit', 'CMD ["x"]')
    expect(use([document(text)], copied)).toEqual({ file: 'Dockerfile', note: null, from: null })
  })

  test('when others lie next to it, then it is the one that agrees', () => {
    const others = [
      document('FROM base\nRUN other\n', { file: 'a' }),
      document('FROM b\nCMD ["x"]\n', { file: 'b' }),
    ]
    expect(use([...others, document(OWN, { file: 'own' })])).toEqual({
      file: 'own',
      note: null,
      from: { endLine: 1, user: null },
    })
  })

  test('when two agree equally, then neither is used', () => {
    const { file, note } = use([document(OWN, { file: 'a' }), document(OWN, { file: 'b' })])
    expect([file, note]).toEqual([
      null,
      `the image's history matches a and b; set "dockerfile" to one of them`,
    ])
  })

  test('when it is of another image, then it is not used, and the instruction is named', () => {
    const { file, note } = use([document('FROM base\n\nRUN other\nCMD ["x"]\n')])
    expect(file).toBeNull()
    expect(note).toContain(
      'belongs to a different image, or has changed since this image was built (RUN on line 3',
    )
  })

  test('when it is named and of another image, then it is not used either', () => {
    expect(use([document('FROM base\nRUN other\nCMD ["x"]\n', { named: true })]).file).toBeNull()
  })

  test.each(['FROM base\n', 'FROM base\nCMD ["x"]\n'])(
    'when nothing in %j proves that it is the image’s, then it is used only if it was named, with a doubt',
    (text) => {
      expect(use([document(text)]).file).toBeNull()
      const { file, note } = use([document(text, { named: true })])
      expect([file, note]).toEqual(['Dockerfile', expect.stringContaining('may belong to a different image')])
      expect(chooseDockerfile([document(text, { named: true })], built).match?.proven).toBe(false)
    },
  )

  test.each([
    ['missing', document(null, { problem: 'it is not there' }), 'Dockerfile: it is not there'],
    ['none', document('hello\n'), 'no FROM'],
    ['too long', document(`FROM a\n${'#'.repeat(300_000)}`), 'too long'],
  ])('when it is %s, then the note says so', (_, one, text) => {
    expect(use([one])).toEqual({ file: null, note: expect.stringContaining(text), from: null })
  })

  test.each([
    ['imported', image(null)],
    ['emptied', image()],
  ])('when the history was %s, then the note says so', (_, of) => {
    expect(use([document(OWN)], of)).toEqual({
      file: null,
      note: expect.stringContaining('it was imported, or its history was removed'),
      from: null,
    })
  })

  test('when there is none, then there is nothing to say', () => {
    expect(use([])).toEqual({ file: null, note: null, from: null })
  })

  test('when many are of other images, then they are counted', () => {
    const many = Array.from({ length: 9 }, (_, at) =>
      document('FROM a\nRUN b\n', { file: `${at}.Dockerfile` }),
    )
    expect(use(many).note).toBe("the image's history matches none of the 9 Dockerfiles that were found")
  })
})

test.each([
  ['USER node', 'node'],
  ['/bin/sh -c #(nop)  USER 1000:1000', '1000:1000'],
  ['USER root', null],
  ['USER 0:0', null],
  ['RUN /bin/sh -c x # buildkit', null],
])('when the base image ended with %s, then it runs as %s', (last, user) => {
  const of = image('base', last, 'RUN /bin/sh -c make # buildkit', 'CMD ["x"]')
  expect(use([document(OWN)], of).from).toEqual({ endLine: 1, user })
})

describe('what is kept of Dockerfiles', () => {
  const all: readonly DockerfileDocument[] = [
    document('FROM base\nRUN other\n', { file: 'a' }),
    document('TOKEN=secret\n', { file: 'b' }),
    document(null, { file: 'c', problem: 'it is not there' }),
    document('FROM base\nCMD ["x"]\n', { file: 'd' }),
    document('x'.repeat(300_000), { file: 'e' }),
  ]

  test.each([
    ['one is the image’s', [...all, document(OWN, { file: 'own' })], ['own']],
    ['none is', all, []],
    ['two are', [document(OWN, { file: 'one' }), ...all, document(OWN, { file: 'two' })], ['one', 'two']],
    ['one alone is of another image', all.slice(0, 1), []],
    ['one was named, and may be', [document('FROM base\nCMD ["x"]\n', { named: true })], ['Dockerfile']],
    ['one was named, and is not', [document('FROM base\nRUN other\n', { named: true })], []],
    ['one could not be read', all.slice(2, 3), []],
  ])('when %s, then texts of others are gone, and the choice is the same', (_, documents, kept) => {
    const own = withoutStrangers(documents, built)
    expect(own.filter(({ text }) => text !== null).map(({ file }) => file)).toEqual(kept)
    expect(chooseDockerfile(own, built)).toEqual(chooseDockerfile(documents, built))
    expect(withoutStrangers(own, built)).toEqual(own)
  })

  test('when the image says nothing of how it was made, then none is kept', () => {
    const own = withoutStrangers([document(OWN)], image(null))
    expect(own).toMatchObject([{ text: null }])
    expect(chooseDockerfile(own, image(null))).toEqual(chooseDockerfile([document(OWN)], image(null)))
  })
})
