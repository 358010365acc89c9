// Images on one base, each with a layer of its own: for the benchmark and the tests of many images in one run.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Builds them, named `NAME-1:1` and so on; returns their names. */
export function buildMany(name, count, base) {
  const folder = mkdtempSync(join(tmpdir(), 'sw-many-'))
  try {
    return Array.from({ length: count }, (_, at) => {
      const tag = `${name}-${at + 1}:1`
      writeFileSync(join(folder, 'own'), `${tag}\n`.repeat(100_000))
      const lines = [`FROM ${base}`, 'COPY own /opt/own', `LABEL number=${at + 1}`, 'USER 10001']
      const rest = ['HEALTHCHECK CMD true', 'CMD ["sleep", "60"]', '']
      writeFileSync(join(folder, 'Dockerfile'), [...lines, ...rest].join('\n'))
      execFileSync('docker', ['build', '-q', '-t', tag, folder], { stdio: 'ignore' })
      return tag
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Missing ones are no error. */
export function removeMany(images) {
  execFileSync('docker', ['rmi', '-f', ...images], { stdio: 'ignore' })
}
