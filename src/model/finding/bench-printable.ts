// What of a Docker Bench result is safe to print in lines to paste: its text is from outside.

/** Programs that can make an HTTP request in one command, the shortest first. */
export const HEALTH_PROGRAMS = ['curl', 'wget', 'node', 'python3', 'php', 'ruby'] as const
export type HealthProgram = (typeof HEALTH_PROGRAMS)[number]

/** A folder of PATH, one of these names, and a version, as in `python3.11`. */
const PLAIN_PROGRAM = new RegExp(
  String.raw`^/(?:usr/(?:local/)?)?bin/(${HEALTH_PROGRAMS.join('|')})[\d.]{0,8}$`,
)

/** Which of them a path of an image is; `null` for others, which are not safe to print as they are: it is from outside. */
export function healthProgram(path: string): HealthProgram | null {
  const [, name] = PLAIN_PROGRAM.exec(path) ?? []
  return HEALTH_PROGRAMS.find((one) => one === name) ?? null
}

const PLAIN_BINDING = /^(?:\[::1\]|127\.0\.0\.1):[\d-]{0,11}:\d{1,5}(?:\/\w{1,4})?$/

/** True for one of `bindings` that is safe to print as it is: ports are from outside. */
export function isPlainBinding(binding: string): boolean {
  return PLAIN_BINDING.test(binding)
}
