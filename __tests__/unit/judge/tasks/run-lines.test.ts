import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { composeLines, isSettledByOptions, optionLines } from '../../../../src/judge/tasks/run-lines.js'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import { readCompose } from '../../../../src/model/run/compose.js'
import { readRunOptions } from '../../../../src/model/run/options.js'
import { serviceLines } from '../../../../src/model/run/service-lines.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { ruleBench } from '../../../../src/policy/dictionary/rules.js'
import { LINES } from '../../../../src/reports/comment/job.js'
import { aResult, engineResult } from '../../../support/bench.js'
import { readService } from '../../../support/compose.js'

const BARE = `services:
  db:
    image: postgres
  web:
    image: app
    ports:
      - 8080:8080
    restart: always
volumes: {}
`
/** What follows where a port is published on all addresses. */
const FOR_OTHERS = `# if other machines must reach the service, do one of these
#   publish it on the address of one interface: that interface's address instead of 127.0.0.1
#   keep 127.0.0.1, and let a reverse proxy on this machine serve the others
#   keep all addresses, with these lines below "checks:" in policies/dictionary.yml
#     "5.14":
#       expect: [WARN]
#       reason: why it is published so
#       owner: who answers for it
#       expires: YYYY-MM-DD`

/** The ids that a service with nothing but an image, a port and a restart policy fails. */
const IDS = ['5.26', '5.14', '5.13', '5.29', '5.11', '5.12', '5.15']

function linesFor(yaml: string, ids: readonly string[]): string {
  const service = serviceLines(readCompose(yaml, 'compose.yml'), 'web')
  return composeLines(ids.map((id) => ({ id, service, bindings: ['127.0.0.1:8080:8080'] })))
}

describe('the lines for a service of a compose file', () => {
  test('when it lacks several keys, then each is there once, with its ids, and keys of its own by line', () => {
    expect(linesFor(BARE, IDS)).toBe(`# add below the service
    security_opt:
      - no-new-privileges:true  # 5.26
    tmpfs:
      - /tmp  # 5.13
    read_only: true  # 5.13
    deploy:
      resources:
        limits:
          pids: 100  # 5.29
          memory: 512M  # 5.11
          cpus: '1'  # 5.12
# change what is there
#   line 6: ports: give the address: 127.0.0.1:8080:8080  # 5.14
#   line 8: restart: on-failure:5  # 5.15
${FOR_OTHERS}`)
  })

  test('when they are pasted below the service, then the file is read with all of it', () => {
    const lines = BARE.split('\n')
    const { line } = serviceLines(readCompose(BARE, 'compose.yml'), 'web')
    const pasted = [...lines.slice(0, line), linesFor(BARE, IDS), ...lines.slice(line)].join('\n')
    expect(load(pasted)).toBeTruthy()
    expect(readService(pasted, 'compose.yml', 'web').hostConfig).toMatchObject({
      SecurityOpt: ['no-new-privileges:true'],
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': '' },
      PidsLimit: 100,
      Memory: 512 * 1024 * 1024,
      NanoCpus: 1e9,
    })
  })

  test('when keys, items and limits are there, then they are changed in their lines, and none is repeated', () => {
    const yaml = `services:
    web:
        privileged: true
        # a comment
        cap_add: [SYS_ADMIN]
        security_opt:
        - apparmor=unconfined
        - "seccomp:unconfined"
        deploy:
            resources:
                limits:
                    memory: 0
        network_mode: host
`
    const ids = ['5.5', '5.10', '5.2', '5.22', '5.4', '5.26', '5.11', '5.12']
    expect(linesFor(yaml, ids)).toBe(`# add below the service
        cap_drop:
          - ALL  # 5.4
# change what is there
#   line 3: remove privileged  # 5.5, 5.2, 5.22, 5.4
#   line 5: remove what the service does not need from cap_add  # 5.4
#   line 6: add to security_opt: - no-new-privileges:true  # 5.26
#   line 7: remove apparmor from security_opt  # 5.2
#   line 8: remove seccomp from security_opt  # 5.22
#   line 11: add to deploy.resources.limits: cpus: '1'  # 5.12
#   line 12: deploy.resources.limits.memory: 512M  # 5.11
#   line 13: remove network_mode, and publish the ports that are needed  # 5.10`)
  })

  test('when a key came from an anchor, or deploy is in braces, then no line is named, and deploy is not repeated', () => {
    const yaml = 'x: &x {privileged: true}\nservices:\n  web:\n    <<: *x\n    deploy: {replicas: 2}\n'
    expect(linesFor(yaml, ['5.5', '5.11'])).toBe(`# add below the service
    mem_limit: 512M  # 5.11
# change what is there
#   remove privileged  # 5.5`)
  })
})

test('when run options lack several, then those to add are one line, and privileged is removed once', () => {
  const results = ['5.5', '5.22', '5.4', '5.26', '5.13', '5.14'].map((id) => ({
    id,
    bindings: ['127.0.0.1:80:8080', 'x`y'],
  }))
  const lines = optionLines(results)
  expect(lines).toBe(`# add
--cap-drop=ALL --security-opt=no-new-privileges:true --read-only --tmpfs=/tmp
# change what is there
#   remove --privileged  # 5.5, 5.22, 5.4
#   --publish: give the address: 127.0.0.1:80:8080  # 5.14
${FOR_OTHERS}`)
  expect(readRunOptions(lines.split('\n')[1] ?? '').hostConfig).toMatchObject({
    CapDrop: ['ALL'],
    ReadonlyRootfs: true,
  })
})

