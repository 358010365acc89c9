import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  homeFolder,
  isPlainIn,
  linkInside,
  listFolder,
  meetsCheckout,
  readInside,
  readPolicy,
  readText,
  removePath,
  workFolder,
  writeText,
} from '../../../../src/io/files/files.js'
import { makeFolders } from '../../../../src/io/files/make-folders.js'
import { problemThrownBy } from '../../../support/problems.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('homeFolder', () => {
  test('when nobody says where it is (no HOME, and a uid that /etc/passwd lacks), then it is the root', () => {
    const asNode = (): string => {
      throw new Error('A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)')
    }
    expect(homeFolder(asNode)).toBe('/')
    expect(homeFolder(() => '/home/x')).toBe('/home/x')
  })
})

describe('readText', () => {
  test('when there is no file, then null; when it is empty, then an empty text', () => {
    writeFileSync(join(folder, 'empty'), '')
    expect(readText(join(folder, 'none'))).toBeNull()
    expect(readText(join(folder, 'no/folder/none'))).toBeNull()
    expect(readText(join(folder, 'empty'))).toBe('')
  })

  test.each([
    ['a folder', ''],
    ['below a file', 'file/x'],
    ['a link that leads to itself', 'loop'],
  ])('when it is %s, then it is not taken for missing', (_, name) => {
    writeFileSync(join(folder, 'file'), '')
    symlinkSync('loop', join(folder, 'loop'))
    const problem = problemThrownBy(() => readText(join(folder, name)))
    expect(problem).toMatchObject({ code: 'file-unreadable', where: join(folder, name) })
  })
})

describe('the size of what is read', () => {
  test('when a device gives more and more, then reading ends at the limit', () => {
    const problem = problemThrownBy(() => readText('/dev/zero'))
    expect(problem).toMatchObject({ code: 'file-unreadable', where: '/dev/zero' })
    expect(problem.what).toContain('it is larger than 64 MiB')
  })

  test('when a file is as large as the limit, then it is read; one byte more, and it is not', () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'é'.repeat(300_000))
    expect(readText(file, 600_000)).toBe('é'.repeat(300_000))
    expect(problemThrownBy(() => readText(file, 599_999)).code).toBe('file-unreadable')
  })

  test('when it is a file of /proc, whose size is 0, then it is read nevertheless', () => {
    expect(readText('/proc/self/status')).toContain('VmRSS')
  })

  test('when a policy is a device or a pipe, then it is refused at once, and a link to a file is not', () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    writeFileSync(join(folder, 'file'), 'text')
    symlinkSync('file', join(folder, 'link'))
    for (const path of [pipe, '/dev/zero', folder]) {
      const problem = problemThrownBy(() => readPolicy(path))
      expect(problem).toMatchObject({ code: 'file-unreadable', where: path })
      expect(problem.what).toContain('it is not a regular file')
    }
    expect(readPolicy(join(folder, 'link'))).toBe('text')
    expect(readPolicy(join(folder, 'none'))).toBeNull()
  })
})

