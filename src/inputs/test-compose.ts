import { dirname, relative, resolve } from 'node:path'
import { isPlainIn, workFolder } from '../io/files/files.js'
import { testEnvironment } from '../io/process/command.js'
import { type ComposeFile, testDocument } from '../model/index.js'

/**
 * What is started of a compose file as a test. It is named from the working directory; paths in it are relative to its
 * folder.
 * @throws SeaworthyError `bad-run-options`
 */
export function readTestCompose(compose: ComposeFile, service: string, environment = testEnvironment()) {
  return testDocument(compose, service, {
    environment,
    full: (path) => resolve(dirname(compose.file), path),
    outside: (path) => (isPlainIn(path, workFolder()) ? null : relative(workFolder(), path) || 'its root'),
  })
}
