import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BASE, folder, GATE, judging, MERGE, stub } from './pull-request.js'

describe('when gate.yml names VEX documents, or a baseline is given', () => {
  const vex = (id: string) =>
    JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://acme.example/vex/1',
      author: 'acme',
      timestamp: '2026-11-01T00:00:00Z',
      version: 1,
      statements: [
        {
          vulnerability: { name: id },
          products: [{ '@id': 'pkg:deb/debian/apt' }],
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
        },
      ],
    })

  test('then the base’s statements count', async () => {
    for (const [commit, id] of [
      [BASE, 'CVE-2026-0001'],
      [MERGE, 'CVE-2026-0002'],
    ] as const) {
      stub.files.set(`${commit}:${GATE}`, 'version: 1\nvex: [vex/a.json]\n')
      stub.files.set(`${commit}:vex/a.json`, vex(id))
    }
    const { policy, notices } = await judging()
    expect(JSON.stringify(policy.vex)).toContain('CVE-2026-0001')
    expect(JSON.stringify(policy.vex)).not.toContain('CVE-2026-0002')
    expect(notices).toEqual([])
  })

  test('then a baseline that the pull request brings itself is none', async () => {
    const path = 'last/report.json'
    stub.files.set(`${MERGE}:${path}`, '{"schemaVersion":1,"images":[]}')
    expect((await judging({ baseline: path })).policy.baseline?.error).toBe('there is no such file')
  })

  test('then one that only a link of the pull request leads to is none', async () => {
    mkdirSync(join(folder, 'mine'))
    writeFileSync(join(folder, 'mine/report.json'), 'not a report')
    symlinkSync('mine', join(folder, 'last'))
    const path = join(folder, 'last/report.json')
    expect((await judging({ baseline: path })).policy.baseline?.error).toBe('there is no such file')
  })

  test('then one that lies in no commit is read where the job has put it', async () => {
    const path = join(folder, 'downloaded.json')
    writeFileSync(path, 'not a report')
    expect((await judging({ baseline: path })).policy.baseline?.error).toContain('not valid JSON')
    const outside = mkdtempSync(join(tmpdir(), 'sw-base-'))
    writeFileSync(join(outside, 'report.json'), 'not a report')
    const { baseline } = (await judging({ baseline: join(outside, 'report.json') })).policy
    rmSync(outside, { recursive: true })
    expect(baseline?.error).toContain('not valid JSON')
  })

  test.each<[string, () => void, string]>([
    ['in a submodule', () => stub.submodules.add(`${MERGE}:vendor/reports`), 'there is no such file'],
    ['below one', () => stub.submodules.add(`${MERGE}:vendor`), 'there is no such file'],
    ['where the commit has a file', () => stub.files.set(`${MERGE}:vendor`, 'x'), 'there is no such file'],
    ['in a folder of the repository', () => stub.files.set(`${MERGE}:vendor/x`, 'x'), 'not valid JSON'],
    ['in a folder of the job', () => undefined, 'not valid JSON'],
    ['where nobody says', () => stub.fail({ path: /vendor$/, status: 500 }), 'there is no such file'],
  ])(
    'then one that lies in no commit, %s, is distinguished from what a pull request brings',
    async (_, make, message) => {
      make()
      mkdirSync(join(folder, 'vendor/reports'), { recursive: true })
      writeFileSync(join(folder, 'vendor/reports/report.json'), 'not a report')
      const { baseline } = (await judging({ baseline: 'vendor/reports/report.json' })).policy
      expect(baseline?.error).toContain(message)
    },
  )

  test('then one that the pull request removes is the base’s still, whatever lies in its place', async () => {
    const path = 'last/report.json'
    stub.files.set(`${BASE}:${path}`, '{}')
    mkdirSync(join(folder, 'last'))
    writeFileSync(join(folder, path), 'not a report')
    expect((await judging({ baseline: path })).policy.baseline?.error).toBe('it is not a report.json')
  })
})
