// Writes policies/schema/*.json, the JSON Schemas for editors, from the schemas in the code.
// With --check it writes nothing and fails where a file differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundled } from './lib/bundled.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const { z, whitelistSchema, gateSchema, dictionarySchema, ReportSchema } = await bundled(`
  export { z } from 'zod'
  export { whitelistSchema } from './src/policy/whitelist/schema.ts'
  export { gateSchema } from './src/policy/gate/read.ts'
  export { dictionarySchema } from './src/policy/dictionary/schema.ts'
  export { ReportSchema } from './src/reports/json/schema.ts'`)

const isCheck = process.argv.includes('--check')
const different = []
// Files that people write are described as they are written, the report as it is output.
const schemas = [
  { name: 'whitelist', schema: whitelistSchema, io: 'input' },
  { name: 'gate', schema: gateSchema, io: 'input' },
  { name: 'dictionary', schema: dictionarySchema, io: 'input' },
  { name: 'report', schema: ReportSchema, io: 'output' },
]
for (const { name, schema, io } of schemas) {
  const path = join(root, 'policies', 'schema', `${name}.schema.json`)
  const text = `${JSON.stringify(z.toJSONSchema(schema, { io }), null, 2)}\n`
  if (isCheck) {
    if (read(path) !== text) {
      different.push(path)
    }
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
if (different.length > 0) {
  console.error(`${different.join(', ')}: not what the code says; run npm run schema`)
  process.exit(1)
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') {
      return null
    }
    throw error
  }
}
