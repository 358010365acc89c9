/** What can be shown where the command runs: colours only on a terminal, progress on stderr. */
export function terminal(stdout = process.stdout, stderr = process.stderr, env = process.env) {
  const isInteractive = stderr.isTTY && !env.CI && env.TERM !== 'dumb'
  const clear = '\r\x1b[2K'
  return {
    colour: wantsColour(Boolean(stdout.isTTY), env),
    width: widthOf(stdout.columns, env.COLUMNS),
    /** One line that says what the run is waiting for; in a pipe, plain lines. */
    progress: (text: string) => void stderr.write(isInteractive ? `${clear}${text} …` : `${text}\n`),
    warn: (text: string) => void stderr.write(`${isInteractive ? clear : ''}warning: ${text}\n`),
    done: () => {
      if (isInteractive) {
        stderr.write(clear)
      }
    },
  }
}

/** Of POSIX (Environment Variables): `COLUMNS`, if it is set, else the terminal's. A file or a log has no width. */
function widthOf(columns: number | undefined, columnsVariable = ''): number {
  return /^[1-9]\d{0,3}$/.test(columnsVariable)
    ? Number(columnsVariable)
    : (columns ?? Number.POSITIVE_INFINITY)
}

/** https://no-color.org, https://force-color.org and https://bixense.com/clicolors; a request for no colours wins. */
function wantsColour(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) {
    return false
  }
  const forced = env.FORCE_COLOR || env.CLICOLOR_FORCE
  if (forced) {
    return forced !== '0' && forced !== 'false'
  }
  return isTerminal && env.CLICOLOR !== '0' && env.TERM !== 'dumb'
}

/** Progress, preceded by the seconds since the start. */
export function timed(progress: (text: string) => void): (text: string) => void {
  const started = performance.now()
  return (text) => progress(`${((performance.now() - started) / 1000).toFixed(2)} s  ${text}`)
}
