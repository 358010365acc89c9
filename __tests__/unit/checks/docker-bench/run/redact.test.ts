import { describe, expect, test } from '@jest/globals'
import { redactContainer } from '../../../../../src/checks/docker-bench/run/redact.js'

const IMAGE = {
  Config: {
    Env: ['PATH=/bin', 'OLD_TOKEN=inimage'],
    Cmd: ['app', '--token=inimage'],
    Entrypoint: ['/start'],
    Labels: { 'acme.token': 'inimage' },
  },
}
const kept = (Config: object, rest: object = {}) =>
  redactContainer({ Id: 'x', HostConfig: { Memory: 1 }, ...rest, Config }, IMAGE)

describe('an inspect answer that is kept as evidence', () => {
  test('when run options gave variables, then their values are not kept, and the image’s are', () => {
    expect(kept({ Env: ['PATH=/bin', 'OLD_TOKEN=inimage', 'MODE=hunter2', 'A=b\nc'] })).toEqual({
      Id: 'x',
      HostConfig: { Memory: 1 },
      Config: { Env: ['PATH=/bin', 'OLD_TOKEN=inimage', 'MODE=(not kept)', 'A=(not kept)'] },
    })
  })

  test.each([
    [
      ['app', '--password=hunter2', '--port=80'],
      ['app', '--password=***', '--port=80'],
    ],
    [
      ['app', '--api-key', 'hunter2', 'x'],
      ['app', '--api-key', '(not kept)', 'x'],
    ],
    [
      ['sh', '-c', 'TOKEN="hun ter2" app; sshd -D'],
      ['sh', '-c', 'TOKEN=*** app; sshd -D'],
    ],
    [
      ['app', '--token=inimage'],
      ['app', '--token=inimage'],
    ],
  ])('when the command is %j, then what looks like a secret is not kept', (Cmd, expected) => {
    expect(kept({ Cmd }, { Args: Cmd })).toMatchObject({ Args: expected, Config: { Cmd: expected } })
  })

  test('when a health check or a label holds one, then it is not kept either', () => {
    const Healthcheck = { Test: ['CMD-SHELL', 'curl -u me:hunter2 http://x'], Interval: 5 }
    const text = JSON.stringify(kept({ Healthcheck, Labels: { 'acme.token': 'hunter2', a: 'b' } }))
    expect(text).not.toContain('hunter2')
    expect(text).toContain('"Interval":5')
    expect(text).toContain('"a":"b"')
    expect(kept({ Labels: { 'acme.token': 'inimage' } })).toMatchObject({
      Config: { Labels: { 'acme.token': 'inimage' } },
    })
  })

  test('when fields are null or left out, then they stay so', () => {
    expect(kept({ Env: null, Cmd: null, Labels: null })).toEqual({
      Id: 'x',
      HostConfig: { Memory: 1 },
      Config: { Env: null, Cmd: null, Labels: null },
    })
    expect(redactContainer({ Id: 'x' }, IMAGE)).toEqual({ Id: 'x' })
  })
})
