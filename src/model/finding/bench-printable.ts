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

/** Under such a name, services commonly answer whether they work: `/healthz`, `/api/ready`, `/health/live`. */
const HEALTH_PATH = String.raw`(?:/[\w.-]{1,40}){0,4}/_?(?:health(?:z|y|[-_]?check)?|live(?:z|ness)?|readyz?|readiness|status|ping)(?:/[\w-]{1,40}){0,2}`
const PLAIN_HEALTH_PATH = new RegExp(`^${HEALTH_PATH}$`)
/** On this machine, whatever the port, or on another one at a port. A path with a query, or a variable, is another. */
const HEALTH_URL = new RegExp(
  String.raw`(?:(?<![\w.-])(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::[^\s/"'\\]{1,30})?|//[^\s/"'\\]{1,100}:(?<port>\d{1,5}))(?<path>${HEALTH_PATH})(?![\w/?%$~+-]|\.\w)`,
  'g',
)

/** True for a path that is safe to print as it is: it is from outside. */
export function isHealthPath(path: string): boolean {
  return PLAIN_HEALTH_PATH.test(path)
}

/** The path by which a command or a script asks a service whether it works. @param ports of the service */
export function healthPathIn(text: string, ports: readonly number[]): string | null {
  const urls = [...text.matchAll(HEALTH_URL)].map(({ groups }) => groups ?? {})
  return urls.find(({ port }) => port === undefined || ports.includes(Number(port)))?.path ?? null
}

const PLAIN_BINDING = /^(?:\[::1\]|127\.0\.0\.1):[\d-]{0,11}:\d{1,5}(?:\/\w{1,4})?$/

/** True for one of `bindings` that is safe to print as it is: ports are from outside. */
export function isPlainBinding(binding: string): boolean {
  return PLAIN_BINDING.test(binding)
}
