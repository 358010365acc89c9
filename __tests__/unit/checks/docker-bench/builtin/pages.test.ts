import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { IMPROVEMENTS } from '../../../../../src/checks/docker-bench/builtin/improvements.js'
import {
  adviceOn,
  BENCH_CHECKS,
  BENCH_IDS,
  type BenchId,
} from '../../../../../src/checks/docker-bench/builtin/table.js'
import { START_TEST } from '../../../../../src/model/bench-ids.js'
import { readRunOptions } from '../../../../../src/model/run/options.js'
import { readService } from '../../../../support/compose.js'
import { aCreatedContainer, strictly } from './builders.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../../..')
const PAGE = readFileSync(join(ROOT, 'docs/findings/docker-bench.md'), 'utf8')
const SECTIONS = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
)

describe('the table of checks, and the page about them', () => {
  test('when ids are listed, then they are 4.1 to 4.12 and 5.1 to 5.32, in order', () => {
    const numbers = (section: number, count: number) =>
      Array.from({ length: count }, (_, at) => `${section}.${at + 1}`)
    expect(BENCH_IDS).toEqual([...numbers(4, 12), ...numbers(5, 32)])
  })

  test('when the page is read, then it has a section for each id, in order, and for no other', () => {
    expect([...SECTIONS.keys()]).toEqual([...BENCH_IDS.map((id) => `Check ${id}`), START_TEST])
  })

  test.each(BENCH_IDS)('when %s is looked up, then its section has its title and advice', (id) => {
    const [title, advice] = BENCH_CHECKS[id]
    const text = SECTIONS.get(`Check ${id}`)
    expect(text).toContain(`\n**${title}.** `)
    expect(text).toContain(advice)
    // An empty text would be on each page.
    for (const sentence of [title, advice, adviceOn(id, true), adviceOn(id, false)]) {
      expect(sentence).toMatch(/^(?:[A-Z]|docker exec).{10,}/)
    }
  })

  test('when an improvement is described, then it is a sentence', () => {
    for (const text of Object.values(IMPROVEMENTS)) {
      expect(text).toMatch(/^[A-Z].{10,}\.$/)
    }
  })

  test('when only a compose file has a way of its own, then the advice differs from that for docker run', () => {
    const same = BENCH_IDS.filter((id) => id.startsWith('5.') && adviceOn(id, true) === adviceOn(id, false))
    expect(same).toEqual(['5.1', '5.6', '5.7', '5.8', '5.23', '5.24', '5.28', '5.32'])
  })

  test('when an improvement has an id, then the page describes it, except the one of every check', () => {
    const missing = Object.keys(IMPROVEMENTS).filter((id) => !PAGE.includes(`\`${id}\``))
    expect(missing).toEqual(['no-subject'])
  })

  test('when the image has a user already, then the advice names it, and creates none', () => {
    expect(adviceOn('4.1', false, { uid: 1000 })).toMatch(/already has.* USER 1000\.$/)
    expect(adviceOn('4.1', false)).toMatch(/^Create a user/)
  })

  test('when ports are not those of the dictionary, then the advice names the command that lists them', () => {
    for (const isCompose of [true, false]) {
      expect(adviceOn('5.9', isCompose)).toMatch(
        /run: seaworthy dictionary record IMAGE --owner NAME --reason "TEXT"$/,
      )
      const commandFor = (imageName: string) => adviceOn('5.9', isCompose, { imageName })
      expect(commandFor('ghcr.io/acme/app:1.4')).toContain(
        'seaworthy dictionary record ghcr.io/acme/app:1.4 --owner',
      )
      // A person quotes what a shell would not take as it is.
      for (const name of ['my app.tar', '$(id)', '--yes', 'a;b']) {
        expect(commandFor(name)).toMatch(
          /run: seaworthy dictionary record IMAGE --owner NAME --reason "TEXT"$/,
        )
      }
    }
  })

  test('when more than five ports are published on all addresses, then the advice has an example', () => {
    const bindings = (count: number) => Array.from({ length: count }, (_, at) => `127.0.0.1:${at}:${at}`)
    expect(adviceOn('5.14', false, { bindings: bindings(5) })).toContain('-p 127.0.0.1:4:4.')
    expect(adviceOn('5.14', false, { bindings: bindings(6) })).toBe(adviceOn('5.14', false))
  })

  test.each<[line: string, run: string, compose: string]>([
    ['3000:3000', '-p 127.0.0.1:3000:3000', "['127.0.0.1:3000:3000']"],
    ['8443:443', '-p 127.0.0.1:8443:443', "['127.0.0.1:8443:443']"],
    ['0.0.0.0:53:53/udp', '-p 127.0.0.1:53:53/udp', "['127.0.0.1:53:53/udp']"],
    ['[::]:80:8080', '-p [::1]:80:8080', "['[::1]:80:8080']"],
    ['9000', '-p 127.0.0.1::9000', "['127.0.0.1::9000']"],
    [
      '127.0.0.1:1:1 -p 2:2 -p 3:3',
      '-p 127.0.0.1:2:2 -p 127.0.0.1:3:3',
      "['127.0.0.1:2:2', '127.0.0.1:3:3']",
    ],
  ])('when -p %s publishes on all addresses, then the advice has these ports', (line, run, compose) => {
    const { hostConfig } = readRunOptions(`-p ${line}`)
    const { bindings } = strictly('5.14', {
      containers: [aCreatedContainer({ HostConfig: { ...hostConfig } })],
    })
    expect(adviceOn('5.14', false, { bindings })).toBe(`Specify the address: ${run}.`)
    expect(adviceOn('5.14', true, { bindings })).toBe(`Give the address: ports: ${compose}.`)
    // And it settles the result.
    const settled = readRunOptions(`-p 127.0.0.1:1:1 ${run}`)
    expect(
      strictly('5.14', { containers: [aCreatedContainer({ HostConfig: { ...settled.hostConfig } })] }).word,
    ).toBe('PASS')
    expect(readService(`services: {a: {ports: ${compose}}}`, 'c.yml', 'a').hostConfig.PortBindings).toEqual(
      readRunOptions(run).hostConfig.PortBindings,
    )
  })

  test('when ports are not known, or are many, then the advice has an example', () => {
    for (const bindings of [
      [],
      ['127.0.0.1:x:1'],
      Array.from({ length: 6 }, (_, at) => `127.0.0.1:${at}:80`),
    ]) {
      expect(adviceOn('5.14', false, { bindings })).toContain('such as -p 127.0.0.1:8080:8080')
    }
  })

  test('when a compose file runs the image, then its advice has no option of docker run, and it is understood', () => {
    expect(BENCH_IDS.filter((id) => / --|`-/.test(adviceOn(id, true)) && id.startsWith('5.'))).toEqual([
      // About the command that records an expectation, and about docker exec.
      ...['5.9', '5.23'],
    ])
    // What the advice of each line says to set.
    const lines: readonly (readonly [BenchId, string, string])[] = [
      ['5.4', 'cap_drop: [ALL]', '--cap-drop ALL'],
      ['5.11', 'mem_limit: 256m', '--memory 256m'],
      ['5.11', 'deploy: {resources: {limits: {memory: 256m}}}', '--memory 256m'],
      ['5.12', 'cpus: 1', '--cpus 1'],
      ['5.12', 'deploy: {resources: {limits: {cpus: "1"}}}', '--cpus 1'],
      ['5.13', 'read_only: true', '--read-only'],
      ['5.14', "ports: ['127.0.0.1:8080:8080']", '-p 127.0.0.1:8080:8080'],
      ['5.15', 'restart: on-failure:5', '--restart on-failure:5'],
      ['5.19', 'ulimits: {nofile: 1024}', '--ulimit nofile=1024'],
      ['5.26', "security_opt: ['no-new-privileges:true']", '--security-opt no-new-privileges:true'],
      ['5.29', 'pids_limit: 100', '--pids-limit 100'],
    ]
    for (const [id, line, options] of lines) {
      const [key = ''] = line.split(':')
      expect([id, adviceOn(id, true)]).toEqual([id, expect.stringContaining(key)])
      const ours = readService(`services: {app: {image: x, ${line}}}`, 'compose.yml', null).hostConfig
      expect([line, ours]).toEqual([line, expect.objectContaining(readRunOptions(options).hostConfig)])
    }
  })
})
