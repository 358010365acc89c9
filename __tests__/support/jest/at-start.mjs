// How a worker of Jest began, before any test file (globals.mjs).
const environment = { ...process.env }
const folder = process.cwd()

/** Sets back what a test file changed in the process. */
export function asAtStart() {
  for (const name of Object.keys(process.env)) {
    if (!Object.hasOwn(environment, name)) {
      delete process.env[name]
    }
  }
  Object.assign(process.env, environment)
  process.chdir(folder)
  process.exitCode = undefined
}
