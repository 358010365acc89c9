import type { Mutation } from '../mutation.js'
import { type CondaPackage, conda } from '../tools/conda.js'
import { inMaven } from '../tools/java.js'
import { inNode } from '../tools/node.js'
import { inComposer } from '../tools/php.js'
import { inPython } from '../tools/python.js'
import { inRuby } from '../tools/ruby.js'

/** What cannot be seen by design. Yarn Plug'n'Play is next to the other forms of Yarn (node.ts). */
const CHANNEL =
  'OSV has no advisories for packages of conda channels, so conda packages are counted, not judged'

function inConda(at: number, prefix: string, made: CondaPackage): Mutation {
  return {
    id: `application/conda/${at}`,
    on: 'python',
    what: `${made.name} ${made.version} of a conda channel, in ${prefix}`,
    ...conda(`conda-${at}`, prefix, made),
    subject: { path: prefix.slice(1) },
    byDesign: CHANNEL,
  }
}

const BARE =
  'nothing in the image states the name and version of source code that was copied without metadata'

type Made = Pick<Mutation, 'files' | 'lines'>
function bare(at: number, on: Mutation['on'], package_: string, what: string, made: Made): Mutation {
  return {
    id: `application/source/${at}`,
    on,
    what: `${what}, copied without metadata`,
    ...made,
    subject: { package: package_ },
    byDesign: BARE,
  }
}

export const UNLISTED: readonly Mutation[] = [
  inConda(1, '/opt/conda', {
    name: 'openssl',
    version: '1.1.1k',
    build: 'h27cfd23_0',
    files: { 'include/openssl/opensslv.h': '#define OPENSSL_VERSION_TEXT "OpenSSL 1.1.1k  25 Mar 2021"\n' },
  }),
  inConda(2, '/srv/app/env', {
    name: 'libwebp-base',
    version: '1.2.4',
    build: 'h5eee18b_1',
    files: { 'lib/pkgconfig/libwebp.pc': 'Name: libwebp\nDescription: WebP codec\nVersion: 1.2.4\n' },
  }),
  inConda(3, '/home/app/micromamba/envs/shop', {
    name: 'libcurl',
    version: '7.68.0',
    build: 'h20c2e04_0',
    files: { 'lib/pkgconfig/libcurl.pc': 'Name: libcurl\nDescription: transfers\nVersion: 7.68.0\n' },
  }),

  bare(
    1,
    'python',
    'pypi/jinja2',
    'Jinja2 2.11.2',
    inPython('source-1', {
      wheels: ['jinja2==2.11.2'],
      commands: [
        'pip install --target /tmp/copy jinja2==2.11.2',
        'mkdir -p /srv/app/vendor && cp -r /tmp/copy/jinja2 /srv/app/vendor',
      ],
      paths: ['/srv/app/vendor'],
    }),
  ),
  bare(
    2,
    'node',
    'npm/lodash',
    'lodash 4.17.20, one file',
    inNode('source-2', {
      tool: 'npm',
      project: '/srv/shop',
      dependencies: { lodash: '4.17.20' },
      args: ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
      paths: [],
      more: ['COPY image/srv/shop/node_modules/lodash/lodash.min.js /srv/app/static/lodash.js'],
    }),
  ),
  bare(
    3,
    'java',
    'maven/org.apache.commons/commons-text',
    'classes of commons-text 1.9',
    inMaven('source-3', {
      dependencies: ['org.apache.commons:commons-text:1.9'],
      goals: [
        'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack-dependencies',
        '-DoutputDirectory=target/classes',
        '-Dmdep.unpack.excludes=META-INF/**',
      ],
      takes: { '/srv/app/classes': 'target/classes' },
    }),
  ),
  bare(
    4,
    'go',
    'gem/rack',
    'the libraries of rack 2.1.4',
    inRuby('source-4', 'rack', ['cp -r /tmp/gem/lib /srv/shop/lib'], ['/srv/shop/lib']),
  ),
  bare(
    5,
    'go',
    'composer/twig/twig',
    'the sources of Twig 3.4.2',
    inComposer('source-5', {
      package: 'twig/twig',
      version: 'v3.4.2',
      command:
        'composer install --no-interaction && mkdir -p /srv/lib && cp -r vendor/twig/twig/src /srv/lib/twig',
      project: '/srv/shop',
      paths: ['/srv/lib/twig'],
    }),
  ),
]
