import { describe, expect, test } from '@jest/globals'
import type { LayerFacts } from '../../../../src/model/image/image.js'
import { mergeLayers } from '../../../../src/model/image/layers.js'

let made = 0
function aLayer(facts: Partial<LayerFacts> = {}): LayerFacts {
  made++
  const empty = { size: 1024, files: {}, unreadable: {}, removed: [], opaque: [], setuid: [] }
  return { diffId: `sha256:${String(made).padStart(64, '0')}`, ...empty, ...facts }
}
const setuid = (path: string): LayerFacts['setuid'][number] => ({ path, mode: 0o4755, uid: 0, gid: 0 })

describe('mergeLayers', () => {
  test('when a later layer has the file again, then its text and its layer are the later ones', () => {
    const layers = [
      aLayer({ files: { 'etc/passwd': 'old', 'etc/x': 'x' } }),
      aLayer({ files: { 'etc/passwd': 'new' } }),
    ]
    const root = mergeLayers(layers)
    expect(root.files).toEqual({ 'etc/x': 'x', 'etc/passwd': 'new' })
    expect(root.introducedBy).toEqual({ 'etc/x': layers[0]?.diffId, 'etc/passwd': layers[1]?.diffId })
  })

  test('when a whiteout names a directory, then all below it goes and nothing next to it', () => {
    const lower = aLayer({
      files: { 'a/b/status': '1', 'a/bc/status': '2' },
      unreadable: { 'a/b/c': 'why' },
      setuid: [setuid('a/b/su'), setuid('a/bc/su')],
    })
    const root = mergeLayers([lower, aLayer({ removed: ['a/b'] })])
    expect(root.files).toEqual({ 'a/bc/status': '2' })
    expect(root.unreadable).toEqual({})
    expect(root.setuid.map((file) => file.path)).toEqual(['a/bc/su'])
  })

  test('when a layer removes and has the same path, then its own file stays', () => {
    const root = mergeLayers([
      aLayer({ files: { 'a/status': '1' } }),
      aLayer({ removed: ['a'], files: { 'a/status': '2' } }),
    ])
    expect(root.files).toEqual({ 'a/status': '2' })
  })

  test('when a directory is opaque, then what lower layers have in it goes, its own stays', () => {
    const lower = aLayer({ files: { 'a/status': '1', 'b/status': '1' } })
    const root = mergeLayers([lower, aLayer({ opaque: ['a'], files: { 'a/d/status': '2' } })])
    expect(root.files).toEqual({ 'b/status': '1', 'a/d/status': '2' })
  })

  test('when the root is opaque, then nothing of the lower layers is left', () => {
    const lower = aLayer({
      files: { 'a/status': '1' },
      unreadable: { '.': 'too many' },
      setuid: [setuid('su')],
    })
    const root = mergeLayers([lower, aLayer({ opaque: ['.'] })])
    expect(root).toEqual({
      files: {},
      introducedBy: {},
      unreadable: {},
      setuid: [],
      applications: new Map(),
      programs: new Map(),
      credentials: new Map(),
      accounts: new Map(),
    })
  })

  test('when an opaque mark comes in the lowest layer, then it does nothing', () => {
    expect(mergeLayers([aLayer({ opaque: ['a'], files: { 'a/status': '1' } })]).files).toEqual({
      'a/status': '1',
    })
  })

  test('when a parent becomes a link, then what was below is hidden, and the link is reported', () => {
    const root = mergeLayers([
      aLayer({ files: { 'var/lib/dpkg/status': '1' } }),
      aLayer({ unreadable: { 'var/lib/dpkg': 'a symbolic link' } }),
    ])
    expect(root.files).toEqual({})
    expect(root.unreadable).toEqual({ 'var/lib/dpkg': 'a symbolic link' })
  })

  test('when the link is removed later, then nothing is unreadable', () => {
    const link = aLayer({ unreadable: { 'var/lib/dpkg': 'a symbolic link' } })
    expect(mergeLayers([link, aLayer({ removed: ['var/lib/dpkg'] })]).unreadable).toEqual({})
  })

  test('when a file lies below a link that is still there, then the link is still told', () => {
    const link = aLayer({ unreadable: { 'var/lib/dpkg': 'a symbolic link' } })
    const root = mergeLayers([link, aLayer({ files: { 'var/lib/dpkg/status': '1' } })])
    expect(root.unreadable).toEqual({ 'var/lib/dpkg': 'a symbolic link' })
  })

  test('when a file was too large and a later layer has a small one, then it is read', () => {
    const large = aLayer({ unreadable: { 'var/lib/dpkg/status': 'too large' } })
    const root = mergeLayers([large, aLayer({ files: { 'var/lib/dpkg/status': '1' } })])
    expect(root.unreadable).toEqual({})
    expect(root.files).toEqual({ 'var/lib/dpkg/status': '1' })
  })

  test('when what stands for the whole image is reported, then a file or whiteout does not clear it', () => {
    const root = mergeLayers([
      aLayer({ unreadable: { '.': 'too many' } }),
      aLayer({ removed: ['a'], files: { b: '1' } }),
    ])
    expect(root.unreadable).toEqual({ '.': 'too many' })
  })

  test('when the same layers are merged again, then it is the same root, and for others another', () => {
    const layers = [aLayer({ files: { a: '1' } })]
    expect(mergeLayers(layers)).toBe(mergeLayers(layers))
    expect(mergeLayers([...layers, aLayer({ removed: ['a'] })]).files).toEqual({})
  })

  test('when there are no layers, then the root is empty', () => {
    expect(mergeLayers([])).toEqual({
      files: {},
      introducedBy: {},
      unreadable: {},
      setuid: [],
      applications: new Map(),
      programs: new Map(),
      credentials: new Map(),
      accounts: new Map(),
    })
  })
})
