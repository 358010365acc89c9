import { dirname } from 'node:path'
import {
  type BenchRequest,
  type RunSpec,
  readCompose,
  readRunOptions,
  withPaths,
} from '../checks/docker-bench/collect.js'
import { readText } from '../io/files/files.js'
import { problemOf } from '../model/problem.js'
import type { Given } from './table.js'

const ENGINES = ['auto', 'dbs', 'builtin'] as const
const START_TESTS = ['none', 'hardened', 'given'] as const

/** Reads these inputs before any check is started; faults are added to `faults`, in words. */
export function readBenchRequest(given: Given, faults: string[]): BenchRequest {
  const text = (name: string) => given(name).trim()
  const word = <T extends string>(name: string, words: readonly T[], fallback: T): T => {
    const value = text(name)
    const known = words.find((one) => one === value)
    if (value !== '' && !known)
      faults.push(`${name}: ${JSON.stringify(value)} is not one of ${words.join(', ')}`)
    return known ?? fallback
  }
  const seconds = Number(text('start-timeout') || '60')
  if (!(seconds > 0 && seconds <= 3600)) faults.push('start-timeout: at most 3600 seconds')
  const start = word('start', ['true', 'false'], 'false') === 'true'
  const spec = specOf(text('run-options'), text('compose-file'), text('compose-service'), faults)
  const startTest = word('start-test', START_TESTS, 'none')
  if (startTest === 'given' && spec === null)
    faults.push('start-test: given needs run-options or compose-file')
  return {
    benchEngine: word('bench-engine', ENGINES, 'auto'),
    source: sourceOf(text('bench-image'), text('bench-source'), faults),
    ...{ spec, start, startTest, startTimeoutMs: seconds * 1000 },
  }
}

function sourceOf(image: string, source: string, faults: string[]): BenchRequest['source'] {
  if (image !== '' && source !== '') faults.push('bench-image and bench-source exclude each other')
  if (image !== '') return { kind: 'image', image }
  if (source === 'download') return { kind: 'download' }
  return source === '' ? { kind: 'none' } : { kind: 'folder', folder: source }
}

function specOf(line: string, file: string, service: string, faults: string[]): RunSpec | null {
  if (line !== '' && file !== '') faults.push('run-options and compose-file exclude each other')
  if ((file === '') !== (service === '')) faults.push('compose-file and compose-service go together')
  try {
    if (line !== '') return withPaths(readRunOptions(line), '.')
    if (file === '' || service === '') return null
    const yaml = readText(file)
    if (yaml !== null) return withPaths(readCompose(yaml, file, service), dirname(file))
    faults.push(`compose-file: ${JSON.stringify(file)} is not there`)
  } catch (error) {
    const { what, where } = problemOf(error, 'run-options')
    faults.push(`${where}: ${what}`)
  }
  return null
}
