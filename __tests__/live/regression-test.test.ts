import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { keys, policyFile } from '../support/policies.js'
import { imageOn, removeImages } from './images.js'
import { docker, lines, newFolder, type Ran, SMALL, seaworthy, start } from './support.js'

let image: string
let gate: readonly string[]
beforeAll(() => {
  image = imageOn(SMALL, 'regression', { 'app/works': 'yes\n' })
  const folder = newFolder()
  writeFileSync(join(folder, 'gate.yml'), 'version: 1\nchecks: [regression-test]\n')
  gate = [policyFile('gate', join(folder, 'gate.yml'))]
})
afterAll(removeImages)

const scan = (command: string, ...more: string[]) =>
  seaworthy(['scan', image, ...gate, '--checks', 'regression-test', '--test', command, ...more])
const reportOf = ({ folder }: Ran) =>
  JSON.parse(readFileSync(join(folder, 'report/report.json'), 'utf8')) as Report
const stateOf = (ran: Ran) => reportOf(ran).images[0]?.regressionTest
/** What the gate has named this image, and the containers of that name: other tests have theirs. */
const left = () => {
  const id = docker('inspect', '-f', '{{.Id}}', image).trim()
  const named = lines(docker('image', 'ls', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}'))
    .filter((line) => line.startsWith('seaworthy-update:') && line.endsWith(id))
    .map((line) => line.slice(0, line.indexOf(' ')))
  return [...named, ...lines(docker('ps', '-a', '--filter', `ancestor=${id}`, '--format', '{{.Image}}'))]
}

describe('when the application is tested in its image', () => {
  test('and works, then the image passes; a replay of its evidence runs nothing, and gives the same bytes', async () => {
    const evidence = join(newFolder(), 'evidence')
    const ran = await scan(
      'docker run --rm --network none "$IMAGE" cat /app/works',
      '--save-evidence',
      evidence,
    )
    expect([ran.code, stateOf(ran)]).toEqual([
      0,
      { state: 'passed', by: 'command', ended: 'exit 0', seconds: expect.any(Number) },
    ])
    expect(readFileSync(join(evidence, 'image-0/regression-test/output.txt'), 'utf8')).toBe('yes')
    expect(ran.stdout).toMatch(/^ok +regression-test +[\d.]+ s +passed$/m)
    expect(left()).toEqual([])
    const again = await seaworthy(['replay', evidence, ...gate, '--checks', 'regression-test'], {
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    })
    expect(again.code).toBe(0)
    for (const name of ['report.json', 'report.md', 'report.html', 'report.sarif']) {
      const [a, b] = [ran, again].map(({ folder }) => readFileSync(join(folder, 'report', name), 'utf8'))
      expect(a).toBe(b)
    }
    // Whether or not the policy asks for it: it was run.
    const other = await seaworthy(['replay', evidence, '--checks', 'docker-bench'])
    expect(stateOf(other)?.state).toBe('passed')
  })

  test('by a command that does not name it, then the head says so, unless its script runs it', async () => {
    const script = join(newFolder(), 'test.sh')
    writeFileSync(script, 'docker run --rm --network none "$IMAGE" cat /app/works\n')
    const note = 'the test may not test this image'
    const limitsOf = async (command: string) =>
      JSON.stringify(reportOf(await scan(command)).images[0]?.checks.map(({ limits }) => limits))
    expect(await limitsOf(`sh ${script}`)).not.toContain(note)
    expect(await limitsOf('echo fine')).toContain(note)
    // The base has fewer layers than the image, so its container is not one of the image.
    expect(await limitsOf(`docker run --rm --network none ${SMALL} true`)).toContain(note)
    expect(left()).toEqual([])
  })

  test('and does not work, then it fails, and what it started is gone', async () => {
    const run = 'docker run --network none'
    const ran = await scan(`${run} -d "$IMAGE" sleep 600; ${run} --rm "$IMAGE" cat /app/gone`)
    // Lines are wrapped.
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain('/app/gone: No such file or directory')
    expect([ran.code, stateOf(ran)?.ended]).toEqual([1, 'exit 1'])
    expect(left()).toEqual([])
  })

  test('and hangs in its container, then it is incomplete, and the container is gone', async () => {
    const ran = await scan(
      'docker run --rm --network none "$IMAGE" sleep 600',
      keys({ timeouts: { test: 3 } }),
    )
    expect([ran.code, stateOf(ran)?.state]).toEqual([2, 'no-answer'])
    expect(reportOf(ran).unanswered[0]?.problem.code).toBe('test-timeout')
    expect(left()).toEqual([])
  })
})

describe('when the test turns on who runs it', () => {
  test('and kills the gate’s parent, then the image does not pass, though the test ends with 0', async () => {
    const folder = newFolder()
    // The step of a workflow: a shell, which is the gate's parent.
    const step = join(folder, 'step.sh')
    const pid = join(folder, 'pid')
    const command = `kill -9 "$(cat ${pid})"; sleep 0.5; exit 0`
    writeFileSync(step, `echo $$ >${pid}\n"$@"\necho "the step goes on"\n`)
    const { ended } = start(['scan', image, ...gate, '--checks', 'regression-test', '--test', command], {}, [
      'sh',
      step,
    ])
    const ran = await ended
    expect([ran.code === 0, ran.stdout.includes('the step goes on')]).toEqual([false, false])
    expect(ran.stdout).toContain("the gate's parent process ended while the test was running")
    expect(stateOf(ran)?.state).toBe('no-answer')
    expect(reportOf(ran).verdict).toBe('incomplete')
    expect(left()).toEqual([])
  })

  test('and asks the gate to end, then that is no pass, and nothing is left', async () => {
    const ran = await scan('kill -TERM "$PPID"; sleep 600')
    expect(ran.code).toBe(2)
    expect(reportOf(ran).unanswered[0]?.problem.code).toBe('interrupted')
    expect(left()).toEqual([])
  })

  test('and kills the gate, then there is no report, and the step fails', async () => {
    const ran = await scan('kill -9 "$PPID"')
    expect(ran.code).not.toBe(0)
    expect(existsSync(join(ran.folder, 'report/report.json'))).toBe(false)
    // A later run sweeps it: not before a day is over, for it may be of one that runs.
    docker('rmi', ...left())
  })
})

describe('when there is nothing to run it on', () => {
  test('since the image is an archive, then it is incomplete, and says to load it', async () => {
    const archive = join(newFolder(), 'app.tar')
    docker('save', '-o', archive, image)
    const ran = await seaworthy([
      ...['scan', archive, ...gate, '--checks', 'regression-test', '--test', 'true'],
    ])
    expect(ran.code).toBe(2)
    expect(reportOf(ran).unanswered[0]?.problem).toMatchObject({
      ...{ code: 'test-needs-engine', todo: expect.stringContaining('docker load') },
    })
  })

  test('since it is for another platform, then it is incomplete, and the test does not run', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
    const tag = `seaworthy-test/regression-arm-${process.pid}:1`
    docker('build', '-q', '--platform', 'linux/arm64', '-t', tag, folder)
    try {
      const mark = join(folder, 'ran')
      const ran = await seaworthy([
        ...['scan', tag, ...gate, '--checks', 'regression-test', '--test', `touch ${mark}`],
      ])
      expect([ran.code, reportOf(ran).unanswered[0]?.problem.code]).toEqual([2, 'test-foreign-platform'])
      expect(existsSync(mark)).toBe(false)
    } finally {
      docker('rmi', '-f', tag)
    }
  })

  test('since gate.yml alone names it, then gate.yml is refused, and nothing runs', async () => {
    const folder = newFolder()
    const [mark, file] = [join(folder, 'ran'), join(folder, 'stranger.yml')]
    writeFileSync(file, `version: 1\nchecks: [regression-test]\ntest: touch ${mark}\n`)
    const ran = await seaworthy(['scan', image, policyFile('gate', file), '--checks', 'regression-test'])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/test: .*runs on the machine/s)
    expect(existsSync(mark)).toBe(false)
  })
})
