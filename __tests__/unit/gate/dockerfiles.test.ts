import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readDockerfiles } from '../../../src/gate/dockerfiles.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dockerfiles-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const write = (name: string, text = 'FROM a\n') => {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}
const names = () => readDockerfiles(null, folder).map(({ file }) => file)

test('when none is named, then those of the working folder are found, by the names people give them', () => {
  for (const name of ['Dockerfile', 'Dockerfile.dev', 'web.Dockerfile', 'Containerfile']) {
    write(name)
  }
  for (const name of ['Dockerfile.dockerignore', 'sub/Dockerfile', 'MyDockerfile', 'Dockerfiles']) {
    write(name)
  }
  expect(names()).toEqual(['Containerfile', 'Dockerfile', 'Dockerfile.dev', 'web.Dockerfile'])
})

test('when one is named, then it alone is read, and shown from the working folder', () => {
  write('Dockerfile')
  write('deploy/Dockerfile', 'FROM b\r\n')
  const document = { file: 'deploy/Dockerfile', text: 'FROM b\r\n', named: true, problem: null }
  expect(readDockerfiles('./deploy/Dockerfile', folder)).toEqual([document])
  expect(readDockerfiles(join(folder, 'deploy/Dockerfile'), folder)).toEqual([document])
})

test('when one is named and cannot be read, then it says why, and nothing is thrown', () => {
  write('sub/Dockerfile')
  expect(readDockerfiles('gone', folder)).toMatchObject([
    { file: 'gone', text: null, problem: 'it does not exist' },
  ])
  expect(readDockerfiles('sub', folder)).toMatchObject([
    { text: null, problem: 'a file could not be read: it is not a regular file' },
  ])
})

test('when one lies elsewhere, then its whole path is shown, and it is not read', () => {
  expect(readDockerfiles(join(folder, '../gone'), folder)).toEqual([
    {
      ...{ file: join(folder, '../gone'), text: null, named: true },
      problem: 'a file could not be read: it is outside the working folder',
    },
  ])
})

test('when others have put a link, a pipe or a folder there, then nothing of it is read, and nobody waits', () => {
  write('real', 'FROM secret\n')
  write('folder/x')
  symlinkSync('real', join(folder, 'Dockerfile.link'))
  symlinkSync('/proc/self/environ', join(folder, 'Dockerfile.env'))
  symlinkSync('folder', join(folder, 'inner'))
  execFileSync('mkfifo', [join(folder, 'Dockerfile.pipe')])
  mkdirSync(join(folder, 'Dockerfile.folder'))
  expect(readDockerfiles(null, folder).map(({ file, text, problem }) => [file, text, problem])).toEqual([
    ['Dockerfile.env', null, 'a file could not be read: its path contains a symbolic link'],
    ['Dockerfile.folder', null, 'a file could not be read: it is not a regular file'],
    ['Dockerfile.link', null, 'a file could not be read: its path contains a symbolic link'],
    ['Dockerfile.pipe', null, 'a file could not be read: it is not a regular file'],
  ])
  expect(readDockerfiles('inner/x', folder)).toMatchObject([{ text: null }])
})

test('when the working folder cannot be listed, or has none, then there is none', () => {
  expect(names()).toEqual([])
  expect(readDockerfiles(null, join(folder, 'gone'))).toEqual([])
})
