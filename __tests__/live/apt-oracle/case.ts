import type { Root } from './apt.js'
import { type Fields, type ServedIndex, stanzaText } from './apt-files.js'
import type { Suite } from './engine.js'
import type { SuiteLab } from './suite.js'

/** A component of a repository of our own, `http://NAME.example/ NAME main`. */
export interface Repository {
  readonly name: string
  /** `main` if not given. */
  readonly component?: string
  /** Fields of its Release file, upon `Origin: lab`, `Label: lab`, Suite and Codename. */
  readonly release?: Fields
  /** Package, Version and whatever else; Architecture is `amd64`, Installed-Size 1 if not given. */
  readonly packages: readonly Fields[]
}

/** One state of a root that apt and our code are both asked about. */
export interface OracleCase {
  readonly name: string
  /** All where none is named. */
  readonly suites?: readonly Suite[]
  /** `base` if not given. */
  readonly status?: 'base' | 'packages'
  /** Packages of our own that are installed. */
  readonly installed?: readonly Fields[]
  readonly edit?: (status: string) => string
  readonly repositories?: readonly Repository[]
  /** Text of sources.list; the three suites of the release if not given. Repositories of our own come after it. */
  readonly sources?: (suite: Suite) => string
  readonly foreign?: readonly string[]
  /** Indexes for other architectures, made from the real ones. */
  readonly more?: (lab: SuiteLab) => readonly ServedIndex[]
  readonly files?: (suite: Suite) => Readonly<Record<string, string>>
  /** apt stops with an error that has these words. */
  readonly stops?: string
  /** Not compared where the answer hangs on the order of equals. */
  readonly mayTie?: boolean
}

export const THREE = (suite: Suite) => [suite, `${suite}-updates`, `${suite}-security`]

/** `deb` lines for suites of Debian's archive. */
export function debLines(lab: SuiteLab, suites: readonly string[], options = ''): string {
  return suites
    .map((suite) => `deb ${options}${lab.indexes.get(suite)?.uri ?? 'http://none.example/'} ${suite} main\n`)
    .join('')
}

export function rootOf(one: OracleCase, lab: SuiteLab): Root {
  const own = (one.repositories ?? []).flatMap(servedBy)
  const lines = (one.repositories ?? []).map(
    ({ name, component = 'main' }) => `deb http://${name}.example/ ${name} ${component}\n`,
  )
  const sources = one.sources?.(lab.suite) ?? '@three'
  const text = sources.replace(/^@(\S+)(?: (\[.*\]))?$/gm, (_, suite: string, options?: string) =>
    debLines(lab, suite === 'three' ? THREE(lab.suite) : suite.split(','), options ? `${options} ` : ''),
  )
  const foreign = one.foreign ?? []
  const added = (one.installed ?? []).map((fields) =>
    stanzaText({ Package: '', Status: 'install ok installed', ...withDefaults(fields) }),
  )
  const status = `${one.status === 'packages' ? lab.packages : lab.base}${added.join('')}`
  return {
    files: {
      'etc/apt/sources.list': `${text}\n${lines.join('')}`,
      'var/lib/dpkg/status': one.edit?.(status) ?? status,
      ...(foreign.length > 0 ? { 'var/lib/dpkg/arch': `${['amd64', ...foreign].join('\n')}\n` } : {}),
      ...Object.fromEntries(
        Object.entries(one.files?.(lab.suite) ?? {}).map(([path, body]) => [
          path,
          body.replaceAll('@main', lab.indexes.get(lab.suite)?.uri ?? ''),
        ]),
      ),
    },
    served: [...lab.indexes.values(), ...own, ...(one.more?.(lab) ?? [])],
    architectures: ['amd64', ...foreign],
  }
}

function withDefaults(fields: Fields): Fields {
  return {
    Architecture: 'amd64',
    'Installed-Size': '1',
    Maintainer: 'lab <lab@example.org>',
    ...fields,
    Description: 'lab',
  }
}

/** One index for each architecture; `all` is in every one. */
function servedBy({ name, component = 'main', release, packages }: Repository): ServedIndex[] {
  const whole = packages.map(withDefaults)
  const architectures = new Set(['amd64', ...whole.map((one) => one.Architecture ?? '')])
  architectures.delete('all')
  return [...architectures].map((architecture) => ({
    uri: `http://${name}.example/`,
    suite: name,
    component,
    architecture,
    release: stanzaText({ Origin: 'lab', Label: 'lab', Suite: name, Codename: name, ...release }),
    packages: whole
      .filter((one) => one.Architecture === architecture || one.Architecture === 'all')
      .map((fields, number) =>
        stanzaText({
          ...fields,
          Filename: `pool/${fields.Package}_${number}.deb`,
          Size: fields.Size ?? `${1000 + number}`,
          SHA256: number.toString(16).padStart(64, '0'),
        }),
      )
      .join(''),
  }))
}

// Edits of a status file.

export function setStatus(name: string, flags: string): (status: string) => string {
  return (status) =>
    status.replace(
      new RegExp(`^(Package: ${name.replaceAll('+', '\\+')}\\n)Status: .*$`, 'gm'),
      `$1Status: ${flags}`,
    )
}

export function hold(...names: readonly string[]): (status: string) => string {
  return (status) => names.reduce((text, name) => setStatus(name, 'hold ok installed')(text), status)
}

export function setField(name: string, field: string, value: string | null): (status: string) => string {
  return (status) =>
    status
      .split('\n\n')
      .map((stanza) => {
        if (!new RegExp(`^Package: ${name.replaceAll('+', '\\+')}$`, 'm').test(stanza)) {
          return stanza
        }
        const without = `${stanza}\n`.replace(new RegExp(`^${field}:.*\\n([ \\t].*\\n)*`, 'm'), '').trimEnd()
        return value === null ? without : `${without}\n${field}: ${value}`
      })
      .join('\n\n')
}

export function remove(...names: readonly string[]): (status: string) => string {
  return (status) =>
    status
      .split('\n\n')
      .filter((stanza) => !names.includes(/^Package: (.*)$/m.exec(stanza)?.[1] ?? ''))
      .join('\n\n')
}
