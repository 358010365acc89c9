// The hash over a folder of Docker Bench, by the gate's own code.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const REPO = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** @returns treeHash of src/checks/docker-bench/dbs/tree.ts */
export async function gatesTreeHash() {
  const made = await build({
    entryPoints: [join(REPO, 'src/checks/docker-bench/dbs/tree.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  })
  const code = Buffer.from(made.outputFiles[0].contents).toString('base64')
  return (await import(`data:text/javascript;base64,${code}`)).treeHash
}
