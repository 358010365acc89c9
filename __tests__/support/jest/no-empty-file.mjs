// A reporter of Jest: a test file without a test fails the run, as it does with Jest's own runner.
export default class NoEmptyFile {
  #empty = []

  onTestResult(_test, result) {
    if (result.testResults.length === 0 && result.testExecError == null) {
      this.#empty.push(result.testFilePath)
    }
  }

  getLastError() {
    return this.#empty.length === 0 ? undefined : new Error(`no test in ${this.#empty.join(', ')}`)
  }
}
