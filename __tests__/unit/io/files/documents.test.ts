import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { documentsAddress, documentsHere } from '../../../../src/io/files/documents.js'
import { makeTemporary } from '../../../../src/io/files/temporary.js'

const newFolder = () => makeTemporary(Math.random().toString(16).slice(2, 14).padEnd(12, '0'))

describe('where the program’s own documents are', () => {
  const known = { GITHUB_ACTION_REPOSITORY: 'acme/gate', GITHUB_ACTION_REF: 'v1.2.0' }
  const nowhere = '/nowhere'

  test('when the runner names repository and ref, then by them, on its own server', () => {
    expect(documentsAddress(known, nowhere)).toBe('https://github.com/acme/gate/blob/v1.2.0/')
    expect(documentsAddress({ ...known, GITHUB_SERVER_URL: 'https://ghe.example:8443' }, nowhere)).toBe(
      'https://ghe.example:8443/acme/gate/blob/v1.2.0/',
    )
  })

  test('when a reusable workflow runs the action from a folder, then by what that workflow says', () => {
    const env = { SEAWORTHY_REPOSITORY: 'acme/gate', SEAWORTHY_REF: 'a'.repeat(40) }
    expect(documentsAddress(env, nowhere)).toBe(`https://github.com/acme/gate/blob/${'a'.repeat(40)}/`)
    expect(documentsAddress({ ...env, ...known }, nowhere)).toContain('/v1.2.0/')
  })

  test('when it is a published package, then by its package.json, at the tag of its version', () => {
    const home = newFolder()
    const repository = { type: 'git', url: 'git+https://github.com/acme/gate.git' }
    writeFileSync(join(home, 'package.json'), JSON.stringify({ version: '1.2.0', repository }))
    expect(documentsAddress({}, home)).toBe('https://github.com/acme/gate/blob/v1.2.0/')
    expect(documentsHere({}, home)).toBe('https://github.com/acme/gate/blob/v1.2.0/')
  })

  test('when it is a checkout, then a terminal gets the folder, and reports get no path of a machine', () => {
    const home = newFolder()
    writeFileSync(join(home, 'package.json'), JSON.stringify({ version: '1.2.0' }))
    expect([documentsAddress({}, home), documentsHere({}, home)]).toEqual([null, null])
    mkdirSync(join(home, 'docs'))
    writeFileSync(join(home, 'docs/troubleshooting.md'), '')
    expect([documentsAddress({}, home), documentsHere({}, home)]).toEqual([null, `${home}/`])
  })

  test('when it is a copy in the repository that uses it, then there, at the commit of the run', () => {
    const workspace = newFolder()
    const env = {
      GITHUB_WORKSPACE: workspace,
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_SHA: 'b'.repeat(40),
    }
    const root = `https://github.com/acme/app/blob/${'b'.repeat(40)}/`
    for (const [folder, address] of [
      ['.', root],
      ['seaworthy', `${root}seaworthy/`],
      // The examples for pull requests check it out there.
      ['.seaworthy/seaworthy', `${root}seaworthy/`],
      ['a b', null],
    ] as const) {
      const home = join(workspace, folder)
      mkdirSync(home, { recursive: true })
      expect(documentsAddress(env, home)).toBeNull()
      mkdirSync(join(home, 'docs'))
      writeFileSync(join(home, 'docs/troubleshooting.md'), '')
      expect(documentsAddress(env, home)).toBe(address)
    }
    const elsewhere = newFolder()
    mkdirSync(join(elsewhere, 'docs'))
    writeFileSync(join(elsewhere, 'docs/troubleshooting.md'), '')
    expect(documentsAddress(env, elsewhere)).toBeNull()
  })

  test.each([
    ['no action', {}],
    ['one of the work tree', { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }],
    ['one without a ref', { GITHUB_ACTION_REPOSITORY: 'acme/gate' }],
    ['an odd ref', { ...known, GITHUB_ACTION_REF: 'a)<b>' }],
    ['a ref that leads elsewhere', { ...known, GITHUB_ACTION_REF: 'v1/../../../x' }],
    ['an odd server', { ...known, GITHUB_SERVER_URL: 'javascript:x' }],
    ['an odd repository of a workflow', { SEAWORTHY_REPOSITORY: 'a/b/c', SEAWORTHY_REF: 'main' }],
  ])('when it is %s, then nobody is made up', (_, env) => {
    expect(documentsAddress(env, nowhere)).toBeNull()
  })
})
