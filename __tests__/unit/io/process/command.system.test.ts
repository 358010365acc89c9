import { describe, expect, test } from '@jest/globals'
import { commandEnvironment, runCommand, testEnvironment } from '../../../../src/io/process/command.js'
import { NEVER, until } from '../../../support/waiting.js'

const signal = new AbortController().signal
const run = (script: string, limitMs = NEVER, env: Readonly<Record<string, string>> = {}) =>
  runCommand(['sh', '-c', script], env, limitMs, signal)

describe('runCommand', () => {
  test('when someone leaves the command’s group and holds its output open, then nobody waits for him', async () => {
    const pipes = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length
    const before = pipes()
    const { ok, output } = await run('echo begun; setsid sleep 3600 & echo "pid=$!"; exit 0')
    expect(ok).toBe(true)
    const [, pid] = /^begun\npid=(\d+)$/.exec(output) ?? []
    // An open pipe would keep node alive until he ends.
    await until(() => pipes() <= before)
    expect(process.kill(Number(pid), 'SIGKILL')).toBe(true)
  })

  test('when a lot is said just before the end, then the last words are kept', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { output } = await run(
        'i=0; while [ $i -lt 2000 ]; do echo "line $i"; i=$((i+1)); done; echo last; exit 1',
      )
      expect(output.endsWith('\nlast')).toBe(true)
    }
  })

  test('when the command cannot be started, then that is how it ended', async () => {
    const result = await runCommand(['/no/such/program'], {}, 1000, signal)
    expect(result).toMatchObject({ ok: false, ended: expect.stringContaining('ENOENT') })
  })

  test('when it ends well after the limit, then it has not passed', async () => {
    const { ok, ended } = await run('trap "exit 0" TERM; sleep 20 & wait', 300)
    expect({ ok, ended }).toEqual({ ok: false, ended: 'not finished within 0.3 s' })
  })

  test('when escape sequences and bells are printed, then plain text is left', async () => {
    const { output } = await run("printf '\\033[31mred\\033[0m \\007bell'")
    expect(output).toBe('red  bell')
  })

  test('when the command prints a secret that it was given, then the value is masked, and words of others are not', async () => {
    const environment = {
      LAB_DB_PASSWORD: 'hunter2-long',
      LAB_DB_PASS: 'hunter3-long',
      LAB_PRIVATE_KEY: 'first-line\nsecond-line',
      LAB_TOKEN: 'true',
    }
    Object.assign(process.env, environment, { LAB_STAGE: 'staging' })
    try {
      const { output } = await run(
        'echo "$LAB_DB_PASSWORD x$LAB_DB_PASSWORD $LAB_DB_PASS"; echo "$LAB_PRIVATE_KEY"; echo "$LAB_TOKEN $LAB_STAGE"',
      )
      expect(output).toBe('*** x*** ***\n***\n***\ntrue staging')
    } finally {
      for (const name of [...Object.keys(environment), 'LAB_STAGE']) {
        delete process.env[name]
      }
    }
  })

  test('when secrets of ours are in the environment, then neither a test nor a build sees them', async () => {
    const names = [
      'INPUT_GITHUB-TOKEN',
      'ACTIONS_RUNTIME_TOKEN',
      'GITHUB_TOKEN',
      'GH_TOKEN',
      'SEAWORTHY_CLAIR_PSK',
    ]
    for (const name of names) {
      process.env[name] = 'a-secret'
    }
    try {
      const { output } = await run('env', NEVER, { IMAGE: 'x:1' })
      expect(output).toMatch(/^IMAGE=x:1$/m)
      expect(output).not.toContain('a-secret')
    } finally {
      for (const name of names) {
        delete process.env[name]
      }
    }
  })

  test('when a step has a registry login of its own, then a build may use it, and no test sees it', () => {
    const environment = {
      DOCKER_CONFIG: '/somewhere',
      DOCKER_AUTH_CONFIG: '{"auths":{}}',
      DOCKER_HOST: 'tcp://a:1',
    }
    Object.assign(process.env, environment)
    try {
      expect(commandEnvironment()).toMatchObject(environment)
      const { DOCKER_HOST } = environment
      const visible = Object.entries(testEnvironment()).filter(([name]) => Object.hasOwn(environment, name))
      expect(Object.fromEntries(visible)).toEqual({ DOCKER_HOST })
    } finally {
      for (const name of Object.keys(environment)) {
        delete process.env[name]
      }
    }
  })
})
