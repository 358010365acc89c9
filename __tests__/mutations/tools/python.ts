import type { Mutation } from '../mutation.js'
import { runInDebian } from './debian.js'
import { copiedFrom, kept, run } from './kept.js'

const BUILDER = { release: 'trixie', packages: ['python3', 'python3-pip', 'python3-venv'] } as const

/** The Python of the image, for which packages are downloaded. */
const PYTHON = '3.13'
export const SITE = `/usr/local/lib/python${PYTHON}/dist-packages`

const PIP = [
  'export PIP_NO_INDEX=1 PIP_FIND_LINKS=/in PIP_BREAK_SYSTEM_PACKAGES=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_CACHE_DIR=1',
  'export PIP_NO_COMPILE=1',
]

export interface InPython {
  /** Wheels in /in, with those that they need. */
  readonly wheels?: readonly string[]
  /** Source archives in /in. */
  readonly sources?: readonly string[]
  readonly commands: readonly string[]
  /** What the commands have made, and the image gets. */
  readonly paths: readonly string[]
  /** Lines behind those that copy it. */
  readonly more?: readonly string[]
}

/** The part of a mutation that runs Python's own tools in a container with Debian's Python. */
export function inPython(name: string, make: InPython): Pick<Mutation, 'files' | 'lines'> {
  const { wheels = [], sources = [], commands, paths, more } = make
  const recipe = [BUILDER, PIP, wheels, sources, commands, paths]
  const tree = () =>
    kept(name, recipe, (out) => {
      const source = downloaded(wheels, sources)
      runInDebian(BUILDER, [...PIP, ...commands], { input: source, out, paths })
    })
  return copiedFrom(tree, paths, more)
}

function downloaded(wheels: readonly string[], sources: readonly string[]): string {
  return kept('python-downloads', [PYTHON, wheels, sources], (folder) => {
    const into = ['download', '-q', '-d', folder]
    if (wheels.length > 0) {
      run('pip', [...into, '--only-binary=:all:', '--python-version', PYTHON, ...wheels], folder)
    }
    for (const source of sources) {
      run('pip', [...into, '--no-deps', '--no-binary=:all:', source], folder)
    }
  })
}

/**
 * The commands that start an index of the wheels in /in on the container's own address, for tools that take nothing but an
 * index (PEP 503: a page for each project, with links to its files).
 */
export const INDEX = [
  'mkdir -p /tmp/index && for one in /in/*.whl; do base=$(basename "$one"); ' +
    'dir=/tmp/index/$(echo "$base" | cut -d- -f1 | tr A-Z_. a-z--); mkdir -p "$dir"; cp "$one" "$dir"; done',
  'python3 -m http.server -d /tmp/index --bind 127.0.0.1 8000 >/dev/null 2>&1 &',
  'sleep 1',
]
