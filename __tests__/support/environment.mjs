// Jest's environment for Node, with a code cache. Jest compiles itself, and each module of a test, again for every test
// file; with --experimental-vm-modules, V8's own cache is not used. That was a quarter of the time of the unit tests.
import vm from 'node:vm'
import { TestEnvironment } from 'jest-environment-node'

const { compileFunction, SourceTextModule } = vm
/** V8's data of each source that this process has compiled. */
const compiled = new Map()

vm.compileFunction = (code, parameters, options) => {
  const cachedData = compiled.get(code)
  const made = compileFunction(code, parameters, { ...options, cachedData, produceCachedData: !cachedData })
  if (cachedData === undefined) {
    compiled.set(code, made.cachedData)
  }
  return made
}

vm.SourceTextModule = class extends SourceTextModule {
  constructor(code, options) {
    super(code, { ...options, cachedData: compiled.get(code) })
    if (!compiled.has(code)) {
      compiled.set(code, this.createCachedData())
    }
  }
}

export default TestEnvironment
