import { afterEach, describe, expect, test } from '@jest/globals'
import { findWorking } from '../../../src/update/build.js'
import { patch, resolveByApt } from '../../../src/update/patch.js'
import { rebuild } from '../../../src/update/rebuild.js'
import type { FakeEngine, Routes } from '../../support/fake-engine.js'
import { json } from '../../support/fake-server.js'
import { problemOfRejected } from '../../support/rejections.js'
import { NEVER } from '../../support/waiting.js'
import { aPackage, aWorkshop } from './workshops.js'

const fakes: FakeEngine[] = []
afterEach(async () => {
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})

const LINE = 'Error processing tar file(exit status 1): write /usr/lib/x.so: no space left on device'

/** Builds end as told, one after the other; the last one again and again. */
function builds(...ends: readonly object[]): Routes {
  let at = 0
  return {
    'POST /build': (_, response) => {
      const end = ends[Math.min(at, ends.length - 1)]
      at += 1
      response.writeHead(200).end(`${JSON.stringify({ stream: 'Step 1/2\n' })}\n${JSON.stringify(end)}\n`)
    },
  }
}
const made = { aux: { ID: `sha256:${'2'.repeat(64)}` } }
const full = { errorDetail: { message: LINE }, error: LINE }
const refused: Routes = {
  'POST /build': (_, response) =>
    json(response, 500, { message: `mkdir /var/lib/docker/tmp/x: no space left on device` }),
}

async function shopOf(routes: Routes) {
  const { shop, fake } = await aWorkshop(routes)
  fakes.push(fake)
  return shop
}

describe('when the disk of the engine is full', () => {
  const both = [aPackage('a'), aPackage('b')]

  test.each([
    ['at the layer', builds(full)],
    ['before the build', refused],
  ])('%s, then that is said, and no package is blamed', async (_, routes) => {
    const shop = await shopOf(routes)
    expect((await problemOfRejected(patch(shop, both))).code).toBe('no-space')
  })

  test('while apt is asked, then no package is left out for it', async () => {
    const shop = await shopOf(builds(made, full))
    expect((await problemOfRejected(resolveByApt(shop, both))).code).toBe('no-space')
  })

  test('in a trial, then no package is said to break the test', async () => {
    const shop = await shopOf(builds(made, full))
    const tried = findWorking({ trial: shop, dockerfile: null }, both, async () => null, 'x')
    expect((await problemOfRejected(tried)).code).toBe('no-space')
  })

  test('in the user’s own build, then no package is said to break it', async () => {
    const shop = await shopOf({})
    const source = { file: 'Dockerfile', text: 'FROM x\n', from: { endLine: 1, user: null } }
    const options = {
      source,
      command: `echo '${LINE}' >&2; exit 1`,
      limitMs: NEVER,
      securityMirror: '',
      addSecurity: null,
      sources: [],
      today: '2026-11-24',
    }
    expect((await problemOfRejected(rebuild(shop, options, source.text))).code).toBe('no-space')
  })
})

test('when apt cannot reach its archive while packages are fetched for trials, then that is reported', async () => {
  const output = "W: Failed to fetch http://deb.debian.org/x  Temporary failure resolving 'deb.debian.org'\n"
  const shop = await shopOf({
    'POST /build': (_, response) =>
      response
        .writeHead(200)
        .end(`${JSON.stringify({ stream: output })}\n${JSON.stringify({ error: 'code: 100' })}\n`),
  })
  const tried = findWorking({ trial: shop, dockerfile: null }, [aPackage('a')], async () => null, 'x')
  expect((await problemOfRejected(tried)).code).toBe('update-no-network')
})
