// Renews src/model/provenance/official-images.ts: the names of Docker's official images, one file each in the folder `library` of
// https://github.com/docker-library/official-images.
// Run: node script/renew-official-images.mjs [FOLDER]   (a checkout of that repository; default: asks GitHub's API)
// Fails, and changes nothing, if a name that everybody knows is not there.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TABLE = fileURLToPath(new URL('../src/model/provenance/official-images.ts', import.meta.url))
const REPOSITORY = 'docker-library/official-images'
const KNOWN = ['debian', 'python', 'node', 'nginx', 'postgres', 'golang', 'eclipse-temurin', 'ruby', 'php']

/** The file's text. */
export function tableOf(names, day) {
  const missing = KNOWN.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    throw new Error(`${missing.join(', ')}: not among the ${names.length} names that were read`)
  }
  const odd = names.filter((name) => !/^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/.test(name))
  if (odd.length > 0) {
    throw new Error(`${odd.join(', ')}: not a name of an image`)
  }
  const lines = [...names].sort().map((name) => `  '${name}',\n`)
  return `/**
 * Names of Docker's official images (https://github.com/${REPOSITORY}, folder \`library\`), as they were on ${day}.
 * Written by script/renew-official-images.mjs.
 */
export const OFFICIAL_IMAGES: ReadonlySet<string> = new Set([
${lines.join('')}])
`
}

async function officialImages() {
  const answer = await fetch(`https://api.github.com/repos/${REPOSITORY}/contents/library`)
  if (!answer.ok) {
    throw new Error(`GitHub answered ${answer.status}`)
  }
  const files = await answer.json()
  return files.map(({ name }) => name)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder, day = new Date().toISOString().slice(0, 10)] = process.argv
  const names = folder === undefined ? await officialImages() : readdirSync(join(folder, 'library'))
  writeFileSync(TABLE, tableOf(names, day))
}
