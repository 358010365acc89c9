import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BASES, docker, newFolder } from '../../live/support.js'
import { zipOf } from '../../support/hostile-zip.js'
import { goProgram } from '../../support/programs.js'

/** The four images, as one would build them; `rg` has Ruby and Go. */
export const NAMES = ['py', 'java', 'rg', 'np'] as const
export type Name = (typeof NAMES)[number]

const made: string[] = []
export function removeOracleImages(): void {
  for (const image of made.splice(0).reverse()) {
    docker('rmi', '-f', image)
  }
}

export function buildOracleImages(): Readonly<Record<Name, string>> {
  const build = (name: Name, fill: (context: string) => readonly string[]): string => {
    const context = join(newFolder(), name)
    mkdirSync(context)
    const lines = fill(context)
    writeFileSync(join(context, 'Dockerfile'), [`FROM ${BASES.bookworm}`, ...lines, ''].join('\n'))
    const tag = `seaworthy-test/oracles-${name}-${process.pid}:1`
    docker('build', '-q', '-t', tag, context)
    made.push(tag)
    rmSync(context, { recursive: true })
    return tag
  }
  return {
    py: build('py', python),
    java: build('java', java),
    rg: build('rg', rubyAndGo),
    np: build('np', npmAndPhp),
  }
}

function apt(...packages: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  return `RUN apt-get update && DEBIAN_FRONTEND=noninteractive ${install} && rm -rf /var/lib/apt/lists/*`
}

function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
  }
}

const SITE = '/usr/local/lib/python3.11/dist-packages'

