import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { list } from 'tar'
import { mergedTree } from '../../src/io/archive/tree/image-tree.js'
import type { LayerTree } from '../../src/io/archive/tree/layer-tree.js'
import { ancestorsOf } from '../../src/model/image/interest.js'
import { isEveryCase } from '../support/runs.js'
import { configOf, type Entry, sha256, tarOf } from '../unit/io/archive/build.js'
import { withTrees } from '../unit/io/archive/trees.js'
import { docker } from './support.js'

/** The layers of random images, merged by us and by the engine. */

const TOP = 'top'
const CASES = isEveryCase ? 300 : 40

/** What is at a path: for comparison, so without what an engine does not keep. */
type Shown = string

const names = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
const paths = names.map((parts) => `${TOP}/${parts.join('/')}`)
const linkTargets = fc.oneof(
  paths.map((path) => `/${path}`),
  names.map((parts) => `../${parts.join('/')}`),
  fc.constantFrom('a', '../../../../etc/passwd', '/nothing'),
)
const entries: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ path: paths, body: fc.string({ maxLength: 30 }) }) },
  {
    weight: 3,
    arbitrary: paths.map((path): Entry => ({ path: `${path}/`, type: 'Directory', mode: 0o755 })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ path: paths, linkpath: linkTargets, type: fc.constant('SymbolicLink' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ path: paths, linkpath: paths, type: fc.constant('Link' as const) }) },
  { weight: 2, arbitrary: paths.map((path) => ({ path: path.replace(/[^/]*$/, '.wh.$&') })) },
  { weight: 1, arbitrary: paths.map((path) => ({ path: `${path}/.wh..wh..opq` })) },
)
const images = fc.record({
  layers: fc
    .array(fc.array(entries, { maxLength: 12 }), { minLength: 2, maxLength: 6 })
    .map((layers) => unpackable(layers)),
  /** Whether each layer has the folders of its entries, as nearly all builders write them. */
  hasFolders: fc.boolean(),
})

/**
 * The layers without entries that the engine refuses, or for which the image-spec leaves open what they do: below what
 * is no directory; two entries at one path; hard links to what their layer does not have before them; whiteouts of what
 * their own layer has.
 */
function unpackable(layers: readonly (readonly Entry[])[]): readonly (readonly Entry[])[] {
  const kinds = new Map<string, Entry['type']>()
  return layers.map((layer) => {
    const own = new Map<string, Entry['type']>()
    const hidden = new Set<string>()
    const before = new Set<string>()
    return layer.filter((entry) => {
      const path = entry.path.replace(/\/$/, '')
      const name = posix.basename(path)
      const target = name === '.wh..wh..opq' ? posix.dirname(path) : path.replace('.wh.', '')
      const isBelowFile = ancestorsOf(target).some(
        (folder) => (kinds.get(folder) ?? 'Directory') !== 'Directory',
      )
      const isWhiteout = name.startsWith('.wh.')
      const isMixed = [target, ...ancestorsOf(target)].some((folder) => hidden.has(folder))
      if (isBelowFile || isMixed || before.has(path)) {
        return false
      }
      before.add(path)
      if (isWhiteout) {
        const isFile = (kinds.get(target) ?? 'Directory') !== 'Directory'
        const hasOwn = [...own.keys()].some((one) => one === target || one.startsWith(`${target}/`))
        if (hasOwn || (isFile && name === '.wh..wh..opq')) {
          return false
        }
        hidden.add(target)
        forget(kinds, target, name !== '.wh..wh..opq')
        // The engine makes the folder that the whiteout is in.
        for (const folder of ancestorsOf(path)) {
          own.set(folder, 'Directory')
        }
        return true
      }
      const linked = entry.type === 'Link' ? own.get(entry.linkpath ?? '') : entry.type
      if (
        entry.type === 'Link' &&
        (linked === undefined || linked === 'Directory' || entry.linkpath === path)
      ) {
        return false
      }
      if (entry.type !== 'Directory') {
        if (own.has(path)) {
          return false
        }
        forget(kinds, path, true)
      }
      for (const folder of ancestorsOf(path)) {
        kinds.set(folder, 'Directory')
        own.set(folder, 'Directory')
      }
      kinds.set(path, linked ?? 'File')
      own.set(path, linked ?? 'File')
      return true
    })
  })
}

/** The layers with an entry for each folder, before what is in it. */
function withFolders(layers: readonly (readonly Entry[])[]): readonly (readonly Entry[])[] {
  return layers.map((layer) => {
    const own = new Set<string>()
    return layer.flatMap((entry) => {
      if (own.has(entry.path)) {
        return []
      }
      own.add(entry.path)
      const missing = ancestorsOf(entry.path.replace(/\/$/, ''))
        .map((folder) => `${folder}/`)
        .filter((folder) => !own.has(folder))
        .sort()
      for (const folder of missing) {
        own.add(folder)
      }
      return [...missing.map((path): Entry => ({ path, type: 'Directory', mode: 0o755 })), entry]
    })
  })
}

