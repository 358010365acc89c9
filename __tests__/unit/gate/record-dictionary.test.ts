import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { decideFor } from '../../../src/gate/decide.js'
import { collectImages } from '../../../src/gate/gate.js'
import { type Recording, recordImage } from '../../../src/gate/record-dictionary.js'
import { readJudging } from '../../../src/inputs/policies.js'
import { readRequest } from '../../../src/inputs/request.js'
import { newRunId } from '../../../src/io/engine/leftovers.js'
import { replaceFile } from '../../../src/io/files/replace-file.js'
import { STARTER_DICTIONARY } from '../../../src/policy/dictionary/default.js'
import { readDictionary } from '../../../src/policy/dictionary/read.js'
import { DEFAULT_GATE, type GatePolicy } from '../../../src/policy/gate/thresholds.js'
import { inputs as inputsWith } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { problemOfRejected } from '../../support/rejections.js'

// A whole recording over a real archive, which needs no engine.

const IMAGE = fileURLToPath(
  new URL('../../support/archives/save-26-containerdstore-buildkit.tar.gz', import.meta.url),
)
const folder = mkdtempSync(join(tmpdir(), 'record-'))
const before = { ...process.env }
beforeAll(() => {
  process.env.DOCKER_HOST = 'unix:///nonexistent/docker.sock'
  process.env.RUNNER_TEMP = folder
})
afterAll(() => {
  for (const name of ['DOCKER_HOST', 'RUNNER_TEMP']) {
    if (before[name] === undefined) {
      delete process.env[name]
    } else {
      process.env[name] = before[name]
    }
  }
  rmSync(folder, { recursive: true })
})

let count = 0
const newFile = () => join(folder, `policies-${count++}`, 'dictionary.yml')
const around = () => ({
  runId: newRunId(),
  signal: new AbortController().signal,
  progress: () => {},
  warn: () => {},
})
const record = (file: string, image = IMAGE, today = '2026-11-24', gate: GatePolicy = DEFAULT_GATE) => {
  const inputs = inputsWith()
  return recordImage(readRequest([image], inputs), { file, today, gate, owner: '', reason: '' }, around())
}

function noImage(): string {
  const path = join(folder, 'none.tar')
  writeFileSync(path, '')
  return path
}

const write = ({ file, before, after }: Recording) => replaceFile(file, before, after)
/** As people fill it in: who answers for it, and why. */
const fillIn = (file: string) =>
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('""', '"the platform team"'))

/** Ids that `scan` blocks, with that dictionary, and what it says of the check. */
async function scanned(file: string, checks: string) {
  const inputs = inputsWith({ policies: dirname(file), checks })
  const judging = readJudging(inputs, '2026-11-24')
  const gate = { ...judging.policy.gate, checks: ['docker-bench'] } as const
  const collected = await collectImages(readRequest([IMAGE], inputs), gate, judging.today, around())
  const verdict = decideFor(judging, collected)
  const [image] = verdict.images
  return {
    blocked: image?.findings.flatMap(({ check, id, blocks }) =>
      check === 'docker-bench' && blocks ? [id] : [],
    ),
    notes: image?.checks.find(({ check }) => check === 'docker-bench')?.notes ?? [],
  }
}

