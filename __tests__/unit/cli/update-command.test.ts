import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Command } from 'commander'
import { addUpdate } from '../../../src/cli/update.js'
import { problemOfRejected } from '../../support/rejections.js'

test('when an update cannot be tried, then the reports of an earlier run stay as they were', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'update-'))
  const reports = ['report.json', 'update.json'].map((name) => join(folder, name))
  for (const report of reports) {
    writeFileSync(report, 'earlier')
  }
  const before = process.env.DOCKER_HOST
  process.env.DOCKER_HOST = 'unix:///nonexistent/docker.sock'
  try {
    const program = new Command('seaworthy').exitOverride()
    addUpdate(program, new AbortController().signal)
    const line = ['update', 'app:1', '--test', 'true', '--offline', '--checks', 'security-updates']
    const run = program.parseAsync([...line, '--report-dir', folder], { from: 'user' })
    expect((await problemOfRejected(run)).code).toBe('update-unanswered')
    expect(reports.map((report) => readFileSync(report, 'utf8'))).toEqual(['earlier', 'earlier'])
  } finally {
    if (before === undefined) {
      delete process.env.DOCKER_HOST
    } else {
      process.env.DOCKER_HOST = before
    }
    rmSync(folder, { recursive: true })
  }
})
