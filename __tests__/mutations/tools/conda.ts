import { join } from 'node:path'
import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { copiedFrom, kept } from './kept.js'

export interface CondaPackage {
  readonly name: string
  readonly version: string
  readonly build: string
  readonly files: Readonly<Record<string, string>>
}

/**
 * Tests do not need conda's channels: these are the files that conda writes, which are a record for each package in
 * conda-meta, and the package's own files below the prefix.
 */
export function conda(name: string, prefix: string, made: CondaPackage): Pick<Mutation, 'files' | 'lines'> {
  const { version, build, files } = made
  const stem = `${made.name}-${version}-${build}`
  const record = {
    build,
    build_number: Number(build.split('_').at(-1)),
    channel: 'https://repo.anaconda.com/pkgs/main/linux-64',
    depends: ['libgcc-ng >=7.3.0'],
    files: Object.keys(files),
    fn: `${stem}.tar.bz2`,
    link: { source: `${prefix}/pkgs/${stem}`, type: 1 },
    name: made.name,
    requested_spec: `${made.name}=${version}`,
    subdir: 'linux-64',
    url: `https://repo.anaconda.com/pkgs/main/linux-64/${stem}.tar.bz2`,
    version,
  }
  const all = {
    'conda-meta/history': `==> 2021-06-01 10:00:00 <==\n# cmd: conda install ${made.name}=${version}\n+${stem}\n`,
    [`conda-meta/${stem}.json`]: `${JSON.stringify(record, null, 2)}\n`,
    ...files,
  }
  const tree = () => kept(name, [prefix, all], (root) => write(join(root, prefix), all))
  return copiedFrom(tree, [prefix])
}
