import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { call } from '../../../src/io/engine/docker.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import type { UpdateOutcome } from '../../../src/update/plan/outcome.js'
import { policyFile } from '../../support/policies.js'
import { BASES, docker, lines, newFolder, seaworthy } from '../support.js'
import { asUpdate, labImage } from './lab.js'
import { planFor, runProof } from './proof.js'

const LIAR = `seaworthy-test/update-liar-${process.pid}:1`
const made = [LIAR]
afterAll(() => {
  docker('rmi', '-f', ...made)
})

const gate = join(newFolder(), 'gate.yml')
writeFileSync(gate, 'version: 1\nrequire-release: supported\n')

/** What stands for apt-get and for the shell says all that we read, and does nothing. */
const FAKE = [
  '#!/bin/bash',
  'echo "@seaworthy simulated"',
  'echo "Inst perl-base [5.36.0-7] (5.36.0-99 Debian:12 [amd64])"',
  'echo "@seaworthy end"',
  'echo "::set-output name=verdict::pass"',
  'exit 0',
].join('\n')

describe('when the image lies', () => {
  test('then it is not given, and what it says it has done is reported as left out', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'fake'), `${FAKE}\n`, { mode: 0o755 })
    const dockerfile = [
      `FROM ${BASES.bookworm}`,
      'COPY fake /usr/bin/apt-get',
      'USER nobody',
      'ENTRYPOINT ["/bin/false"]',
      'SHELL ["/bin/false"]',
      'HEALTHCHECK CMD false',
      'ENV LC_ALL="x; false"',
      'ENV ENV=/usr/bin/apt-get BASH_ENV=/usr/bin/apt-get',
    ]
    writeFileSync(join(folder, 'Dockerfile'), `${dockerfile.join('\n')}\n`)
    docker('build', '-q', '--network', 'none', '-t', LIAR, folder)
    const ran = await seaworthy([
      ...['update', LIAR, policyFile('gate', gate), '--test', 'true', '--checks', 'security-updates'],
    ])
    const outcome = JSON.parse(readFileSync(join(ran.folder, 'report/update.json'), 'utf8')) as UpdateOutcome
    expect(ran.code).toBe(1)
    expect(outcome).toMatchObject({ outcome: 'breaks', packages: [], patched: null })
    expect(outcome.leftOut.map(({ package: { name } }) => name)).toContain('perl-base')
    expect(outcome.leftOut[0]?.message).toMatch(/the old version is still there/)
    expect(lines(docker('image', 'ls', '-q', `${LIAR}-patched`))).toEqual([])
  })
})

describe('when the user of the image has characters that a builder reads', () => {
  let lab: string
  beforeAll(async () => {
    lab = await labImage('user', [{ name: 'lab-a' }])
    made.push(lab)
  })

  test.each(['a$HOME', 'a\\b', '"a b"'])('%j is as it was, or the update is refused', async (user) => {
    const engine = await connectEngine()
    const container = docker('create', lab, 'true').trim()
    const { Id } = await call<{ Id: string }>(engine, '/commit', {
      method: 'POST',
      query: { container },
      body: { User: user },
    })
    docker('rm', container)
    made.push(Id)
    let after: string | null = null
    const proof = runProof(Id, planFor([asUpdate({ name: 'lab-a' })]), null, (id) => {
      after = docker('image', 'inspect', '-f', '{{.Config.User}}', id).trim()
    })
    const code = await proof.then(
      () => null,
      (error: { problem?: { code?: string } }) => error.problem?.code,
    )
    expect(code === 'update-refused' || after === user).toBe(true)
  })
})
