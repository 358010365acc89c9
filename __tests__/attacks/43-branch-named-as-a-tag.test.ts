import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ROOT } from '../live/support.js'
import { filled } from '../support/expressions.js'
import { type WorkflowStep, workflowSteps } from './workflows.js'

/**
 * Whoever may push branches, but no release tags, pushes a branch named like a release tag, at any merged commit: an old
 * one, with a known hole. A weekly rebuild then builds, judges and publishes that commit as the next patch of the release.
 */

const TAG = 'v1.4.0'

/** A repository with a tag and a branch of one name; @returns its folder, and what each of the two points to. */
function repository() {
  const folder = mkdtempSync(join(process.env.SEAWORTHY_LIVE_FOLDER ?? tmpdir(), 'both-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  git('init', '--quiet', '--initial-branch=main')
  const commit = (text: string) => {
    writeFileSync(join(folder, 'a'), text)
    git('add', '.')
    git('commit', '--quiet', '--message', text)
    return git('rev-parse', 'HEAD')
  }
  const old = commit('old, vulnerable')
  const released = commit('released')
  git('tag', TAG)
  // As a clone has it.
  git('update-ref', `refs/remotes/origin/${TAG}`, old)
  return { git, old, released }
}

/**
 * The commit that actions/checkout takes for an input `ref` (its src/ref-helper.ts): a name that begins with refs/tags/ is a
 * tag, any other name is a branch if there is one, else a tag.
 */
function checkedOut(git: (...args: string[]) => string, ref: string): string {
  const exists = (name: string) => git('for-each-ref', '--format=%(refname)', name) === name
  if (/^refs\/tags\//i.test(ref)) {
    return git('rev-parse', ref)
  }
  const branch = `refs/remotes/origin/${ref}`
  return git('rev-parse', exists(branch) ? branch : `refs/tags/${ref}`)
}

const isCheckout = ({ uses = '' }: WorkflowStep) => uses.startsWith('actions/checkout@')

describe.each(['.github/workflows/gate-rebuild.yml', 'examples/workflows/rebuild.yml'])('%s', (path) => {
  test('when a branch has the name of the tag, then the tag is what is built again', () => {
    const step = workflowSteps(path).find((one) => isCheckout(one) && one.with?.path === 'released')
    const ref = filled(step?.with?.ref ?? '', { matrix: { tag: TAG } })
    const { git, old, released } = repository()
    // What it was before.
    expect(checkedOut(git, TAG)).toBe(old)
    expect(checkedOut(git, ref)).toBe(released)
  })
})

describe('when a workflow checks out by a name', () => {
  const paths = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
  )
  const refs = paths.flatMap((path) =>
    workflowSteps(path)
      .filter(isCheckout)
      .flatMap((step) => (step.with?.ref === undefined ? [] : [[path, step.with.ref] as const])),
  )
  const stepOf = (path: string, id: string) => workflowSteps(path).filter((step) => step.id === id)

  test('then the name says whether it is a tag', () => {
    expect(refs.length).toBeGreaterThan(5)
    const others = refs.filter(([, ref]) => !ref.startsWith('refs/'))
    const kinds = new Set(others.map(([, ref]) => ref.replace(/\$\{\{ *| *\}\}/g, '')))
    expect([...kinds].sort()).toEqual([
      // Each is a commit.
      'github.event.pull_request.base.sha || github.event.merge_group.base_sha || github.sha',
      'steps.release.outputs.ref || github.ref',
      'steps.seaworthy.outputs.ref',
    ])
  })

  test('then what a step calls its ref is a full commit SHA, or begins with refs/tags/', () => {
    for (const [path, ref] of refs) {
      const [, id] = /steps\.(\w+)\.outputs\.ref/.exec(ref) ?? []
      for (const { run = '' } of id === undefined ? [] : stepOf(path, id)) {
        expect([path, run]).toEqual([
          path,
          expect.stringMatching(
            id === 'seaworthy' ? /"\$REF" =~ \^\[0-9a-f\]\{40\}\$/ : /echo "ref=refs\/tags\/\$tag"/,
          ),
        ])
      }
    }
  })
})

test('when the documentation shows a checkout, then it asks for no tag by a bare name', () => {
  const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
  const refs = pages
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => readFileSync(join(ROOT, path), 'utf8').match(/^ +ref: .*$/gm) ?? [])
  expect(refs.filter((line) => !/refs\/|[0-9a-f]{40}|github\.(?:ref|sha)/.test(line))).toEqual([])
})
