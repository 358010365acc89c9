// Writes src/reports/html/script.ts, the script of report.html, from src/reports/html/browser: the gate embeds it as a
// text, in its tests too, which run without a build.
// Run: node script/page-script.mjs [--check]   (--check writes nothing, and fails if the file differs)
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PATH = join(ROOT, 'src/reports/html/script.ts')

/** esbuild breaks up `</script` in it. */
async function script() {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/reports/html/browser/main.ts'],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    write: false,
  })
  return outputFiles[0].text.trim()
}

const escaped = (await script()).replace(/[\\`]|\$\{/g, '\\$&')
const text = `// Made by script/page-script.mjs from the folder browser.\nexport const PAGE_SCRIPT = \`\n${escaped}\n\`.trim()\n`
if (!process.argv.includes('--check')) {
  writeFileSync(PATH, text)
} else if (readFileSync(PATH, 'utf8') !== text) {
  console.error(`${PATH}: not what script/page-script.mjs makes of the folder browser; run npm run build`)
  process.exitCode = 1
}