function python(context: string): readonly string[] {
  const pip = (folder: string, ...packages: readonly string[]) =>
    execFileSync('pip', [
      'install',
      '-q',
      '--no-deps',
      '--no-compile',
      '--target',
      join(context, folder),
      ...packages,
    ])
  pip(
    'site',
    ...['Django==3.2', 'Jinja2==2.10', 'jupyter_server==2.7.0', 'requests==2.32.3', 'urllib3==2.2.2'],
    ...['idna==2.7', 'certifi==2022.12.7', 'Werkzeug==2.0.0'],
  )
  pip('newer', 'Werkzeug==3.0.6')
  pip(
    'venv',
    ...[
      'Pillow==9.5.0',
      'requests==2.19.0',
      'urllib3==1.26.4',
      'Flask==0.12.2',
      'Mako==1.2.1',
      'httplib2==0.18.0',
    ],
  )
  const odd = [
    'torch 1.13.0+cpu',
    'aiohttp 3.8.0b0',
    'paramiko 2.4.post1',
    'tornado 6.3.2.dev0',
    'sqlparse 0.4.4RC1',
  ]
  for (const one of [...odd, 'PyYAML 5.1']) {
    const [name, version] = one.split(' ')
    const text = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`
    write(join(context, 'odd'), { [`${name}-${version}.dist-info/METADATA`]: text })
  }
  return [
    apt('python3-requests', 'python3-jinja2', 'python3-yaml'),
    `COPY site ${SITE}`,
    `RUN cd ${SITE} && rm -r idna* certifi* Werkzeug*`,
    `COPY newer ${SITE}`,
    'COPY venv /opt/venv/lib/python3.11/site-packages',
    'COPY odd /opt/odd/lib/python3.11/site-packages',
  ]
}

/** @returns path of a jar as Maven Central has it */
function mavenJars(folder: string, coordinates: readonly string[]): (name: string) => string {
  const dependency = (one: string) => {
    const [group, artifact, version] = one.split(':')
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  }
  const head =
    '<modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version>'
  write(folder, {
    'pom.xml': `<project>${head}<dependencies>${coordinates.map(dependency).join('')}</dependencies></project>`,
  })
  const goal = ['dependency:copy-dependencies', '-DexcludeTransitive=true', '-DoutputDirectory=jars']
  execFileSync('mvn', ['-q', '-B', ...goal], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return (name) => join(folder, 'jars', name)
}

function java(context: string): readonly string[] {
  const jar = mavenJars(join(newFolder(), 'maven'), [
    ...[
      'org.apache.logging.log4j:log4j-core:2.14.1',
      'org.apache.commons:commons-text:1.9',
      'org.yaml:snakeyaml:1.33',
    ],
    ...['com.fasterxml.jackson.core:jackson-databind:2.13.2', 'org.springframework:spring-beans:5.3.17'],
    ...['org.springframework:spring-webmvc:5.2.20.RELEASE', 'io.netty:netty-codec-http:4.1.70.Final'],
    ...['com.google.guava:guava:29.0-jre', 'io.netty:netty-handler:4.1.94.Final'],
  ])
  const good = mavenJars(join(newFolder(), 'maven'), [
    ...['org.apache.logging.log4j:log4j-core:2.17.1', 'com.google.guava:guava:32.0.0-jre'],
    'com.fasterxml.jackson.core:jackson-databind:2.13.2.1',
  ])
  const lib = join(context, 'lib')
  cpSync(dirname(jar('x')), lib, { recursive: true })
  cpSync(dirname(good('x')), lib, { recursive: true })
  const [log4j, databind] = ['log4j-core-2.14.1.jar', 'jackson-databind-2.13.2.jar']
  const stored = (name: string, from: string) => ({ name, body: readFileSync(jar(from)), stored: true })
  const manifest = { name: 'META-INF/MANIFEST.MF', body: 'Manifest-Version: 1.0\r\n\r\n' }
  const pom = (group: string, artifact: string, version: string) => ({
    name: `META-INF/maven/${group}/${artifact}/pom.properties`,
    body: `version=${version}\ngroupId=${group}\nartifactId=${artifact}\n`,
  })
  write(context, {
    'apps/shop.war': zipOf([manifest, stored(`WEB-INF/lib/${log4j}`, log4j)]),
    'apps/boot.jar': zipOf([
      manifest,
      pom('a.example', 'boot', '1.0'),
      stored(`BOOT-INF/lib/${databind}`, databind),
    ]),
    'apps/shaded.jar': zipOf([
      manifest,
      pom('a.example', 'shaded', '1.0'),
      pom('org.apache.commons', 'commons-text', '1.9'),
    ]),
    'first/log4j.jar': readFileSync(jar(log4j)),
    'second/log4j.jar': readFileSync(good('log4j-core-2.17.1.jar')),
  })
  renameSync(join(lib, 'snakeyaml-1.33.jar'), join(lib, 'yaml.jar'))
  return [
    apt('libguava-java', 'liblog4j2-java', 'libspring-web-java'),
    'COPY lib /opt/app/lib',
    'COPY apps /opt/app',
    'COPY first /opt/app/over',
    'COPY second /opt/app/over',
  ]
}

/** As RubyGems writes it when it installs a gem. */
function gemspec(name: string, version: string, platform = 'ruby'): string {
  return [
    '# -*- encoding: utf-8 -*-',
    `# stub: ${name} ${version} ${platform} lib`,
    '',
    'Gem::Specification.new do |s|',
    `  s.name = "${name}".freeze`,
    `  s.version = "${version}"`,
    ...(platform === 'ruby' ? [] : [`  s.platform = "${platform}".freeze`]),
    'end',
    '',
  ].join('\n')
}

/** Of Go 1.19.8, which is no longer to be had: only what the linker leaves there. */
const OLD = [
  'path\ta.example/old',
  'mod\ta.example/old\t(devel)\t',
  'dep\tgithub.com/dgrijalva/jwt-go\tv3.2.0+incompatible\th1:7qlOGliEKZXTDg6OTjfoBKDXWrumCAMpl/TFQ4/5kLM=',
  'dep\tgithub.com/gin-gonic/gin\tv1.6.0\th1:Lb3veSYoGaNck69fV2+Vf2juLSsHpMTf3Vk5+X+EDJg=',
  'dep\tgolang.org/x/net\tv0.0.0-20210226172049-e18ecbb43110\th1:qWPm9rbaAMKs8Bq/9LRpbMqxWRVUAQwMI9fVrssnTfw=',
  'dep\tgolang.org/x/sys\tv0.0.0-20201119102817-f84b799fce68\th1:nxC68pudNYkKU6jWhgrqdreuFiOQWj1Fs7T3VrH4Pjw=',
  'dep\tgolang.org/x/text\tv0.3.7\th1:olpwvP2KacW1ZWvsR7uQhoyTYvKAupfQrRGBFM352Gk=',
]