describe('what others have put there', () => {
  const why = (path: string, limit?: number) =>
    problemThrownBy(() => readInside(join(folder, path), folder, limit)).what
  const put = (path: string, text = 'text') => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  test('when it is a plain file, then it is read; where there is none, then null', () => {
    put('a/b/c.yml', 'é')
    expect(readInside(join(folder, 'a/b/c.yml'), folder)).toBe('é')
    expect(readInside(join(folder, 'a/../a/b/c.yml'), folder)).toBe('é')
    expect(readInside(join(folder, 'a/gone'), folder)).toBeNull()
    expect(readInside(join(folder, 'gone/gone'), folder)).toBeNull()
  })

  test('when the folder itself is reached by a link, as on some machines, then that is no matter', () => {
    put('real/file')
    symlinkSync('real', join(folder, 'work'))
    expect(readInside(join(folder, 'work/file'), join(folder, 'work'))).toBe('text')
  })

  test.each([
    ['a link at its end', 'link', 'its path contains a symbolic link'],
    ['a link that leads nowhere', 'broken', 'its path contains a symbolic link'],
    ['a link on the way', 'way/file', 'its path contains a symbolic link'],
    ['a link to the machine', 'environ', 'its path contains a symbolic link'],
    ['a pipe', 'pipe', 'it is not a regular file'],
    ['a folder', 'real', 'it is not a regular file'],
    ['what lies above', '../x', 'it is outside the working folder'],
    ['the folder', '.', 'it is outside the working folder'],
    ['a folder of the same beginning', `../${'x'.repeat(3)}`, 'it is outside the working folder'],
    ['the settings of git', '.git/config', "it is one of git's own files"],
    ['the same by other letters', '.GIT/config', "it is one of git's own files"],
    ['those of a submodule', 'sub/.git/config', "it is one of git's own files"],
  ])(
    'when it is %s, then nothing is read, nobody waits, and why is reported without its content',
    (_, path, reason) => {
      put('real/file', 'secret')
      put('.git/config', 'secret')
      put('sub/.git/config', 'secret')
      symlinkSync('real/file', join(folder, 'link'))
      symlinkSync('nowhere', join(folder, 'broken'))
      symlinkSync('real', join(folder, 'way'))
      symlinkSync('/proc/self/environ', join(folder, 'environ'))
      execFileSync('mkfifo', [join(folder, 'pipe')])
      expect(why(path)).toBe(`a file could not be read: ${reason}`)
    },
  )

  test('when it is larger than it may be, then it is not read', () => {
    put('large', 'x'.repeat(2049))
    expect(readInside(join(folder, 'large'), folder, 2049)).toHaveLength(2049)
    expect(why('large', 2048)).toBe('a file could not be read: it is larger than 2 KiB')
  })

  test('when an input names a file of the working folder, then as all in it; elsewhere a link will do', () => {
    const back = process.cwd()
    process.chdir(folder)
    try {
      put('file')
      symlinkSync('file', join(folder, 'link'))
      expect(readPolicy('file')).toBe('text')
      expect(problemThrownBy(() => readPolicy('link')).what).toContain('its path contains a symbolic link')
      expect(problemThrownBy(() => readPolicy('.git/config')).what).toContain("git's own")
    } finally {
      process.chdir(back)
    }
    expect(readPolicy(join(folder, 'link'))).toBe('text')
  })

  test('when a job runs below its workspace, then that is the working folder; else the directory is', () => {
    const here = process.cwd()
    expect(workFolder({})).toBe(here)
    expect(workFolder({ GITHUB_WORKSPACE: join(here, '..') })).toBe(join(here, '..'))
    expect(workFolder({ GITHUB_WORKSPACE: here })).toBe(here)
    expect(workFolder({ GITHUB_WORKSPACE: join(here, 'src') })).toBe(here)
    expect(workFolder({ GITHUB_WORKSPACE: folder })).toBe(here)
  })

  test('when a path is the working folder, in it or around it, by a link too, then it meets the checkout', () => {
    mkdirSync(join(folder, 'work/vendor'), { recursive: true })
    mkdirSync(join(folder, 'other'))
    symlinkSync('work/vendor', join(folder, 'outside-link'))
    symlinkSync('../other', join(folder, 'work/link'))
    const back = process.cwd()
    try {
      process.chdir(join(folder, 'work'))
      const meets = ['.', 'vendor', 'gone', 'link', '..', '../outside-link', join(folder, 'work/vendor')]
      expect(meets.filter((path) => !meetsCheckout(path))).toEqual([])
      expect(['../other', '../gone', '/usr'].filter(meetsCheckout)).toEqual([])
    } finally {
      process.chdir(back)
    }
  })

  test('when a path is no plain file or folder below another, then it is none', () => {
    put('a/file')
    symlinkSync('a', join(folder, 'link'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const plain = ['a', 'a/file', 'link', 'link/file', 'pipe', 'gone', '.', '..', '.git', 'a/.git/x']
    expect(plain.filter((path) => isPlainIn(join(folder, path), folder))).toEqual(['a', 'a/file'])
  })
})

describe('writeText', () => {
  test('when folders are missing, then they are made, and nothing but the file is left', () => {
    writeText(join(folder, 'a/b/c.txt'), 'é\n')
    writeText(join(folder, 'a/b/c.txt'), 'again')
    expect(readFileSync(join(folder, 'a/b/c.txt'), 'utf8')).toBe('again')
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.txt'])
  })

  test('when its place is a folder, then that is reported, and no half-written file is left', () => {
    mkdirSync(join(folder, 'taken/x'), { recursive: true })
    const problem = problemThrownBy(() => writeText(join(folder, 'taken'), 'text'))
    expect(problem).toMatchObject({ code: 'file-unwritable', where: join(folder, 'taken') })
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  test('when a parent is a file, then that is reported, and the file stays', () => {
    writeFileSync(join(folder, 'file'), 'mine')
    expect(problemThrownBy(() => writeText(join(folder, 'file/x'), 'text')).code).toBe('file-unwritable')
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine')
  })
})

describe('makeFolders', () => {
  test('when folders are missing, then each gets the mode, and those that exist keep theirs', () => {
    mkdirSync(join(folder, 'old'), { mode: 0o755 })
    makeFolders(join(folder, 'old/a/b'), 0o700)
    makeFolders(join(folder, 'old/a/b'), 0o755)
    const modes = ['old', 'old/a', 'old/a/b'].map((path) => statSync(join(folder, path)).mode & 0o777)
    expect(modes).toEqual([0o755, 0o700, 0o700])
  })

  test('when a link leads to a folder, then it stays, and folders are made behind it', () => {
    mkdirSync(join(folder, 'real'))
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    makeFolders(join(folder, 'link'))
    makeFolders(join(folder, 'link/a'))
    expect(listFolder(join(folder, 'real'))).toEqual(['a'])
  })

  test('when a parent is a file, or the kernel makes none, then that is an error, not an endless loop', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => makeFolders(join(folder, 'file'))).toThrow('EEXIST')
    expect(() => makeFolders(join(folder, 'file/a'))).toThrow('ENOTDIR')
    expect(() => makeFolders('/proc/seaworthy/report')).toThrow('ENOENT')
    expect(problemThrownBy(() => writeText('/proc/seaworthy/report/report.json', '{}')).code).toBe(
      'file-unwritable',
    )
  })
})

describe('linkInside', () => {
  test('when a link lies in the folder on the way to a path, then the first of them is reported', () => {
    mkdirSync(join(folder, 'in/plain'), { recursive: true })
    symlinkSync('/nowhere', join(folder, 'in/link'))
    symlinkSync(join(folder, 'in'), join(folder, 'way'))
    const root = join(folder, 'in')
    expect(linkInside(join(root, 'plain/new/report'), root)).toBeNull()
    expect(linkInside(join(root, 'link'), root)).toBe(join(root, 'link'))
    expect(linkInside(join(root, 'link/below/it'), root)).toBe(join(root, 'link'))
    // However the folder is reached, and whoever else has links on the way to it.
    expect(linkInside(join(folder, 'way/link/x'), root)).toBe(join(folder, 'way/link'))
    expect(linkInside(join(folder, 'way/plain'), root)).toBeNull()
    expect(linkInside(join(folder, 'way/plain'), folder)).toBe(join(folder, 'way'))
  })
})

describe('writing where somebody has put a link', () => {
  test('when the name of the half-written file is a link, then nothing is written behind it', () => {
    const target = join(folder, 'target')
    symlinkSync(target, join(folder, `.${process.pid}.tmp`))
    writeText(join(folder, 'file'), 'text')
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('text')
    expect(readdirSync(folder)).toEqual(['file'])
  })
})

describe('listFolder and removePath', () => {
  test('when there is no folder, then it is empty; else its names come sorted', () => {
    for (const name of ['b', 'a', '.c']) {
      writeFileSync(join(folder, name), '')
    }
    expect(listFolder(join(folder, 'none'))).toEqual([])
    expect(listFolder(folder)).toEqual(['.c', 'a', 'b'])
  })

  test('when it is a file, then that is reported', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(problemThrownBy(() => listFolder(join(folder, 'file')))).toMatchObject({
      code: 'file-unreadable',
      where: join(folder, 'file'),
    })
  })

  test('when a folder is removed, then with all that is in it, and what a link leads to stays', () => {
    mkdirSync(join(folder, 'out/in'), { recursive: true })
    writeFileSync(join(folder, 'kept'), 'kept')
    symlinkSync(join(folder, 'kept'), join(folder, 'out/in/link'))
    removePath(join(folder, 'out'))
    removePath(join(folder, 'out'))
    expect(readdirSync(folder)).toEqual(['kept'])
  })
})
