import { SeaworthyError } from '../../model/index.js'
import { aptBoolean } from './stanzas.js'
import { aptStops } from './stops.js'

/** The options in an image's apt.conf(5) files: full option name in lower case -> value; the last one wins. */
export type AptConf = ReadonlyMap<string, string>

/**
 * The configuration files in the order of apt.conf(5): `apt.conf.d` sorted, then `apt.conf`.
 * @param files texts by path, without a leading slash
 * @throws SeaworthyError `apt-stops` if apt refuses the syntax
 */
export function readAptConf(files: Readonly<Record<string, string>>): AptConf {
  const parts = Object.keys(files).filter(isPart).sort()
  const all = files['etc/apt/apt.conf'] === undefined ? parts : [...parts, 'etc/apt/apt.conf']
  const values = new Map<string, string>()
  for (const path of all) {
    readConf(files[path] ?? '', path, values)
  }
  return values
}

/** The value of a switch; `otherwise` if it is unset or not a boolean word. */
export function confSwitch(conf: AptConf, name: string, otherwise: boolean): boolean {
  return aptBoolean(conf.get(name.toLowerCase())) ?? otherwise
}

/** apt.conf(5): no extension or `conf`; only letters, digits, hyphen, underscore, period, and also a colon. */
function isPart(path: string): boolean {
  const name = /^etc\/apt\/apt\.conf\.d\/([A-Za-z0-9._:-]+)$/.exec(path)?.[1]
  return name !== undefined && !name.startsWith('.') && (!name.includes('.') || name.endsWith('.conf'))
}

interface Token {
  readonly kind: 'word' | '{' | '}' | ';' | '#clear'
  readonly text: string
  readonly line: number
}

/** `Name value;`, `Name::Sub value;`, `Name { … };`, `#clear Name;`; no `#include`. Other `#` lines are comments. */
function readConf(text: string, path: string, values: Map<string, string>): void {
  const stack: string[] = []
  let tokenTexts: string[] = []
  let clear = false
  for (const { kind, text: tokenText } of tokens(text, path)) {
    if (kind === 'word') {
      tokenTexts.push(tokenText)
    } else if (kind === '#clear') {
      clear = true
    } else if (kind === '{') {
      stack.push(joined(stack, tokenTexts[0] ?? ''))
      if (tokenTexts.length > 1) {
        set(values, stack.at(-1) ?? '', tokenTexts.slice(1).join(' '))
      }
      tokenTexts = []
    } else {
      if (tokenTexts.length > 0) {
        end(tokenTexts)
      }
      tokenTexts = []
      // apt ignores an extra brace, and one that is never closed.
      if (kind === '}') {
        stack.pop()
      }
    }
  }
  if (tokenTexts.length > 0) {
    throw stop(path, text.split('\n').length, 'Extra junk at end of file')
  }

  function end(all: readonly string[]): void {
    const [name = '', ...rest] = all
    if (clear) {
      clear = false
      forget(values, joined(stack, name))
      return
    }
    // `{ "a"; "b"; }`: list members without names of their own.
    if (rest.length === 0) {
      set(values, `${joined(stack, '')}::`, name)
    } else {
      set(values, joined(stack, name), rest.join(' '))
    }
  }
}

function joined(stack: readonly string[], name: string): string {
  const above = stack.at(-1)
  return above === undefined ? name : name === '' ? above : `${above}::${name}`
}

/** Lists (`Name::`) get a number after the name. */
function set(values: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase()
  if (!key.endsWith('::')) {
    values.set(key, value)
  } else {
    values.set(`${key}${[...values.keys()].filter((one) => one.startsWith(key)).length}`, value)
  }
}

/** Values of a list such as `apt::architectures`. */
export function confList(conf: AptConf, name: string): string[] {
  const key = `${name.toLowerCase()}::`
  return [...conf].filter(([one]) => one.startsWith(key)).map(([, value]) => value)
}

function forget(values: Map<string, string>, name: string): void {
  const key = name.toLowerCase()
  for (const one of values.keys()) {
    if (one === key || one.startsWith(`${key}::`)) {
      values.delete(one)
    }
  }
}

function tokens(text: string, path: string): Token[] {
  const found: Token[] = []
  let line = 1
  let rest = text
  const take = (pattern: RegExp): string | null => {
    const match = pattern.exec(rest)
    if (!match) {
      return null
    }
    rest = rest.slice(match[0].length)
    line += match[0].split('\n').length - 1
    return match[0]
  }
  while (rest !== '') {
    if (take(/^[ \t\n\v\f\r]+/) !== null) {
      continue
    }
    if (take(/^\/\/[^\n]*/) !== null || take(/^\/\*[\s\S]*?(?:\*\/|$)/) !== null) {
      continue
    }
    if (take(/^#clear\b/) !== null) {
      found.push({ kind: '#clear', text: '', line })
    } else if (/^#include\b/.test(rest)) {
      throw includeError(path, line)
    } else if (take(/^#[^\n]*/) !== null) {
    } else if (/^[{};]/.test(rest)) {
      const mark = rest[0] as '{' | '}' | ';'
      found.push({ kind: mark, text: mark, line })
      rest = rest.slice(1)
    } else {
      // A word may contain a quoted part: APT::Default-Release"x".
      const quoted = take(/^"(?:\\.|[^"\\])*"/)
      const keyword =
        quoted?.slice(1, -1).replace(/\\(.)/g, '$1') ?? take(/^(?:(?!\/\/|\/\*)[^ \t\n\v\f\r{};"])+/)
      if (keyword === null) {
        throw stop(path, line, 'Malformed tag')
      }
      found.push({ kind: 'word', text: keyword, line })
    }
  }
  return found
}

function includeError(path: string, line: number): SeaworthyError {
  const what = `apt's configuration cannot be read: #include directives in an image are not followed`
  const todo = 'move the included settings to a separate file in /etc/apt/apt.conf.d'
  return new SeaworthyError({ code: 'apt-config-unreadable', what, where: `${path}:${line}`, todo })
}

function stop(path: string, line: number, why: string) {
  return aptStops(`Syntax error /${path}:${line}: ${why}`, `${path}:${line}`)
}
