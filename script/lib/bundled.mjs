// Code of src for scripts, which run without a build.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Imports a bundle of TypeScript.
 * @param contents exports, with paths from the root of the repository
 * @param external packages that stay outside of it
 */
export async function bundled(contents, external = []) {
  const bundle = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    external,
    logLevel: 'silent',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(`${ROOT}/`)})`,
    },
  })
  const code = Buffer.from(bundle.outputFiles[0].contents).toString('base64')
  return import(`data:text/javascript;base64,${code}`)
}
