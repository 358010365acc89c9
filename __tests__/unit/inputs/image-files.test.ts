import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { listImages } from '../../../src/inputs/image-files.js'
import { readScan } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { readPolicy } from '../../../src/io/files/files.js'
import { SeaworthyError } from '../../../src/model/problem.js'

const folder = mkdtempSync(join(tmpdir(), 'image-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Lists the images of a file with this text, in a world of its own. */
function listed(
  text: string,
  {
    file = 'compose.yml',
    ask = '',
    env = {},
    beside = {},
    base = undefined as string | null | undefined,
  }: {
    file?: string
    ask?: string
    env?: NodeJS.ProcessEnv
    beside?: Readonly<Record<string, string>>
    base?: string | null | undefined
  } = {},
) {
  const files: Readonly<Record<string, string>> = { [file]: text, ...beside }
  const readBase = base === undefined ? null : (path: string) => (path === file ? base : null)
  const { images, notices } = listImages([`${file}${ask}`], env, (path) => files[path] ?? null, readBase)
  return { images, said: notices.map(({ text: words }) => words) }
}

function refused(...args: Parameters<typeof listed>): string {
  try {
    listed(...args)
  } catch (error) {
    if (error instanceof SeaworthyError && error.problem.code === 'bad-image-file') {
      return `${error.problem.what} | ${error.problem.todo}`
    }
    throw error
  }
  throw new Error('it was not refused')
}

describe('a compose file', () => {
  test('when services are built, named, or both, then each gives its image, once', () => {
    const text = `
name: shop
services:
  web: {build: ., image: acme/web:1}
  worker: {build: {context: .}}
  again: {image: "acme/web:1"}
  db: {image: "postgres:17"}
`
    expect(listed(text).images).toEqual(['acme/web:1', 'shop-worker', 'postgres:17'])
    expect(listed(text).said).toEqual([])
  })

  test('when it has no name, then the project is called like its folder, as Compose calls it', () => {
    const text = 'services: {web: {build: .}}'
    expect(listed(text, { file: 'My App_1/compose.yaml' }).images).toEqual(['myapp_1-web'])
    expect(listed(text, { env: { COMPOSE_PROJECT_NAME: 'other' } }).images).toEqual(['other-web'])
  })

  test('when services have profiles, then those of the chosen ones are judged, and the others are said', () => {
    const text = `
services:
  web: {image: "web:1"}
  debug: {image: "debug:1", profiles: [debug, dev]}
  odd: {command: [sh]}
`
    expect(listed(text)).toEqual({
      images: ['web:1'],
      said: ['compose.yml: not judged: debug (profile debug, dev), odd (has neither build nor image)'],
    })
    expect(listed(text, { env: { COMPOSE_PROFILES: 'a, dev' } }).images).toEqual(['web:1', 'debug:1'])
    expect(listed(text, { ask: '#debug' })).toEqual({
      images: ['debug:1'],
      said: ['compose.yml: not judged: web (not selected), odd (not selected)'],
    })
    expect(refused(text, { ask: '#wbe' })).toContain('there is no service wbe (known: web, debug, odd)')
  })

  test('when it has variables, then the environment, .env and defaults fill them in, in this order', () => {
    const text =
      'services: {a: {image: "${REGISTRY:-ghcr.io/acme}/a:${TAG}"}, b: {image: "b:$TAG"}, c: {image: "c:${X:+1}2"}}'
    const beside = { '.env': '# a comment\nexport TAG="2.0" # the release\nX=yes\n' }
    expect(listed(text, { beside }).images).toEqual(['ghcr.io/acme/a:2.0', 'b:2.0', 'c:12'])
    expect(listed(text, { beside, env: { TAG: '3', REGISTRY: 'reg:5000' } }).images[0]).toBe('reg:5000/a:3')
    expect(refused(text)).toContain('services.a.image: the variable TAG is not set and has no default')
    expect(refused('services: {a: {image: "a:${TAG:?name one}"}}')).toContain('TAG is not set (name one)')
    expect(refused('services: {a: {image: "a:${A:-${B}}"}}')).toContain('docker compose config')
  })

  test('when a variable may hold a secret, then it does not get into the name of an image', () => {
    const env = { GH_TOKEN: 'ghp_abcdefghijklmnop', COPY: 'x-ghp_abcdefghijklmnop', INPUT_CLAIR_PSK: 'abc' }
    for (const name of Object.keys(env)) {
      const words = refused(`services: {a: {image: "evil.example/a:\${${name}}"}}`, { env })
      expect(words).toContain(`the variable ${name} may contain a secret`)
      expect(words).not.toContain('ghp_')
    }
  })

  test('when services extend each other, then what they have is taken over, and a loop is refused', () => {
    const text = `
services:
  base: {image: "base:1", profiles: [never]}
  web: {extends: {service: base}}
  api: {extends: base, image: "api:1"}
`
    expect(listed(text).images).toEqual(['base:1', 'api:1'])
    expect(refused('services: {a: {extends: b}, b: {extends: {service: a}}}')).toContain(
      'services.a extends itself: a → b → a',
    )
    const other = refused('services: {a: {extends: {file: other.yml, service: b}}}')
    expect(other).toContain('extends a service that is not in this file')
    expect(refused('include: [other.yml]\nservices: {a: {image: "a:1"}}')).toContain('includes other files')
  })

  test('when an image is a path, then whoever wrote the file does not choose what is opened', () => {
    for (const image of ['/etc/shadow', './x.tar', '../x', 'images.tar.gz', 'other.yml']) {
      expect(refused(`services: {a: {image: ${JSON.stringify(image)}}}`)).toContain('is a path')
    }
  })

  test('when a file is no compose file, then it says so', () => {
    expect(refused('a: [', {})).toContain('not YAML')
    expect(refused('a: 1')).toContain(
      'either the key "services" (compose file) or the key "target" or "group" (bake file)',
    )
    expect(refused('services: {}')).toContain('the file specifies no image to judge')
    expect(refused('services: {a: 1}')).toContain('services.a: expected a mapping')
    expect(refused('services: {a: {image: [x]}}')).toContain('a single value')
    expect(refused(`services: {a: {image: "a:1"}} #${'x'.repeat(2 ** 20)}`)).toContain('larger than 1 MiB')
    const many = Array.from({ length: 1001 }, (_, at) => `s${at}: {image: "a:1"}`).join(', ')
    expect(refused(`services: {${many}}`)).toContain('1001 services')
  })

  test('when many services are skipped, then the first twenty are named', () => {
    const many = Array.from({ length: 30 }, (_, at) => `s${at}: {image: "a:${at}", profiles: [p]}`).join(', ')
    const [said = ''] = listed(`services: {web: {image: "web:1"}, ${many}}`).said
    expect(said).toContain('s19 (profile p) and 10 more')
  })
})

describe('a bake file in JSON', () => {
  const bake = (root: object) => JSON.stringify(root)
  const file = 'docker-bake.json'

  test('when it has a group default, then its targets are judged, and the others are said', () => {
    const root = {
      group: { default: { targets: ['app', 'inner'] }, inner: { targets: ['worker', 'app'] } },
      target: {
        app: { tags: ['acme/app:1', 'acme/app:latest'] },
        worker: { inherits: ['common', 'app'], tags: ['acme/worker:1'] },
        common: { tags: ['acme/common:1'] },
        lint: {},
      },
    }
    expect(listed(bake(root), { file })).toEqual({
      images: ['acme/app:1', 'acme/worker:1'],
      said: [
        'docker-bake.json: not judged: common (not in the default group), lint (not in the default group)',
      ],
    })
    expect(listed(bake(root), { file, ask: '#common,worker' }).images).toEqual([
      'acme/worker:1',
      'acme/common:1',
    ])
    const { group: _, ...rest } = root
    expect(listed(bake(rest), { file })).toEqual({
      images: ['acme/app:1', 'acme/worker:1', 'acme/common:1'],
      said: ['docker-bake.json: not judged: lint (no tag)'],
    })
  })

  test('when targets inherit, then the last of several holds, and what a target says itself above all', () => {
    const target = {
      a: { tags: ['a:1'] },
      b: { tags: ['b:1'] },
      c: { inherits: ['a', 'b'] },
      d: { inherits: ['c'], tags: ['d:1'] },
    }
    expect(listed(bake({ target }), { file, ask: '#c,d' }).images).toEqual(['b:1', 'd:1'])
  })

  test('when it has variables, then the environment sets those of the file, and no others', () => {
    const root = (tag: string) =>
      bake({ variable: { TAG: { default: 'dev' }, N: {} }, target: { app: { tags: [tag] } } })
    expect(listed(root('app:${TAG}'), { file }).images).toEqual(['app:dev'])
    expect(listed(root('app:${TAG}'), { file, env: { TAG: '2' } }).images).toEqual(['app:2'])
    expect(refused(root('app:${HOME}'), { file, env: { HOME: 'x' } })).toContain(
      'the file does not define the variable HOME',
    )
    expect(refused(root('app:${N}'), { file })).toContain('the variable N is not set')
    for (const tag of [
      'app:${TAG == "" ? "x" : TAG}',
      'app:${lower(TAG)}',
      '%{ if true }a:1%{ endif }',
      'a:$${x}',
    ]) {
      expect(refused(root(tag), { file })).toContain('docker buildx bake --print')
    }
  })

  test('when it goes round, or is of HCL, then it is refused, with the reason', () => {
    const loop = { a: { inherits: ['b'] }, b: { inherits: ['a'] } }
    expect(refused(bake({ target: loop }), { file })).toContain('target.a inherits from itself: a → b → a')
    const group = { default: { targets: ['x'] }, x: { targets: ['default'] } }
    expect(refused(bake({ group, target: {} }), { file })).toContain(
      'group.default contains itself: default → x → default',
    )
    expect(refused('target "app" {}', { file: 'docker-bake.hcl' })).toMatch(
      /functions and loops of an HCL file.*--print > bake.json/,
    )
    expect(refused(bake({ target: { a: { matrix: { x: ['1'] } } } }), { file })).toContain('has a matrix')
    expect(refused(bake({ target: { a: { inherits: ['gone'] } } }), { file })).toContain(
      'which does not exist',
    )
    expect(refused('{', { file })).toContain('not JSON')
  })

  test('when targets inherit twice from each other, a thousand deep, then it ends at once', () => {
    const names = Array.from({ length: 900 }, (_, at) => `t${at}`)
    const target = Object.fromEntries(
      names.map((name, at) => [
        name,
        at === 899 ? { tags: ['a:1'] } : { inherits: [`t${at + 1}`, `t${at + 1}`] },
      ]),
    )
    const group = Object.fromEntries(
      names.map((name, at) => [
        `g${name}`,
        { targets: at === 899 ? ['t0'] : [`gt${at + 1}`, `gt${at + 1}`] },
      ]),
    )
    expect(listed(bake({ target, group }), { file, ask: '#gt0' }).images).toEqual(['a:1'])
  })
})

describe('a pull request', () => {
  const now = 'services: {web: {image: "web:2"}}'

  test('when its file names what the base’s names, by other tags, then nothing is said', () => {
    expect(listed(now, { base: 'services: {web: {image: "web:1"}}' }).said).toEqual([])
    expect(listed(now, { base: null }).said).toEqual([])
  })

  test('when it drops a service, or hides it in a profile, then that is said', () => {
    const base = 'services: {web: {image: "web:1"}, api: {image: "api:1"}}'
    expect(listed(now, { base }).said).toEqual([
      'compose.yml: not judged, because only the base branch specifies them: api (api:1)',
    ])
    const hidden = 'services: {web: {image: "web:2"}, api: {image: "api:1", profiles: [x]}}'
    expect(listed(hidden, { base }).said).toHaveLength(2)
  })

  test('when a service gets the image of somebody else, then that is said; another tag is not', () => {
    const base = 'services: {web: {image: "acme/web:1"}, api: {image: "acme/api:1"}}'
    const swapped = 'services: {web: {image: "docker.io/acme/web:2"}, api: {image: "debian:trixie-slim"}}'
    expect(listed(swapped, { base }).said).toEqual([
      'compose.yml: not judged, because this pull request replaces them: api (acme/api:1, now debian:trixie-slim)',
    ])
    // Two services with one image are one image to judge.
    const doubled = 'services: {web: {image: "acme/web:2"}, api: {image: "acme/web:2"}}'
    expect(listed(doubled, { base }).said.join()).toContain('api (acme/api:1, now acme/web:2)')
  })

  test('when a file beside it says other images, which docker reads too, then that is said', () => {
    const say = (name: string, text: string, file = 'a/compose.yml') =>
      listed(now, { file, beside: { [`a/${name}`]: text } }).said
    expect(say('compose.override.yml', 'services: {web: {image: "other:1"}, more: {build: .}}')).toEqual([
      'a/compose.yml: without -f, Docker also reads a/compose.override.yml, but Seaworthy does not; that file sets the image for web, more',
    ])
    expect(say('compose.override.yml', 'services: [')[0]).toContain('cannot be read')
    expect(say('compose.override.yaml', 'services: {web: {ports: ["80"]}}')).toEqual([])
    expect(say('compose.override.yml', 'services: {web: {image: "other:1"}}', 'a/prod.yml')).toEqual([])
    const bake = (beside: Record<string, string>) =>
      listed('{"target":{"a":{"tags":["a:1"]}}}', { file: 'docker-bake.json', beside }).said.join()
    expect(bake({ 'docker-bake.override.json': '{"target":{"a":{"tags":["b:1"]}}}' })).toContain(
      'the image for a',
    )
    expect(bake({ 'docker-bake.override.hcl': '' })).toContain('may specify other images')
  })

  test('when the base’s cannot be read, then that is said, and the change’s is judged', () => {
    expect(listed(now, { base: 'services: [' })).toEqual({
      images: ['web:2'],
      said: [
        expect.stringContaining(
          'the images that this file specifies on the base branch are not known: not YAML',
        ),
      ],
    })
  })

  test('when it brings a link, then nothing is read through it', () => {
    const before = process.cwd()
    writeFileSync(join(folder, 'outside.yml'), now)
    mkdirSync(join(folder, 'work'))
    symlinkSync('../outside.yml', join(folder, 'work/compose.yml'))
    try {
      process.chdir(join(folder, 'work'))
      expect(() => listImages(['compose.yml'], {}, readPolicy)).toThrow('its path contains a symbolic link')
      writeFileSync('plain.yml', now)
      expect(listImages(['plain.yml'], {}, readPolicy).images).toEqual(['web:2'])
    } finally {
      process.chdir(before)
    }
  })
})

describe('a scan', () => {
  const given =
    (more: Readonly<Record<string, string>> = {}) =>
    (name: string) =>
      more[name] ?? INPUTS.find((input) => input.name === name)?.default ?? ''
  const scan = (images: readonly string[]) => readScan(images, given(), '2026-11-28')
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  test('when files and images are mixed, then each image is judged once, and what is skipped is a notice', () => {
    const compose = file(
      'compose.yml',
      'services: {a: {image: "a:1"}, b: {image: "b:1"}, c: {profiles: [p]}}',
    )
    const { request, judging } = scan(['b:1', compose, 'c:1'])
    expect(request.images).toEqual(['b:1', 'a:1', 'c:1'])
    expect(judging.notices).toEqual([
      { kind: 'not-judged', place: null, text: `${compose}: not judged: c (profile p)` },
    ])
  })

  test('when names in a file are odd, then they are refused as any other is', () => {
    const odd = ['a b', '-rm', 'a:1;x', '$(x)', 'a/B', 'a\nb', '::error::x', 'a@sha256:1']
    const compose = file(
      'odd.yml',
      JSON.stringify({
        services: Object.fromEntries(
          odd.map((image, at) => [`s${at}`, { image: image.replaceAll('$', '$$$$') }]),
        ),
      }),
    )
    expect(() => scan([compose])).toThrow(SeaworthyError)
    for (const image of odd) {
      const one = file(
        'one.yml',
        JSON.stringify({ services: { a: { image: image.replaceAll('$', '$$$$') } } }),
      )
      expect(() => scan([one])).toThrow(SeaworthyError)
    }
  })

  test('when there are 200 images, then they are refused, with what to do', () => {
    const many = Array.from({ length: 200 }, (_, at) => `app:${at}`)
    expect(() => scan(many)).toThrow(
      'image: 200 images were specified, but one run judges at most 100; split them',
    )
    const services = Object.fromEntries(many.map((image, at) => [`s${at}`, { image }]))
    expect(() => scan([file('many.yml', JSON.stringify({ services }))])).toThrow('200 images')
    expect(scan(many.slice(0, 100)).request.images).toHaveLength(100)
  })

  test('when the file is not there, then all other faults are told with it', () => {
    expect(() => readScan(['gone.yml'], given({ timeout: 'x' }), '2026-11-28')).toThrow(
      /gone.yml: there is no such file.*timeout/s,
    )
  })
})
