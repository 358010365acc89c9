import { type Command, Option } from 'commander'
import type { ReadInput } from '../inputs/row.js'
import { STRUCK_INPUTS } from '../inputs/struck.js'
import { INPUTS, type Input } from '../inputs/table.js'
import { documentsHere } from '../io/files/documents.js'
import { type Problem, SeaworthyError } from '../model/index.js'
import { renderProblem } from '../reports/terminal/terminal.js'

/** Where a command finds an image (io/archive/image/image-name.ts), for its help. */
export const IMAGE_FORMS =
  'an image in the Docker engine, an archive (docker save or OCI layout), or registry:NAME, read from its registry'

/** Flags as commander returns them, in camel case. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** The flags as inputs. A secret may come from the environment, since everyone can see arguments. */
export function inputsOf(flags: Flags): ReadInput {
  return (name) => {
    const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const value = flags[camel]
    if (name === 'clair-psk' && value === undefined) {
      return process.env.SEAWORTHY_CLAIR_PSK ?? ''
    }
    return value === undefined ? '' : String(value)
  }
}

/** Lets a command take these inputs as flags. */
export function addInputs(command: Command, isTaken: (input: Input) => boolean): void {
  for (const input of INPUTS.filter(isTaken)) {
    command.addOption(optionOf(input))
  }
}

/** The flag of an input, under its heading in `--help`. */
export function optionOf({ name, group, value, help, default: fallback }: Input): Option {
  // A switch takes no value of its own: `--debug app.tar` must not swallow an image.
  const isSwitch = value === null || value === 'BOOLEAN'
  const option = new Option(isSwitch ? `--${name}` : `--${name} <${value}>`, help).helpGroup(group)
  if (isSwitch) {
    return option
  }
  if (fallback !== '') {
    option.default(fallback)
  }
  return option.argParser((text, before) => (Array.isArray(before) ? before : text))
}

/**
 * Reports a wrong command line like any other error: what happened, where, what to do. Works for each command
 * below `command` too, by its own name, since its help lists the flags.
 */
export function printUsage(command: Command, above: readonly string[] = []): void {
  const path = [...above, command.name()]
  command.configureOutput({ outputError: (text, write) => write(usageProblem(text, path.join(' '))) })
  for (const child of command.commands) {
    printUsage(child, path)
  }
}

/** commander's message: "error: …", with a possible suggestion in the next line. */
function usageProblem(text: string, name: string): string {
  const [what = '', guess = ''] = text
    .replace(/^error: /, '')
    .trimEnd()
    .split('\n')
  const struck = STRUCK_INPUTS.get(/^unknown option '--([a-z-]+)/.exec(what)?.[1] ?? '')
  const suggestion = /^\(Did you mean (.+)\?\)$/.exec(guess)?.[1]
  const advice = `${suggestion === undefined ? '' : `did you mean ${suggestion}? `}for the full list, run ${name} --help`
  const problem: Problem = { code: 'bad-input', what, where: name, todo: struck ?? advice }
  return renderProblem(problem, documentsHere(process.env))
}

/** `--offline true`, as in a workflow: the switch takes no value, and no image is called `true`. */
export function refuseSwitchValues(images: readonly string[]): void {
  const value = images.find((image) => image === 'true' || image === 'false')
  if (value === undefined) {
    return
  }
  const what = `"${value}" would be taken as an image name, because a switch such as --offline takes no value`
  const todo = value === 'true' ? 'leave "true" out' : 'leave out both "false" and the switch before it'
  throw new SeaworthyError({ code: 'bad-input', what, where: 'seaworthy scan', todo })
}

/** `push` is an input of several commands, each with a value of its own. */
export function otherPush(value: string, who: string): SeaworthyError {
  const what = `push: ${value} is not valid for this command: ${who}`
  return new SeaworthyError({ code: 'bad-input', what, where: 'flags' })
}
