import { syncBuiltinESMExports } from 'node:module'
import readline from 'node:readline/promises'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { APP, ignored, read, run, write } from '../../support/init-command.js'
import { inNewFolders } from '../../support/work-folder.js'

const areTerminals = [process.stdin.isTTY, process.stdout.isTTY] as const
inNewFolders()
afterEach(() => {
  jest.restoreAllMocks()
  syncBuiltinESMExports()
  ;[process.stdin.isTTY, process.stdout.isTTY] = areTerminals
})

const GATE = 'policies/gate.yml'

/** A person at a terminal, with an answer for each file. Returns the questions, as they come. */
function answering(answers: Readonly<Record<string, string>>): readonly string[] {
  const questions: string[] = []
  const question = async (text: string) => {
    questions.push(text)
    return answers[/^Write (.*)\?/.exec(text)?.[1] ?? ''] ?? ''
  }
  process.stdin.isTTY = true
  process.stdout.isTTY = true
  const asking = { question, close: () => {} } as Partial<readline.Interface> as readline.Interface
  jest.spyOn(readline, 'createInterface').mockReturnValue(asking)
  syncBuiltinESMExports()
  return questions
}

describe('the files that seaworthy init changes', () => {
  test.each([
    'COPY . .',
    'COPY --chown=app ./ /srv/',
    'ADD / /srv',
    'COPY * /srv/',
    'COPY [".", "/srv"]',
    'ARG SRC=.\nCOPY ${SRC} /srv',
    'RUN true\nFROM debian\nCOPY package.json . /srv/',
  ])('when the Dockerfile has %j, then an ignore file is written', async (instruction) => {
    write({ ...APP, Dockerfile: `FROM debian\n${instruction}\n` })
    const { text, code } = await run()
    expect([code, text.includes('written: .dockerignore\n')]).toEqual([0, true])
    expect(read('.dockerignore')).toMatch(/^# The Dockerfile copies this whole folder/)
    expect(ignored('.dockerignore')).toEqual([
      '.git',
      '**/.env',
      '**/node_modules',
      'seaworthy-report/',
      '.seaworthy/',
      'seaworthy/',
    ])
    expect((await run()).text).toContain('nothing to change')
  })

  test.each([
    'COPY src /srv',
    'COPY src/* .',
    'COPY *.js ./',
    'COPY --from=build . .',
    'ADD https://example.org/a.tar .',
    'COPY <<EOF .\n.\nEOF',
    'RUN cp . /srv',
  ])('when the Dockerfile has only %j, then no ignore file is written', async (instruction) => {
    write({ ...APP, Dockerfile: `FROM debian\n${instruction}\n` })
    await run()
    expect(() => read('.dockerignore')).toThrow('ENOENT')
  })

  test.each([
    ['dist\n', ['.git', '**/.env', 'seaworthy-report/', '.seaworthy/', 'seaworthy/']],
    ['/.git/\n.env*\n', ['seaworthy-report/', '.seaworthy/', 'seaworthy/']],
    ['**/.*\n', ['seaworthy-report/', 'seaworthy/']],
    ['*\n!.git\n!seaworthy*\nseaworthy-report/**\n', ['seaworthy/']],
    ['# .git\n# **/.env\n?eaworthy*\n.seaworthy\n', []],
    ['*\n!app.js\n[\n', []],
  ])('when the ignore file is %j, then only %j are added, after the diff', async (before, added) => {
    write({ ...APP, Dockerfile: 'FROM debian\nCOPY . .\n' })
    await run()
    write({ '.dockerignore': before })
    const { text, code } = await run()
    const lines = added.map((pattern) => `  ${pattern}\n`).join('')
    const refused = `\nnot changed: .dockerignore; the gate works without this; pass --yes, or add these lines:\n  # The Dockerfile copies`
    expect([code, text.includes('+.seaworthy/'), text.includes(refused), text.includes(lines)]).toEqual([
      0,
      added.includes('.seaworthy/'),
      added.length > 0,
      true,
    ])
    expect(read('.dockerignore')).toBe(before)
    await run(['--yes'])
    expect(read('.dockerignore').startsWith(before)).toBe(true)
    expect(ignored('.dockerignore').slice(before.match(/^[^#\n]/gm)?.length ?? 0)).toEqual(added)
  })

  test('when the Dockerfile has an ignore file of its own, then that is completed, with its line endings', async () => {
    const own = 'app.Dockerfile.dockerignore'
    write({ 'app.Dockerfile': 'FROM debian\nCOPY . .\n', [own]: '.git\r\n', '.dockerignore': '' })
    await run(['--yes'])
    expect(read(own)).toMatch(/^\.git\r\n\r\n#.*\r\n\*\*\/\.env\r\nseaworthy-report\/\r\n/)
    expect(read('.dockerignore')).toBe('')
  })

  test.each<[string | null, boolean]>([
    [null, true],
    ['dist\n', true],
    ['/seaworthy-report\n', false],
    ['# seaworthy-report/\n', false],
    ['seaworthy*\n', false],
  ])(
    'when .gitignore is %j, then that the reports are added, after the diff, is %s',
    async (before, isAdded) => {
      write({ ...APP, ...(before === null ? {} : { '.gitignore': before }) })
      const { text, code } = await run()
      const mustAsk = isAdded && before !== null
      const refused =
        "\nnot changed: .gitignore; the gate works without this; pass --yes, or add these lines:\n  # Seaworthy's reports.\n  seaworthy-report/\n\nnext:"
      expect([code, text.includes(refused)]).toEqual([0, mustAsk])
      expect(text.includes('+seaworthy-report/')).toBe(mustAsk)
      await run(['--yes'])
      const lines = ignored('.gitignore').filter((line) => line === 'seaworthy-report/')
      expect(lines).toHaveLength(isAdded ? 1 : 0)
      expect(read('.gitignore').startsWith(before ?? '')).toBe(true)
      expect((await run()).text).toContain('nothing to change')
    },
  )

  test.each([
    ['y', 'n', 0, GATE, '.gitignore'],
    ['n', 'yes', 1, '.gitignore', GATE],
  ])(
    'when the answers for gate.yml and .gitignore are %s and %s, then the exit code is %d, and only %s is changed',
    async (ofGate, ofIgnore, exit, changed, kept) => {
      const before: Readonly<Record<string, string>> = { [GATE]: 'version: 1\n', '.gitignore': 'dist\n' }
      write({ ...APP, ...before })
      const questions = answering({ [GATE]: ofGate, '.gitignore': ofIgnore })
      const { text, code } = await run()
      expect(questions).toEqual([`Write ${GATE}? [y/N] `, 'Write .gitignore? [y/N] '])
      expect(code).toBe(exit)
      expect(text).toContain(`\nwritten: ${changed}\n`)
      expect(text).toContain(`\nnot changed: ${kept};`)
      expect([read(changed) === before[changed], read(kept) === before[kept]]).toEqual([false, true])
    },
  )
})
