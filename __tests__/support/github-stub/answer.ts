export interface Answered {
  readonly status: number
  readonly body?: unknown
  /** Sent as it is, and not held to the description: a file's own text. */
  readonly raw?: string
}

export interface Context {
  readonly body: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, string>>
  readonly accept: string
  /** What was sent, as it came. */
  readonly bytes: Buffer
}

export function refusal(status: number, message: string): Answered {
  const documentation_url = 'https://docs.github.com/rest'
  return { status, body: { message, documentation_url, status: String(status) } }
}

export const NOT_FOUND = refusal(404, 'Not Found')
