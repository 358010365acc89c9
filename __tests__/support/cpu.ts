/** CPU time of this process in ms, which other processes of a busy machine do not lengthen as they do time on the clock. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
