import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker, lines, newFolder } from './support.js'

/**
 * An image of this Dockerfile that stays for other runs of the day: one for which apt brings updates or packages takes longer
 * to make than to judge. Another Dockerfile, or another base, makes it again; images of other days are removed.
 * @param context a folder with the files that the Dockerfile copies
 */
export function madeToday(name: string, dockerfile: readonly string[], context = newFolder()): string {
  const repository = `seaworthy-dev/${name}`
  const base = dockerfile[0]?.replace(/^FROM /, '') ?? ''
  const id = docker('image', 'inspect', '-f', '{{.Id}}', base).trim()
  const copied = readdirSync(context).map((file) => readFileSync(join(context, file), 'utf8'))
  const recipe = createHash('sha256')
    .update(JSON.stringify([id, dockerfile, copied]))
    .digest('hex')
  const day = new Date().toISOString().slice(0, 10)
  const tag = `${repository}:${day}-${recipe.slice(0, 12)}`
  const listed = lines(docker('images', '--format', '{{.Repository}}:{{.Tag}}', repository))
  if (!listed.includes(tag)) {
    writeFileSync(join(context, 'Dockerfile'), `${dockerfile.join('\n')}\n`)
    docker('build', '-q', '-t', tag, context)
    for (const old of listed.filter((one) => !one.startsWith(`${repository}:${day}`))) {
      docker('rmi', '-f', '--no-prune', old)
    }
  }
  return tag
}
