// The hash over a folder of Docker Bench, by the gate's own code.
import { bundled } from './bundled.mjs'

/** @returns treeHash of src/checks/docker-bench/dbs/tree.ts */
export async function gatesTreeHash() {
  return (await bundled("export { treeHash } from './src/checks/docker-bench/dbs/tree.ts'")).treeHash
}
