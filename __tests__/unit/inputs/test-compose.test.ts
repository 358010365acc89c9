import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { dump } from 'js-yaml'
import { readTestCompose } from '../../../src/inputs/test-compose.js'
import { readCompose } from '../../../src/model/run/compose.js'
import { problemThrownBy } from '../../support/problems.js'

// Paths are resolved by the working directory, which is the workspace in a run.
const back = process.cwd()
const root = realpathSync(mkdtempSync(join(tmpdir(), 'test-compose-')))
beforeAll(() => {
  process.chdir(root)
  for (const folder of ['ci/tests', '.git', 'tests']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  writeFileSync(join(root, 'ci/seed.sql'), '')
  symlinkSync('/', join(root, 'ci/link'))
  symlinkSync('tests', join(root, 'ci/inner'))
})
afterAll(() => {
  process.chdir(back)
  rmSync(root, { recursive: true })
})

const ENV = { VERSION: '15', EMPTY: '', PRICE: 'a$b' }
const read = (document: object, env: NodeJS.ProcessEnv = ENV) =>
  readTestCompose(readCompose(dump(document), 'ci/compose.yml'), 'test', env)
const service = (test: object, more: object = {}) => ({ services: { test }, ...more })
const refusal = (document: object) => problemThrownBy(() => read(document))

describe('what may be started', () => {
  test('is one document, with paths in full and variables filled in but for the image', () => {
    const document = service(
      {
        image: `\${IMAGE}`,
        command: `sh -c "test $$HOME && echo \${VERSION:-1} \${NONE:-x} \${NONE}"`,
        environment: {
          DB: `postgres:\${VERSION}`,
          PRICE: '$PRICE',
          NOT: `\${EMPTY:-y}`,
          SET: `\${VERSION:+z}`,
        },
        volumes: [
          './tests:/tests:ro',
          'data:/data',
          '/anonymous',
          { type: 'bind', source: './seed.sql', target: '/s', read_only: true },
        ],
        depends_on: ['db'],
        networks: ['inner'],
        build: './tests',
        ports: ['8080:80'],
        restart: 'always',
        cap_drop: ['ALL'],
        mem_limit: '512m',
      },
      { volumes: { data: null }, networks: { inner: { internal: true } }, version: '3', 'x-mine': 1 },
    )
    const { services, ...rest } = JSON.parse(
      read({ ...document, services: { ...document.services, db: { image: `postgres:\${VERSION}` } } }),
    )
    expect(rest).toEqual({
      volumes: { data: null },
      networks: { inner: { internal: true } },
      version: '3',
      'x-mine': 1,
    })
    expect(services.db).toEqual({ image: 'postgres:15' })
    expect(services.test).toMatchObject({
      image: '$IMAGE',
      // As Docker Compose reads it: a dollar that is none of a variable's stands twice.
      command: 'sh -c "test $$HOME && echo 15 x "',
      environment: { DB: 'postgres:15', PRICE: 'a$$b', NOT: 'y', SET: 'z' },
      volumes: [
        `${root}/ci/tests:/tests:ro`,
        'data:/data',
        '/anonymous',
        { type: 'bind', source: `${root}/ci/seed.sql`, target: '/s', read_only: true },
      ],
      build: { context: `${root}/ci/tests` },
    })
  })

  test('has its anchors and merges put in', () => {
    const text = 'x-all: &all {read_only: true}\nservices: {test: {<<: *all, image: a}}\n'
    expect(JSON.parse(readTestCompose(readCompose(text, 'c.yml'), 'test', {})).services.test).toEqual({
      read_only: true,
      image: 'a',
    })
  })
})

describe('what is not started', () => {
  test.each<[string, object]>([
    ['privileged mode', { privileged: true }],
    ['privileged mode by a variable', { privileged: `\${YES:-true}` }],
    ['the root of the machine', { volumes: ['/:/h:ro'] }],
    ['the home of the machine', { volumes: ['~/.docker:/h:ro'] }],
    ['what lies above the repository', { volumes: ['../../x:/h:ro'] }],
    ['the root of the repository', { volumes: ['..:/h:ro'] }],
    ['git’s own files', { volumes: ['../.git:/h:ro'] }],
    ['what a link leads to', { volumes: ['./link:/h:ro'] }],
    ['what a link in the repository leads to', { volumes: ['./inner:/h:ro'] }],
    ['a part of the repository that can be written to', { volumes: ['./tests:/h'] }],
    ['the same in the long form', { volumes: [{ type: 'bind', source: './tests', target: '/h' }] }],
    [
      'a bind of the machine in the long form',
      { volumes: [{ type: 'bind', source: '/etc', target: '/h', read_only: true }] },
    ],
    [
      'a volume with options',
      { volumes: [{ type: 'volume', source: 'x', target: '/h', volume: { nocopy: true } }] },
    ],
    ['another kind of mount', { volumes: [{ type: 'npipe', source: 'x', target: '/h' }] }],
    ['processes of the machine', { pid: 'host' }],
    ['the network of the machine', { network_mode: 'host' }],
    ['the network of another container', { network_mode: 'container:db' }],
    ['a network of the engine', { network_mode: 'somebody' }],
    ['devices', { devices: ['/dev/sda'] }],
    ['graphics cards', { deploy: { resources: { reservations: { devices: [{ capabilities: ['gpu'] }] } } } }],
    ['capabilities', { cap_add: ['SYS_ADMIN'] }],
    ['no seccomp', { security_opt: ['seccomp=unconfined'] }],
    ['a label', { security_opt: ['label=type:spc_t'] }],
    ['memory without a limit', { mem_limit: 0 }],
    ['a resolver', { dns: ['192.0.2.1'] }],
    ['hosts', { extra_hosts: ['a:192.0.2.1'] }],
    ['a runtime', { runtime: 'mine' }],
    ['variables of a file', { env_file: 'x.env' }],
    ['another file', { extends: { file: 'x.yml', service: 'x' } }],
    ['hooks', { post_start: [{ command: 'x', privileged: true }] }],
    ['a program of the machine', { provider: { type: 'x' } }],
    ['the socket of the engine', { use_api_socket: true }],
    ['secrets', { secrets: ['x'] }],
    ['configs', { configs: ['x'] }],
    ['a log that goes elsewhere', { logging: { driver: 'syslog' } }],
    ['a build of the machine', { build: '/' }],
    ['a build of the repository’s root', { build: '..' }],
    ['a build with the network of the machine', { build: { context: './tests', network: 'host' } }],
    ['a Dockerfile elsewhere', { build: { context: './tests', dockerfile: '../../Dockerfile' } }],
    ['containers of others', { external_links: ['x'] }],
    ['volumes that are none', { volumes: { data: '/x' } }],
  ])('%s', (_, options) => {
    const { code, where, todo } = refusal(service({ image: 'a', ...options }))
    expect(code).toBe('bad-run-options')
    expect(['ci/compose.yml', Object.keys(options)[0]].some((one) => where.includes(one ?? '?'))).toBe(true)
    expect(todo).not.toBe('')
  })

  test.each<[string, object]>([
    ['other files', { include: ['x.yml'] }],
    ['secrets', { secrets: { x: { file: '/etc/shadow' } } }],
    ['configs', { configs: { x: { file: '/etc/shadow' } } }],
    ['a volume of the machine', { volumes: { x: { driver_opts: { o: 'bind', device: '/' } } } }],
    ['a volume of others', { volumes: { x: { external: true } } }],
    ['a volume by its name', { volumes: { x: { name: 'theirs' } } }],
    ['a network of others', { networks: { x: { external: true, name: 'host' } } }],
    ['a network by its name', { networks: { x: { name: 'host' } } }],
    ['another driver', { networks: { x: { driver: 'macvlan' } } }],
  ])('%s, whatever services say', (_, more) => {
    expect(refusal(service({ image: 'a' }, more)).code).toBe('bad-run-options')
  })

  test('by any service, not only by the one that tests', () => {
    const services = { test: { image: 'a' }, db: { image: 'b', privileged: true } }
    expect(refusal({ services }).what).toBe(
      'nothing was started: the service db needs --privileged, which is not allowed',
    )
  })

  test('without the service that tests, and the message lists those that there are', () => {
    const services = { shop: { image: 'a' }, db: { image: 'b' } }
    expect(refusal({ services })).toMatchObject({
      what: 'nothing was started: there is no service "test" (available: shop, db)',
      todo: 'name a service of the file after "#" in the input "test"',
    })
    expect(refusal({ services: {} }).what).toContain('there is no service "test" (available: none)')
  })
})

test('what is written asks Docker Compose for no variable of ours', () => {
  const text = read(
    service({ image: `\${IMAGE}`, command: `$TOKEN \${TOKEN} $\${TOKEN}`, environment: [`A=\${TOKEN-x}`] }),
    { TOKEN: 'v$1' },
  )
  const [, ...variables] = text.replaceAll('$$', '').split('$')
  expect(variables.map((one) => one.slice(0, 5))).toEqual(['IMAGE'])
})
