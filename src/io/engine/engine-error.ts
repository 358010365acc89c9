import { defaultAdvice, isRecord, jsonIn, SeaworthyError } from '../../model/index.js'
import type { Engine } from './engine.js'

/** An error answer of the engine. `status` is the HTTP status. */
export class EngineError extends SeaworthyError {
  readonly status: number
  /** @param podman its version, if the engine is Podman */
  constructor(status: number, message: string, path: string, host: string, podman: string | null = null) {
    super({ code: 'engine-refused', where: callPlace(host, path), ...refusalTexts(status, message, podman) })
    this.status = status
  }
}

/** What Docker and Podman say if neither the image nor the request names a command. */
const NO_COMMAND = /\bno command (?:specified|or entrypoint)\b/i

function refusalTexts(status: number, message: string, podman: string | null) {
  if (status < 500 && NO_COMMAND.test(message)) {
    return {
      what: 'the image has no command: it has neither CMD nor ENTRYPOINT',
      todo: "add CMD to the image's Dockerfile, or a command to the compose file, or do not start the image",
    }
  }
  if (podman !== null) {
    return {
      what: `the engine is Podman ${podman}, which refused what Docker does (${status}: ${message})`,
      todo: 'use Docker Engine, or pass the image as an archive',
    }
  }
  return { what: `the Docker engine returned ${status}: ${message}`, todo: defaultAdvice('engine-refused') }
}

export function errorAnswer({ host, podman }: Engine, path: string, status: number, text: string) {
  const answer = jsonIn(text)
  const isKnown = isRecord(answer) && typeof answer.message === 'string'
  const message = isKnown ? String(answer.message) : text.slice(0, 500)
  return new EngineError(status, message, path, host, podman)
}

export function callPlace(host: string, path: string): string {
  return `${path.split('?')[0]} on ${host}`
}