test('when a port and its address are asked for, then one line says both, with the port of the container', () => {
  const expected = { id: '5.9', bindings: ['127.0.0.1:8080:3000'] }
  const address = { id: '5.14', bindings: ['127.0.0.1:80:3000'] }
  const text =
    'publish only 127.0.0.1:8080:3000; another port needs an entry: seaworthy dictionary record IMAGE --owner NAME --reason "TEXT"'
  const head = '# change what is there\n#   '
  expect(optionLines([expected, address])).toBe(`${head}--publish: ${text}  # 5.9, 5.14\n${FOR_OTHERS}`)
  const service = { name: 'web', indent: 4, lines: { ports: 6 } }
  const inCompose = [address, expected].map((one) => ({ ...one, service }))
  expect(composeLines(inCompose)).toBe(`${head}line 6: ports: ${text}  # 5.14, 5.9\n${FOR_OTHERS}`)
  // Of several ports nothing shows which one counts, and 5.9 is a decision.
  expect(
    [expected, { ...expected, bindings: [] }, { ...expected, bindings: ['x`y'] }].map(isSettledByOptions),
  ).toEqual([true, false, false])
  expect(LINES.test(optionLines([expected]))).toBe(true)
})

test('when one port is published, then its own host port may stay, with an entry, unless another rule refuses it', () => {
  const textFor = (binding: string, ...ports: readonly string[]) => {
    const builtin = engineResult('WARN', ...ports.map((port) => `container:${port}`))
    const finding = benchFinding(aResult('5.9', { builtin }), { bindings: [binding] })
    return optionLines([finding]).split('\n').at(-1)
  }
  const record = 'seaworthy dictionary record IMAGE --owner NAME --reason "TEXT"  # 5.9'
  expect(textFor('127.0.0.1:8080:8000', '8000')).toBe(
    `#   --publish: publish only 127.0.0.1:8080:8000, or 127.0.0.1:8000:8000 with an entry for its port: ${record}`,
  )
  expect(textFor('127.0.0.1:8080:53/udp', '5353')).toContain(' or 127.0.0.1:5353:53/udp with an entry')
  const another = `#   --publish: publish only 127.0.0.1:8080:80; another port needs an entry: ${record}`
  for (const ports of [['80'], ['0'], ['8080'], ['8000', '8001'], ['x`y'], []]) {
    expect(textFor('127.0.0.1:8080:80', ...ports)).toBe(another)
  }
})

test('when a service must be reached on all addresses, then the lines for the dictionary let its ports pass', () => {
  const builtin = {
    '5.9': engineResult('WARN', 'container:8443', 'container:x`y'),
    '5.14': engineResult('WARN', 'container:0.0.0.0'),
  }
  const findings = (['5.9', '5.14'] as const).map((id) =>
    benchFinding(aResult(id, { builtin: builtin[id] }), { bindings: ['127.0.0.1:8443:8443'] }),
  )
  const blocked = (text: string) => {
    const dictionary = readDictionary(text, 'd.yml')
    const context = { reference: 'app:1', today: '2026-11-24', evidence: new Set<string>() }
    const { results } = ruleBench(findings, dictionary, context)
    return results
      .filter(({ finding, blocks }) => blocks && findings.some(({ id }) => id === finding.id))
      .map(({ finding }) => finding.id)
  }
  const bare = 'extends: builtin/3\nversion: 1\nchecks:\n'
  expect(blocked(`${bare}  "5.5": {}\n`)).toEqual(['5.9', '5.14'])
  for (const lines of [optionLines(findings), composeLines(findings)]) {
    const entry = lines.split('\n').flatMap((line) => /^# {5}( *\S.*)$/.exec(line)?.[1] ?? [])
    const pasted = entry
      .map((line) => `  ${line}\n`)
      .join('')
      .replaceAll('YYYY-MM-DD', '2026-12-24')
    expect(LINES.test(lines)).toBe(true)
    expect(pasted).toContain('subset_of: ["8443"]')
    expect(blocked(`${bare}${pasted}`)).not.toContain('5.14')
    expect(blocked(`${bare}${pasted.replace('["8443"]', '["8443", "x`y"]')}`)).toEqual([])
  }
  // Without a dictionary they are a whole file, which is read as it is.
  const known = { hasDictionary: false }
  for (const lines of [optionLines(findings, known), composeLines(findings, known)]) {
    const whole = lines.split('\n').flatMap((line) => /^# {5}( *\S.*)$/.exec(line)?.[1] ?? [])
    expect(LINES.test(lines)).toBe(true)
    expect(lines).toContain('with these lines as the new file policies/dictionary.yml')
    expect(whole[0]).toMatch(/^extends: builtin\/\d+$/)
    expect(blocked(whole.join('\n').replaceAll('YYYY-MM-DD', '2026-12-24'))).not.toContain('5.14')
  }
})

test('when any result is settled by options, then its lines may be shown in a comment in both forms', () => {
  const all = Array.from({ length: 32 }, (_, index) => ({ id: `5.${index + 1}` })).filter(isSettledByOptions)
  expect(all.length).toBeGreaterThan(20)
  for (const one of all) {
    expect(LINES.test(composeLines([one]))).toBe(true)
    expect(LINES.test(optionLines([one]))).toBe(true)
    expect(composeLines([one])).toContain(one.id)
  }
})
