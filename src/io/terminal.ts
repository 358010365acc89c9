/** What can be shown where the command runs: colours on a terminal only, progress on stderr. */
export function terminal(stdout = process.stdout, stderr = process.stderr, env = process.env) {
  const lively = stderr.isTTY && !env.CI
  const clear = '\r\x1b[2K'
  return {
    /** https://no-color.org; CI logs are no terminals. */
    colour: Boolean(stdout.isTTY) && !env.NO_COLOR,
    width: stdout.columns ?? 100,
    /** One line that says what is being waited for; in a pipe, plain lines. */
    progress: (text: string) => void stderr.write(lively ? `${clear}${text} …` : `${text}\n`),
    warn: (text: string) => void stderr.write(`${lively ? clear : ''}warning: ${text}\n`),
    done: () => {
      if (lively) stderr.write(clear)
    },
  }
}
