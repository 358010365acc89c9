import type { Mutation } from '../mutation.js'
import { inMaven } from '../tools/java.js'
import { inNode } from '../tools/node.js'
import { inComposer } from '../tools/php.js'
import { inPython, SITE } from '../tools/python.js'
import { inRuby } from '../tools/ruby.js'
import { deno, linkedRuntime, replacedModule } from './tools.js'

type Made = Pick<Mutation, 'files' | 'lines'>

/** @param package_ as a finding has to name it, and its vulnerable version */
function application(
  form: string,
  on: Mutation['on'],
  package_: readonly [name: string, version: string],
  how: string,
  made: Made,
): Mutation {
  const [name, version] = package_
  return {
    ...{ id: `application/further-${form}/1`, on, what: `${name} ${version}, ${how}` },
    ...{ ...made, subject: { package: name } },
  }
}

const UV = 'uv==0.5.24'

const FURTHER_PYTHON: readonly Mutation[] = [
  application(
    'uv-tool',
    'python',
    ['pypi/rsa', '4.0'],
    'by uv tool install',
    inPython('further-uv-tool', {
      wheels: ['rsa==4.0', UV],
      commands: [
        'python3 -m venv /opt/uv && /opt/uv/bin/pip install -q uv',
        'export UV_OFFLINE=1 UV_NO_CACHE=1 UV_TOOL_DIR=/opt/tools UV_TOOL_BIN_DIR=/usr/local/bin',
        '/opt/uv/bin/uv tool install --no-index --find-links /in --python /usr/bin/python3 rsa==4.0',
      ],
      paths: ['/opt/tools', '/usr/local/bin'],
    }),
  ),
  application(
    'checkout',
    'python',
    ['pypi/sqlparse', '0.4.2.dev3+g28a2acd'],
    'installed by pip from a checkout between two releases',
    inPython('further-checkout', {
      wheels: ['setuptools==69.5.1', 'wheel==0.43.0'],
      sources: ['sqlparse==0.4.1'],
      commands: [
        'mkdir -p /tmp/source && tar -xzf /in/sqlparse-*.tar.gz -C /tmp/source --strip-components 1',
        'sed -i "s/^__version__ = .*/__version__ = \'0.4.2.dev3+g28a2acd\'/" /tmp/source/sqlparse/__init__.py',
        'pip install --target /opt/setuptools setuptools wheel && export PYTHONPATH=/opt/setuptools',
        'pip install --no-deps --no-build-isolation /tmp/source',
      ],
      paths: [SITE],
    }),
  ),
]

const FURTHER_NODE: readonly Mutation[] = [
  application(
    'npm-linked',
    'node',
    ['npm/semver', '7.3.7'],
    'by npm install --install-strategy=linked',
    inNode('further-npm-linked', {
      tool: 'npm',
      project: '/srv/shop',
      dependencies: { semver: '7.3.7' },
      args: ['install', '--install-strategy=linked', '--ignore-scripts', '--no-audit', '--no-fund'],
    }),
  ),
  application(
    'deno',
    'node',
    ['npm/cookie', '0.6.0'],
    'by deno install',
    deno('/srv/shop', { cookie: '0.6.0' }),
  ),
]

const FURTHER_JAVA: readonly Mutation[] = [
  application(
    'group-in-name',
    'java',
    ['maven/io.netty/netty-codec-http', '4.1.70.Final'],
    "its group in the jar's name, in the layout of Quarkus",
    inMaven('further-group-in-name', {
      dependencies: ['io.netty:netty-codec-http:4.1.70.Final'],
      goals: [
        'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies',
        ...['-DoutputDirectory=target/lib', '-DincludeScope=runtime', '-Dmdep.prependGroupId=true'],
      ],
      takes: { '/deployments/lib/main': 'target/lib' },
    }),
  ),
  application(
    'jlink',
    'java',
    ['maven/ch.qos.logback/logback-core', '1.4.11'],
    'a module of a runtime that jlink has made',
    linkedRuntime('/opt/shop/runtime'),
  ),
]

export const FURTHER_APPLICATION: readonly Mutation[] = [
  ...FURTHER_PYTHON,
  ...FURTHER_NODE,
  ...FURTHER_JAVA,
  application(
    'gem-path',
    'go',
    ['gem/tzinfo', "1.2.6 (Debian 11's)"],
    "by bundle install from a folder of the project's own (path:)",
    inRuby(
      'further-gem-path',
      'tzinfo',
      [
        'mkdir -p vendor/gems && cp -r /tmp/gem vendor/gems/tzinfo',
        `printf "source 'https://rubygems.org'\\n\\ngem 'tzinfo', path: 'vendor/gems/tzinfo'\\n" >Gemfile`,
        'bundle install --local',
        "bundle exec ruby -e 'puts Gem.loaded_specs.fetch(%q(tzinfo)).full_gem_path' | grep -q ^/srv/shop/vendor",
      ],
      ['/srv/shop'],
    ),
  ),
  application(
    'phar',
    'go',
    ['composer/twig/twig', 'v3.4.2'],
    'by composer install, in a phar',
    inComposer('further-phar', {
      package: 'twig/twig',
      version: 'v3.4.2',
      command: [
        'composer install --no-dev --no-interaction',
        `php -d phar.readonly=0 -r '$phar = new Phar("/usr/local/bin/report.phar"); ` +
          `$phar->buildFromDirectory("/srv/shop"); $phar->setStub($phar->createDefaultStub("vendor/autoload.php"));'`,
        `php -r 'require "phar:///usr/local/bin/report.phar/vendor/autoload.php"; exit(class_exists("Shop\\Shop") ? 0 : 1);'`,
      ].join(' && '),
      project: '/srv/shop',
      paths: ['/usr/local/bin/report.phar'],
    }),
  ),
  application(
    'go-replace',
    'go',
    ['golang/github.com/tidwall/gjson', 'v1.9.2'],
    'which go.mod has in place of the v1.18.0 that it requires (replace)',
    replacedModule('/usr/local/bin/query'),
  ),
]
