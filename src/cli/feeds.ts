import { type Command, Option } from 'commander'
import type { Signature } from '../gate/accept-data-file.js'
import { type FeedsAround, keepBench } from '../gate/bench-cache.js'
import { exportFeeds, fetchFeeds, fetchOsv, importFeeds, reportFeeds, writeMap } from '../gate/feeds.js'
import type { ReadInput } from '../inputs/row.js'
import { documentsHere } from '../io/files/documents.js'
import { abortOnSignals } from '../io/process/signals.js'
import { terminal } from '../io/process/terminal.js'
import { SeaworthyError } from '../model/index.js'
import { addInputs, type Flags, inputsOf } from './flags.js'

type FeedsCommand = (inputs: ReadInput, around: FeedsAround) => Promise<boolean>

/** Both or neither: an attestation proves nothing without the expected publisher. */
function signatureOf({ bundle, publishedBy }: Flags): Signature | null {
  if (typeof bundle === 'string' && typeof publishedBy === 'string') {
    return { bundle, repository: publishedBy }
  }
  if (bundle === undefined && publishedBy === undefined) {
    return null
  }
  const what = '--bundle and --published-by must be used together'
  const todo = 'pass the attestation, and the URL of the repository that published the file'
  throw new SeaworthyError({ code: 'bad-input', what, where: 'seaworthy feeds import', todo })
}

const SOURCES = ['tracker', 'cvss', 'epss', 'kev', 'data', 'data-trusted-root']
const MIRRORS = ['debian-mirror', 'debian-security-mirror']

/** `seaworthy feeds …`: for isolated machines, and for publishing the map of ratings. */
export function addFeeds(program: Command, uncaught: AbortSignal): void {
  const feeds = program.command('feeds').description('manage cached vulnerability data')
  const add = (
    name: string,
    about: string,
    inputs: readonly string[],
    argument: string | null,
    work: (file: string, flags: Flags) => FeedsCommand,
    options: readonly Option[] = [],
  ) => {
    const command = feeds.command(name).description(about)
    for (const option of options) {
      command.addOption(option)
    }
    if (argument !== null) {
      command.argument(`<${argument}>`)
    }
    addInputs(command, ({ name }) => inputs.includes(name))
    command.action(async (first: string | Flags, second: Flags) => {
      const [file, flags] = typeof first === 'string' ? [first, second] : ['', first]
      const screen = terminal()
      const print = (text: string) => void process.stdout.write(text)
      try {
        const pages = documentsHere(process.env)
        const context = { ...screen, print, pages, now: new Date(), signal: abortOnSignals(uncaught) }
        process.exitCode = (await work(file, flags)(inputsOf(flags), context)) === false ? 2 : 0
      } finally {
        screen.done()
      }
    })
  }
  const inputNames = [...SOURCES, ...MIRRORS, 'cache-dir']
  add(
    'fetch',
    "download the tracker, all feeds, Debian's signed indexes and Docker Bench into the cache",
    inputNames,
    null,
    () => (inputs, around) => fetchFeeds(inputs, { ...around, archive: true, keepBench }),
  )
  add(
    'osv',
    'download OSV advisories into the cache; the address is "bucket" (the bucket of the OSV project) or a URL with the same layout; a folder is read but not cached',
    ['cache-dir'],
    'address',
    (address) => (inputs, around) => fetchOsv(address, inputs, around),
  )
  add(
    'export',
    'copy the cached data to a folder or to a single data file (.tar), for transfer to another machine',
    ['cache-dir'],
    'dir|file',
    (to) => (inputs, around) => exportFeeds(to, inputs, around),
  )
  add(
    'import',
    'import an exported folder or data file into the cache',
    ['data-trusted-root', 'cache-dir'],
    'dir|file',
    (from, flags) => (inputs, around) => importFeeds(from, inputs, around, signatureOf(flags)),
    [
      new Option('--bundle <FILE>', 'attestation of the data file'),
      new Option(
        '--published-by <URL>',
        'repository that must have published the data file; required with --bundle',
      ),
    ],
  )
  add('status', 'show what is cached, and how old it is', ['cache-dir'], null, () => reportFeeds)
  add(
    'map',
    "build the map of CVSS ratings from the NVD's feeds",
    ['cvss', 'cache-dir'],
    'file',
    (file) => (inputs, around) => writeMap(file, inputs, around),
  )
}