function forget(kinds: Map<string, unknown>, path: string, withItself: boolean): void {
  for (const one of [...kinds.keys()]) {
    if (one.startsWith(`${path}/`) || (withItself && one === path)) {
      kinds.delete(one)
    }
  }
}

/** What a container sees, by our tree. Hard links lead to entries of their own layer here. */
function mergedByUs(trees: readonly LayerTree[]): ReadonlyMap<string, Shown> {
  const image = mergedTree(trees)
  const all = new Set(trees.flatMap((tree) => [...tree.index.entries()].map(({ path }) => path)))
  const shown = new Map<string, Shown>()
  for (const path of all) {
    const placed = image.at(path)
    if (placed !== null) {
      const { entry, layer } = placed
      const linked = entry.target === null ? entry : trees[layer]?.index.entry(entry.target)
      shown.set(path, shownAs(linked?.type ?? 'nothing', linked?.size ?? 0, linked?.linkPath ?? ''))
    }
  }
  return shown
}

function shownAs(type: string, size: number, linkPath: string): Shown {
  return type === 'directory'
    ? type
    : type === 'symlink'
      ? `${type} to ${linkPath}`
      : `${type} of ${size} bytes`
}

/** What the engine exports of a container that was never started, read by node-tar. */
function mergedByEngine(tag: string): ReadonlyMap<string, Shown> {
  const id = docker('create', tag, 'nothing').trim()
  containers.push(id)
  const { stdout, status } = spawnSync('docker', ['export', id], { maxBuffer: 2 ** 28 })
  expect(status).toBe(0)
  const file = join(folder, 'export.tar')
  writeFileSync(file, stdout)
  const shown = new Map<string, Shown>()
  list({
    file,
    sync: true,
    onReadEntry({ path, type, size, linkpath }) {
      const kind = { Directory: 'directory', SymbolicLink: 'symlink', Link: 'link' }[type as string] ?? 'file'
      const linked = kind === 'link' ? shown.get(linkpath ?? '') : undefined
      shown.set(path.replace(/\/$/, ''), linked ?? shownAs(kind, size, linkpath ?? ''))
    },
  })
  return new Map([...shown].filter(([path]) => path === TOP || path.startsWith(`${TOP}/`)))
}

const containers: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'merged-layers-'))
const tagOf = (at: number) => `seaworthy-test/merged-layers:${process.pid}-${at}`
const samples = fc
  .sample(images, { numRuns: CASES, seed: Date.now() })
  .map(({ layers, hasFolders }) => ({ hasFolders, layers: hasFolders ? withFolders(layers) : layers }))

/** All images, as one archive of `docker save`. */
function archiveOf(all: readonly (readonly (readonly Entry[])[])[]): Buffer {
  const files = new Map<string, string | Buffer>()
  const manifest = all.map((layers, at) => {
    const tars = layers.map((layer) => tarOf(layer))
    const config = configOf(tars)
    files.set(`${sha256(config)}.json`, config)
    for (const tar of tars) {
      files.set(`${sha256(tar)}/layer.tar`, tar)
    }
    return {
      Config: `${sha256(config)}.json`,
      RepoTags: [tagOf(at)],
      Layers: tars.map((tar) => `${sha256(tar)}/layer.tar`),
    }
  })
  files.set('manifest.json', JSON.stringify(manifest))
  return tarOf([...files].map(([path, body]) => ({ path, body })))
}

afterAll(() => {
  if (containers.length > 0) {
    docker('rm', ...containers)
    docker('rmi', ...containers.map((_, at) => tagOf(at)))
  }
})

test(`when ${CASES} random images are merged, then each has the files that the engine unpacks`, async () => {
  const loaded = spawnSync('docker', ['load'], {
    input: archiveOf(samples.map(({ layers }) => layers)),
    encoding: 'utf8',
  })
  expect([loaded.status, loaded.stderr]).toEqual([0, ''])
  const kinds = new Set<string>()
  for (const [at, { layers, hasFolders }] of samples.entries()) {
    // A folder without an entry exists by what is, or was, in it: nothing that a reader asks for.
    const compared = (shown: ReadonlyMap<string, Shown>) =>
      [...shown].filter(([, kind]) => hasFolders || kind !== 'directory').sort(([a], [b]) => (a < b ? -1 : 1))
    const ours = await withTrees(layers, mergedByUs)
    expect([at, layers, compared(ours)]).toEqual([at, layers, compared(mergedByEngine(tagOf(at)))])
    for (const shown of ours.values()) {
      kinds.add(shown.split(' ')[0] ?? '')
    }
  }
  expect([...kinds].sort()).toEqual(['directory', 'file', 'symlink'])
})
