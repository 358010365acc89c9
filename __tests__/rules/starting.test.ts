import { expect, test } from '@jest/globals'
import { sourceTree } from './scan.js'

/** Who makes containers, and of what. A new one belongs here, or is a start of a judged image: then createToStart. */
const MAKERS = {
  'src/checks/clair/services/relay/relay.ts': 'the relay, by the image of PostgreSQL',
  'src/checks/clair/services/services.ts': 'Clair and PostgreSQL, by images that inputs name',
  'src/checks/docker-bench/dbs/service.ts': 'Docker Bench, by an image that an input names',
  'src/checks/docker-bench/run/containers.ts': 'the container that is judged, and never started',
  'src/io/engine/docker.ts': 'the call itself',
  'src/io/engine/start-image.ts': 'what is started from a judged image',
}
/** Those that start what createToStart has made, next to the services of our own. */
const STARTERS = [
  'src/checks/clair/services/relay/relay.ts',
  'src/checks/clair/services/services.ts',
  'src/checks/docker-bench/dbs/service.ts',
  'src/checks/docker-bench/run/start.ts',
  'src/checks/docker-bench/run/waiting.ts',
  'src/update/test.ts',
]
const all = [...sourceTree()]
const those = (form: RegExp) =>
  all
    .filter(([, text]) => form.test(text))
    .map(([path]) => path)
    .sort()

test('when a container is made of an image that is judged and started, then by one function', () => {
  expect(those(/\bcontainers\s*\.create\(|\/containers\/create/)).toEqual(Object.keys(MAKERS).sort())
  expect(those(/\bcontainers\s*\.start\(/)).toEqual(STARTERS)
  const own = STARTERS.slice(3)
  expect(
    own.filter((path) => /\bcontainers\s*\.create\(/.test(all.find(([one]) => one === path)?.[1] ?? '')),
  ).toEqual([])
})

test('when a folder is made with those above it, then by makeFolders, since Node’s own may never return', () => {
  expect(those(/\bmkdir(?:Sync)?\([^)]*recursive/)).toEqual([])
})