function rubyAndGo(context: string): readonly string[] {
  const gems = [
    ...['rack 2.2.3', 'rack 2.2.3.1', 'rack 3.0.0.beta1', 'activesupport 6.0.3.rc1', 'activesupport 5.2.8.1'],
    ...['activesupport 7.0.8', 'nokogiri 1.13.9', 'rexml 3.2.6'],
  ]
  for (const one of gems) {
    const [name = '', version = ''] = one.split(' ')
    write(join(context, 'gems'), { [`specifications/${name}-${version}.gemspec`]: gemspec(name, version) })
  }
  const built = 'nokogiri-1.13.3-x86_64-linux.gemspec'
  write(context, {
    [`gems/specifications/${built}`]: gemspec('nokogiri', '1.13.3', 'x86_64-linux'),
    'bundle/ruby/3.1.0/specifications/rack-2.0.9.gemspec': gemspec('rack', '2.0.9'),
    'bin/old': goProgram('go1.19.8', OLD),
    'bin/old-again': goProgram('go1.19.8', OLD.slice(0, 3)),
  })
  const source = join(newFolder(), 'go')
  write(source, {
    'go.mod': 'module a.example/shop\n\ngo 1.21\n\nrequire golang.org/x/text v0.3.7\n',
    'main.go':
      'package main\n\nimport (\n\t"fmt"\n\t"golang.org/x/text/language"\n)\n\nfunc main() { fmt.Println(language.English) }\n',
  })
  const go = (...args: readonly string[]) =>
    execFileSync('go', args, {
      cwd: source,
      env: { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'amd64' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  go('build', '-o', join(context, 'bin/shop'), '.')
  go('build', '-trimpath', '-ldflags', '-s -w', '-o', join(context, 'bin/shop-stripped'), '.')
  for (const name of ['old', 'old-again']) {
    chmodSync(join(context, 'bin', name), 0o755)
  }
  return [
    apt('ruby-rack', 'ruby-nokogiri', 'runc'),
    'COPY gems /usr/local/bundle',
    'COPY bundle /srv/app/vendor/bundle',
    'COPY bin /usr/local/bin',
  ]
}

function npmAndPhp(context: string): readonly string[] {
  const [app, global] = [join(context, 'app'), join(context, 'global')]
  mkdirSync(app)
  mkdirSync(global)
  const npm = (folder: string, ...packages: readonly string[]) =>
    execFileSync('npm', [
      ...['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      ...packages,
    ])
  npm(
    app,
    ...[
      'lodash@4.17.4',
      'lod@npm:lodash@4.17.20',
      'express@4.17.1',
      'qs@6.10.2',
      'semver@7.3.8',
      'mkdirp@0.5.1',
    ],
    ...['node-fetch@3.0.0-beta.9', '@babel/traverse@7.0.0-beta.40', 'axios@1.7.2', 'minimist@1.2.8'],
    'follow-redirects@1.15.11',
  )
  npm(global, 'tar@6.1.1')
  const php = (...packages: readonly (readonly [string, string])[]) =>
    JSON.stringify({ packages: packages.map(([name, version]) => ({ name, version })), dev: false })
  write(context, {
    // The registry has removed them: malware.
    'bad/node_modules/chalk/package.json': JSON.stringify({ name: 'chalk', version: '5.6.1' }),
    'bad/node_modules/ua-parser-js/package.json': JSON.stringify({ name: 'ua-parser-js', version: '0.7.29' }),
    'php/vendor/composer/installed.json': php(
      ['symfony/http-kernel', 'v5.4.19'],
      ['guzzlehttp/psr7', '2.4.4'],
      ['twig/twig', 'v3.14.0'],
    ),
    'php-good/vendor/composer/installed.json': php(['guzzlehttp/psr7', '1.9.1']),
    'php-old/vendor/composer/installed.json': JSON.stringify([{ name: 'twig/twig', version: 'v2.15.2' }]),
    // Not installed: lists alone.
    'lists/package-lock.json': JSON.stringify({
      name: 'lists',
      lockfileVersion: 3,
      packages: { '': { name: 'lists' }, 'node_modules/lodash': { version: '4.17.10' } },
    }),
    'lists/composer.lock': JSON.stringify({ packages: [{ name: 'symfony/http-kernel', version: 'v5.4.0' }] }),
  })
  return [
    apt('node-tar', 'node-semver', 'node-lodash'),
    'COPY app /srv/app',
    'COPY global /usr/local/lib',
    'COPY bad /srv/bad',
    'COPY php /srv/php',
    'COPY php-good /srv/php-good',
    'COPY php-old /srv/php-old',
    'COPY lists /srv/lists',
  ]
}
