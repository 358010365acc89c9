// Renews the table of src/feeds/osv/least.ts: how many advisories the OSV bucket has of each ecosystem today.
// Run: node script/renew-osv-least.mjs [ADDRESS]   (default: the bucket; asks for the end of each zip, not for all of it)
// Fails, and changes nothing, if one zip or one well-known advisory is not there.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TABLE = fileURLToPath(new URL('../src/feeds/osv/least.ts', import.meta.url))
const BUCKET = 'https://osv-vulnerabilities.storage.googleapis.com/'
const [BEGIN, END] = ['  // begin of what the script writes\n', '  // end of what the script writes\n']

/** The number of entries, from the end record of a zip (APPNOTE.TXT, 4.3.14 and 4.3.16). */
export function entriesIn(tail) {
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (at < 0) {
    throw new Error('the end of a zip is missing')
  }
  const count = tail.readUInt16LE(at + 10)
  const at64 = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 6, 6]), at)
  return count === 0xffff && at64 >= 0 ? Number(tail.readBigUInt64LE(at64 + 32)) : count
}

/** The lines of the table, with the numbers of `seen` (ecosystem → count). */
export function renewed(text, counts, from) {
  const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)]
  const lines = text
    .slice(begin, end)
    .replace(/^ {2}('?)([\w.]+)\1: \{\n?\s*seen: \S+,\s+from: '[^']*',/gm, (_, quote, name) => {
      return `  ${quote}${name}${quote}: {\n    seen: ${counts[name]},\n    from: '${from}',`
    })
  return text.slice(0, begin) + lines + text.slice(end)
}

async function get(url, headers = {}) {
  const answer = await fetch(url, { headers })
  if (!answer.ok) {
    throw new Error(`${url}: the server answered ${answer.status}`)
  }
  return Buffer.from(await answer.arrayBuffer())
}

async function main(address) {
  const text = readFileSync(TABLE, 'utf8')
  const counts = {}
  for (const [, ecosystem, ids] of text.matchAll(/^ {2}'?([\w.]+)'?: \{[^}]*known: \[([^\]]*)\]/gm)) {
    const tail = await get(new URL(`${ecosystem}/all.zip`, address), { range: 'bytes=-65557' })
    counts[ecosystem] = entriesIn(tail)
    for (const id of ids.match(/[\w-]+/g) ?? []) {
      await get(new URL(`${ecosystem}/${id}.json`, address))
    }
  }
  writeFileSync(TABLE, renewed(text, counts, `the bucket, ${new Date().toISOString().slice(0, 10)}`))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv[2] ?? BUCKET)
}
