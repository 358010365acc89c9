// Jest's setupFiles, run once for each worker: configures how Node itself loads the tests. TypeScript imports refer to
// modules by their compiled names (`./x.js` for `./x.ts`). Each test file gets its own copy of the modules in __tests__,
// so that files do not share hooks and lists; src, which keeps no state, is loaded once.
import { enableCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { joinRun } from './runs.mjs'

enableCompileCache(fileURLToPath(new URL('../../../.cache/compiled', import.meta.url)))

joinRun()

const GLOBALS = new URL('globals.mjs', import.meta.url).href
const TESTS = new URL('../../', import.meta.url).href

function ofTestFile(url, parent) {
  const { search } = new URL(parent)
  return url.startsWith(TESTS) && parent.startsWith(TESTS) ? `${url}${search}` : url
}

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = '' } = context
    if (specifier === '@jest/globals') {
      return { url: ofTestFile(GLOBALS, parentURL), format: 'module', shortCircuit: true }
    }
    if (specifier.startsWith('.') && specifier.endsWith('.js') && /\.ts(?:\?|$)/.test(parentURL)) {
      const resolved = next(specifier.replace(/js$/, 'ts'), context)
      return { ...resolved, url: ofTestFile(resolved.url, parentURL) }
    }
    // The ES modules of js-cvss are written for a bundler: their imports have no extension.
    if (
      specifier.startsWith('./') &&
      parentURL.includes('/@pandatix/js-cvss/') &&
      !specifier.endsWith('.js')
    ) {
      return next(`${specifier}.js`, context)
    }
    return next(specifier, context)
  },
})
