import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutation } from '../mutation.js'
import { runInDebian } from '../tools/debian.js'
import { copiedFrom, kept } from '../tools/kept.js'
import { APPLICATIONS, type ApplicationName, applicationFolder, copied } from '../tools/simplest.js'

function placed(
  form: string,
  name: ApplicationName,
  { what, ...made }: Pick<Mutation, 'what' | 'files' | 'lines'>,
): Mutation {
  const { on, what: application, subject } = APPLICATIONS[name]
  return {
    ...{ id: `placement/further-${form}/1`, on, what: `${application}, ${what}` },
    ...{ files: copied(name), ...made, subject },
  }
}

const WORKER = '/usr/local/bin/worker'

/** `upx -t` unpacks it again, so what the program is made of is in the file. */
function compressed(): Pick<Mutation, 'files' | 'lines'> {
  const commands = [`mkdir -p /usr/local/bin && upx -q -o ${WORKER} /in/worker && upx -t ${WORKER}`]
  const tree = () =>
    kept('further-upx', [APPLICATIONS.text0.recipe, commands], (out) => {
      const folder = applicationFolder('text0')
      runInDebian({ release: 'trixie', packages: ['upx-ucl'] }, commands, {
        input: folder,
        out,
        paths: [WORKER],
      })
    })
  return copiedFrom(tree, [WORKER])
}

/** As a checkout of Windows has text files. */
function withWindowsLines(content: string): void {
  const [folder = ''] = readdirSync(content).filter((name) => name.endsWith('.dist-info'))
  const file = join(content, folder, 'METADATA')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\r?\n/g, '\r\n'))
}

/** The end record of a zip is then 60,000 bytes in front of the file's end, which readers have to look for. */
function withComment(content: string): void {
  const script =
    'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "a") as jar:\n    jar.comment = b"-" * 60000'
  const [jar = ''] = readdirSync(content)
  execFileSync('python', ['-c', script, join(content, jar)])
}

const PACKED = '/srv/app/site.tar.gz'

export const FURTHER_PLACEMENT: readonly Mutation[] = [
  {
    ...placed('compressed', 'text0', { what: 'compressed by UPX', ...compressed() }),
    // What was compressed may be named by its path alone.
    subject: { path: WORKER.slice(1) },
  },
  placed('tar', 'jinja2', {
    what: `in ${PACKED}, which the command unpacks when the container starts`,
    files: copied('jinja2', (content, context) => {
      execFileSync('tar', ['-czf', join(context, 'packed'), '-C', content, '.'])
    }),
    lines: [
      `COPY packed ${PACKED}`,
      `CMD ["sh", "-c", "python3 -m tarfile -e ${PACKED} /tmp/site && PYTHONPATH=/tmp/site exec python3 /srv/app/main.py"]`,
    ],
  }),
  placed('windows-lines', 'sqlparse', {
    what: 'its METADATA with the line ends of Windows',
    files: copied('sqlparse', withWindowsLines),
    lines: ['COPY content /usr/local/lib/python3.13/dist-packages'],
  }),
  placed('line-break', 'minimist', {
    what: 'below a folder with a line break in its name',
    lines: ['COPY ["content", "/srv/app/plug\\nins/node_modules/"]'],
  }),
  placed('volume', 'snakeyaml', {
    what: 'below a path that is then declared a VOLUME',
    lines: ['COPY content /srv/data/plugins', 'VOLUME /srv/data'],
  }),
  placed('long-comment', 'jackson', {
    what: 'its jar with a comment of 60,000 bytes at the end of the zip',
    files: copied('jackson', withComment),
    lines: ['COPY content /srv/app/lib'],
  }),
]
