import { pathToFileURL } from 'node:url'

/** Runs `main` if the file is started, not imported; its error is a line, and the exit code 1. */
export async function runIfStarted(url, main) {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) {
    return
  }
  try {
    await main()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