describe('recording a dictionary', () => {
  test('when there is no file, then it is begun with the starter, and nothing is written yet', async () => {
    const file = newFile()
    const recording = await record(file)
    expect(recording).toMatchObject({ file, before: null })
    expect(recording.accepted.length).toBeGreaterThan(0)
    expect(recording.after).not.toBe(STARTER_DICTIONARY)
    expect(recording.notes).toContain('section 5 is not applicable, because no run options were set')
    expect(existsSync(file)).toBe(false)
  })

  test('when the schema lies next to the file, then an editor is pointed to it, and else not', async () => {
    const file = newFile()
    const [first = ''] = STARTER_DICTIONARY.split('\n')
    const { after } = await record(file)
    expect(after).not.toContain('$schema')
    expect(after).toMatch(/^# Expected results of Docker Bench for Security/)
    replaceFile(join(file, '../schema/dictionary.schema.json'), null, '{}')
    expect((await record(file)).after).toBe(`${first}\n#\n${after}`)
  })

  test('when it was written, then it can be read, and recording again changes nothing', async () => {
    const file = newFile()
    write(await record(file))
    fillIn(file)
    expect(readDictionary(readFileSync(file, 'utf8'), file).entries.length).toBeGreaterThan(30)
    const again = await record(file)
    expect(again).toMatchObject({ changes: [], left: [], accepted: [] })
    expect(again.after).toBe(again.before)
  })

  test('when a first file is written, then it says only what differs, and what is worse is to be filled in', async () => {
    const file = newFile()
    const recording = await record(file)
    const added = recording.after.split('\n').slice(recording.after.split('\n').indexOf('version: 1') + 1)
    const addedLine =
      '{expect: [WARN], owner: "", reason: "", expires: 2027-02-22}  # recorded, to be reviewed'
    expect(added).toEqual(['checks:', `  "4.1": ${addedLine}`, `  "4.6": ${addedLine}`, ''])
    expect(recording.accepted).toEqual([
      expect.stringMatching(
        /^4\.1: WARN, but .* expects PASS; fill in owner and reason \(.*dictionary\.yml:\d+\)$/,
      ),
      expect.stringMatching(/^4\.6: WARN, but /),
    ])
    write(recording)
    const problem = problemThrownBy(() => readJudging(inputsWith({ policies: dirname(file) }), '2026-11-24'))
    expect(problem.code).toBe('policy-invalid')
    expect(problem.what.split('\n')).toHaveLength(4)
    expect(problem.what).toContain('checks."4.6".owner: it is empty; state who is responsible')
  })

  test('when it was filled in, then the gate blocks nothing of it, and names who accepts what', async () => {
    const file = newFile()
    write(await record(file))
    fillIn(file)
    const { blocked, notes } = await scanned(file, 'security-updates,clair,docker-bench')
    expect(blocked).toEqual([])
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^4\.1: WARN, accepted by .*dictionary\.yml:\d+ until 2027-02-22 \(the platform team\): the platform team$/,
      ),
    )
  })

  test('when checks are left out that give evidence, then the gate does not block, and recording changes nothing', async () => {
    const file = newFile()
    write(await record(file))
    fillIn(file)
    expect((await scanned(file, 'docker-bench')).blocked).toEqual([])
    const gate: GatePolicy = { ...DEFAULT_GATE, checks: ['docker-bench'] }
    expect(await record(file, IMAGE, '2026-11-24', gate)).toMatchObject({ changes: [], left: [] })
  })

  test('when the file was changed meanwhile, then it is left as it is', async () => {
    const file = newFile()
    write(await record(file))
    fillIn(file)
    const recording = await record(file)
    writeFileSync(file, '# mine\n')
    expect(problemThrownBy(() => write(recording))).toMatchObject({ code: 'file-unwritable' })
    expect(readFileSync(file, 'utf8')).toBe('# mine\n')
  })

  test('when the file is no dictionary, then that is reported, and it is left as it is', async () => {
    const file = newFile()
    replaceFile(file, null, 'checks: {4.10: {}}\n')
    // No image: that the file is reported first shows that nothing was collected.
    const problem = await problemOfRejected(record(file, noImage()))
    expect(problem.code).toBe('policy-invalid')
    expect(problem.what).toContain('4.10 must be quoted')
  })

  test('when the image cannot be opened, or the date is none, then nothing is recorded', async () => {
    expect((await problemOfRejected(record(newFile(), noImage()))).code).toBe('archive-unreadable')
    expect((await problemOfRejected(record(newFile(), IMAGE, '2026-13-01'))).code).toBe('bad-input')
  })
})
