import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { runStep } from '../live/act/dist.js'
import { newFolder } from '../live/support.js'
import { gateYml } from '../support/policies.js'
import { anImageWith } from './bundle.js'

/**
 * A workflow that judges a pull request when somebody comments on it, or after another workflow: it runs with the
 * permissions of the default branch, and checks the pull request out, whose policies accept everything.
 */

const MAIN = 'a'.repeat(40)
const HEAD = 'b'.repeat(40)
const LAX = 'version: 1\nnumbering: dbs-1.6.1\ndefaults: {unlisted: report}\n'
const FILES = {
  'policies/gate.yml': gateYml({ 'bench-engine': 'builtin' }),
  'policies/dictionary.yml': LAX,
}

async function judged(name: string, payload: object, git: Readonly<Record<string, string>>) {
  const event = join(newFolder(), 'event.json')
  writeFileSync(event, JSON.stringify({ repository: { default_branch: 'main' }, ...payload }))
  const image = anImageWith({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' })
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: event, GITHUB_SHA: MAIN }
  const inputs = { image, checks: 'docker-bench', 'check-run': 'false', comment: 'never' }
  const { outputs, stdout } = await runStep('action', inputs, { files: { ...FILES, ...git }, env })
  return [outputs.verdict, /error: .*/.exec(stdout)?.[0]]
}

const COMMENT = { issue: { number: 7, pull_request: { url: 'u' } } }
const AFTER = { workflow_run: { event: 'pull_request', head_sha: HEAD } }

test.each([
  ['issue_comment', COMMENT, { '.git/HEAD': `${HEAD}\n` }],
  ['issue_comment', COMMENT, { '.git/HEAD': 'ref: refs/heads/new\n', '.git/refs/heads/new': `${HEAD}\n` }],
  [
    'workflow_run',
    AFTER,
    { '.git/HEAD': 'ref: refs/heads/new\n', '.git/packed-refs': `# pack\n${HEAD} refs/heads/new\n` },
  ],
] as const)(
  'when a pull request is checked out on %s, then its policies do not decide',
  async (name, payload, git) => {
    const [verdict, error] = await judged(name, payload, git)
    process.stdout.write(`  attack 66: ${name}: ${verdict}, ${error}\n`)
    expect([verdict, error]).toEqual(['incomplete', expect.stringContaining('its own policies would decide')])
  },
)

test.each([
  ['issue_comment', COMMENT, MAIN],
  ['workflow_run', AFTER, MAIN],
  ['workflow_run', { workflow_run: { event: 'push' } }, HEAD],
  ['issue_comment', { issue: { number: 8 } }, HEAD],
] as const)(
  'when it is the default branch, or about no pull request, then %s is as good as any event',
  async (name, payload, commit) => {
    expect(await judged(name, payload, { '.git/HEAD': `${commit}\n` })).toEqual(['pass', undefined])
  },
)
