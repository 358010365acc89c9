// Jest's setupFiles, once for each worker: how Node itself loads the tests. TypeScript names its modules as they are
// called when compiled (`./x.js` for `./x.ts`). A test file has its own copy of what lies in __tests__, so that hooks and
// lists of one file are not those of another; src, which keeps no state, is loaded once.
import { enableCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../../../.cache/compiled', import.meta.url)))

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
    // Its ES modules are written for a bundler: their imports have no extension.
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
