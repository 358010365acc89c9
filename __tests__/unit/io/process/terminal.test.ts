import { PassThrough } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { terminal } from '../../../../src/io/process/terminal.js'

/** What would be shown on a terminal of that kind, or in a pipe. */
function shown(env: NodeJS.ProcessEnv, isTTY = true) {
  const columns = isTTY ? 80 : undefined
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns })
  const out = stream as unknown as typeof process.stdout & typeof process.stderr
  const screen = terminal(out, out, env)
  screen.progress('waiting')
  return { colour: screen.colour, width: screen.width, said: stream.read() as string }
}

describe('terminal', () => {
  test.each([
    [{}, true, true],
    [{ TERM: 'xterm' }, true, true],
    [{ TERM: 'xterm' }, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ CLICOLOR: '0' }, true, false],
    [{ CLICOLOR_FORCE: '1' }, false, true],
    [{ FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ])(
    'when the environment is %j and stdout a terminal: %s, then it has colours: %s',
    (env, isTTY, wanted) => {
      expect(shown(env, isTTY).colour).toBe(wanted)
    },
  )

  test.each([
    [{}, true, 80],
    [{ COLUMNS: '200' }, true, 200],
    [{ COLUMNS: '200' }, false, 200],
    [{ COLUMNS: 'wide' }, true, 80],
    [{ COLUMNS: '0' }, false, Number.POSITIVE_INFINITY],
    [{ CI: 'true' }, false, Number.POSITIVE_INFINITY],
  ])(
    'when the environment is %j and stdout a terminal: %s, then lines have %s characters',
    (env, isTTY, width) => {
      expect(shown(env, isTTY).width).toBe(width)
    },
  )

  test('when the terminal is dumb, in CI or none, then progress is plain lines', () => {
    expect(shown({}).said).toBe('\r\u001b[2Kwaiting …')
    for (const printed of [shown({ TERM: 'dumb' }), shown({ CI: 'true' }), shown({}, false)].map(
      (one) => one.said,
    )) {
      expect(printed).toBe('waiting\n')
    }
  })
})
