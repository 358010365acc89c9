import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { type Builder, runInDebian } from './debian.js'
import { copiedFrom, kept, run } from './kept.js'

export interface InGo {
  /** `path@version`, and what the program does with it. */
  readonly module: string
  readonly imports: string
  /** An expression of the package. */
  readonly uses: string
  readonly flags: readonly string[]
  /** Where the image has the result. */
  readonly into: string
  readonly source?: (imports: string, uses: string) => string
  readonly env?: Readonly<Record<string, string>>
}

/** The part of a mutation that builds a program with the Go of this machine. */
export function inGo(name: string, make: InGo): Pick<Mutation, 'files' | 'lines'> {
  const { flags, into, env = {} } = make
  const tree = () =>
    kept(name, [make, sourceOf(make)], (root) => {
      const project = module(make, '1.24')
      mkdirSync(dirname(join(root, into)), { recursive: true })
      run('go', ['build', ...flags, '-o', join(root, into), '.'], project, { CGO_ENABLED: '0', ...env })
    })
  return copiedFrom(tree, [into])
}

/** Debian 11's Go, from before build information had one form for all programs (Go 1.18). */
const OLD: Builder = { release: 'bullseye', packages: ['golang-go'] }

/** The same with a Go older than 1.18; `go mod vendor` of this machine brings the module. */
export function inOldGo(name: string, make: InGo): Pick<Mutation, 'files' | 'lines'> {
  const { flags, into, env = {} } = make
  const variables = Object.entries({ CGO_ENABLED: '0', GOFLAGS: '-mod=vendor', ...env })
  const commands = [
    'cp -r /in /srv/source && cd /srv/source',
    `export GOCACHE=/tmp/cache ${variables.map(([key, value]) => `${key}=${value}`).join(' ')}`,
    `mkdir -p ${dirname(into)}`,
    `go build ${flags.map((flag) => `'${flag}'`).join(' ')} -o ${into} .`,
  ]
  const tree = () =>
    kept(name, [OLD, make, sourceOf(make), commands], (out) => {
      const source = module(make, '1.15')
      run('go', ['mod', 'vendor'], source)
      runInDebian(OLD, commands, { input: source, out, paths: [into] })
    })
  return copiedFrom(tree, [into])
}

function module(make: InGo, language: string): string {
  return kept('go-module', [make.module, sourceOf(make), language], (folder) => {
    write(folder, { 'go.mod': `module example.org/shop\n\ngo ${language}\n`, 'main.go': sourceOf(make) })
    run('go', ['mod', 'edit', `-require=${make.module}`], folder)
    run('go', ['mod', 'tidy'], folder)
  })
}

function sourceOf({ imports, uses, source = program }: InGo): string {
  return source(imports, uses)
}

function program(imports: string, uses: string): string {
  return `package main\n\nimport (\n\t"fmt"\n\n\tused "${imports}"\n)\n\nfunc main() { fmt.Println("ready", ${uses}) }\n`
}

/** A library with a function of C's calling convention. */
export function library(imports: string, uses: string): string {
  return `package main\n\nimport "C"\n\nimport (\n\t"fmt"\n\n\tused "${imports}"\n)\n\n//export Start\nfunc Start() { fmt.Println("ready", ${uses}) }\n\nfunc main() {}\n`
}
