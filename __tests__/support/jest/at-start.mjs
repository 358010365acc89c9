// The state of a Jest worker at its start, before any test file ran (globals.mjs).
const environment = { ...process.env }
const folder = process.cwd()

/** Restores the process state that a test file changed. */
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
