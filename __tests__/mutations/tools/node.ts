import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { copiedFrom, kept, run } from './kept.js'

/** Package managers at a version, and the script that each starts. */
const TOOLS = {
  pnpm: { package: 'pnpm@10.34.8', starts: 'pnpm/bin/pnpm.cjs' },
  yarn1: { package: 'yarn@1.22.22', starts: 'yarn/bin/yarn.js' },
  yarn4: { package: '@yarnpkg/cli-dist@4.9.1', starts: '@yarnpkg/cli-dist/bin/yarn.js' },
  bun: { package: '@oven/bun-linux-x64@1.3.4', starts: '@oven/bun-linux-x64/bin/bun' },
} as const

export interface InNode {
  readonly tool: 'npm' | keyof typeof TOOLS
  /** The project's folder in the image. */
  readonly project: string
  readonly dependencies?: Readonly<Record<string, string>>
  /** More of package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, string>>
  /** ROOT stands for the folder that becomes the image's root. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What the image gets; the project's folder by default. */
  readonly paths?: readonly string[]
  readonly more?: readonly string[]
}

/** The part of a mutation that installs a project with one of Node's package managers. */
export function inNode(name: string, make: InNode): Pick<Mutation, 'files' | 'lines'> {
  const { tool, project, dependencies, manifest, files = {}, args, env = {}, paths = [project], more } = make
  const known = tool === 'npm' ? 'npm' : TOOLS[tool]
  const tree = () =>
    kept(name, [known, project, dependencies, manifest, files, args, env], (root) => {
      const rooted = (text: string) => text.replaceAll('ROOT', root)
      const folder = join(root, project)
      mkdirSync(folder, { recursive: true })
      const own = { name: 'shop', version: '1.0.0', private: true, dependencies, ...manifest }
      write(folder, { 'package.json': `${JSON.stringify(own, null, 2)}\n`, ...files })
      const [command, ...first] = commandOf(tool)
      // In CI, pnpm and Yarn have other defaults.
      const variables = Object.entries({ CI: '', ...env }).map(([key, value]) => [key, rooted(value)])
      run(command, [...first, ...args.map(rooted)], folder, Object.fromEntries(variables))
    })
  return copiedFrom(tree, paths, more)
}

function commandOf(tool: InNode['tool']): readonly [string, ...string[]] {
  if (tool === 'npm') {
    return ['npm']
  }
  const { package: package_, starts } = TOOLS[tool]
  const folder = kept('node-tool', package_, (into) => {
    run('npm', ['install', '--prefix', into, '--ignore-scripts', '--no-audit', '--no-fund', package_], into)
  })
  const file = join(folder, 'node_modules', starts)
  return tool === 'bun' ? [file] : [process.execPath, file]
}
