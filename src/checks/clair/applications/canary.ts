import type { TarFile } from '../../../io/archive/formats/tar-writer.js'
import { zipOf } from '../../../io/archive/formats/zip-writer.js'
import type { ApplicationCanary, ClairEcosystem } from './ecosystems.js'
import type { ServedRecord } from './narrow.js'

export type ApplicationCanaries = Readonly<Record<ClairEcosystem, ApplicationCanary>>

/**
 * The canaries for a Clair that reads Seaworthy's advisories. All names differ, because Clair merges packages of the
 * same name and version.
 */
export const OWN_CANARIES: ApplicationCanaries = {
  PyPI: { name: 'seaworthy-canary-python', version: '1.0', id: 'SEAWORTHY-CANARY-PYPI' },
  Maven: { name: 'seaworthy:canary', version: '1.0', id: 'SEAWORTHY-CANARY-MAVEN' },
  RubyGems: { name: 'seaworthy-canary-ruby', version: '1.0', id: 'SEAWORTHY-CANARY-RUBYGEMS' },
  Go: { name: 'seaworthy.invalid/canary', version: 'v1.0.0', id: 'SEAWORTHY-CANARY-GO' },
}

/**
 * The canaries for an external Clair, which uses its own advisories: well-known packages in versions that never
 * existed, so no image has them, below the first fix of an advisory about all earlier versions.
 */
export const WELL_KNOWN_CANARIES: ApplicationCanaries = {
  PyPI: { name: 'django', version: '0.0.1', id: null },
  Maven: { name: 'org.apache.logging.log4j:log4j-core', version: '2.0.0.1', id: null },
  RubyGems: { name: 'rack', version: '0.0.1', id: null },
  Go: { name: 'golang.org/x/text', version: 'v0.0.1', id: null },
}

export function canaryRecord(ecosystem: ClairEcosystem): ServedRecord {
  const { name, id } = OWN_CANARIES[ecosystem]
  const date = '2020-01-01T00:00:00Z'
  const events = [{ introduced: '0' }, { fixed: '1.1.0' }]
  const ranges = [{ type: ecosystem === 'Go' ? 'SEMVER' : 'ECOSYSTEM', events }]
  return {
    id: id ?? '',
    modified: date,
    published: date,
    affected: [{ package: { ecosystem, name }, ranges }],
  }
}

/** The files of the canary packages below a folder, in the form that Clair's indexers expect. */
export function canaryFiles(folder: string, canaries: ApplicationCanaries): readonly TarFile[] {
  const { PyPI, Maven, RubyGems, Go } = canaries
  const [group = '', artifact = ''] = Maven.name.split(':')
  const python = `${PyPI.name.replaceAll('-', '_')}-${PyPI.version}.dist-info`
  return [
    {
      path: `${folder}/${python}/METADATA`,
      text: `Metadata-Version: 2.1\nName: ${PyPI.name}\nVersion: ${PyPI.version}\n`,
    },
    {
      path: `${folder}/canary-${Maven.version}.jar`,
      text: zipOf([
        { name: 'META-INF/MANIFEST.MF', text: 'Manifest-Version: 1.0\r\n\r\n' },
        {
          name: `META-INF/maven/${group}/${artifact}/pom.properties`,
          text: `groupId=${group}\nartifactId=${artifact}\nversion=${Maven.version}\n`,
        },
      ]),
    },
    {
      path: `${folder}/specifications/${RubyGems.name}-${RubyGems.version}.gemspec`,
      text: `Gem::Specification.new do |s|\n  s.name = '${RubyGems.name}'\n  s.version = '${RubyGems.version}'\nend\n`,
    },
    { path: `${folder}/canary`, text: goCanary(Go), mode: 0o755 },
  ]
}

/** Where the program's only segment begins. */
const SEGMENT_OFFSET = 128
const LOAD_ADDRESS = 0x400080
/** What Go's linker puts before and after the text about modules (cmd/go/internal/modload, infoStart and infoEnd). */
const [MODULE_INFO_START, MODULE_INFO_END] = [
  '3077af0c9274080241e1c107e6d618e6',
  'f932433186182072008242104116d8f2',
]

/**
 * The smallest program that Go's reader accepts as a Go program (debug/buildinfo): an ELF header, one data segment, and
 * what the linker leaves there. Its Go version is `devel`; with a real version, all advisories about Go itself would
 * affect it.
 */
function goCanary({ name, version }: ApplicationCanary): Buffer {
  const fromHex = (hex: string) => Buffer.from(hex, 'hex')
  const lines = Buffer.from(`path\t${name}\nmod\t${name}\t${version}\t\n`)
  const modules = Buffer.concat([fromHex(MODULE_INFO_START), lines, fromHex(MODULE_INFO_END)])
  const data = Buffer.concat([
    Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'),
    Buffer.alloc(16),
    Buffer.from('\x05devel', 'latin1'),
    Buffer.from([modules.length]),
    modules,
  ])
  // System V ABI, ELF64: the file's header, and one program header (PT_LOAD, read and write).
  const elfHeader = Buffer.alloc(SEGMENT_OFFSET)
  Buffer.from('\x7fELF\x02\x01\x01', 'latin1').copy(elfHeader)
  elfHeader.writeUInt16LE(2, 16) // an executable
  elfHeader.writeUInt16LE(62, 18) // for x86-64; nobody runs it
  elfHeader.writeUInt32LE(1, 20)
  elfHeader.writeBigUInt64LE(64n, 32) // where program headers begin
  elfHeader.writeUInt16LE(64, 52)
  elfHeader.writeUInt16LE(56, 54)
  elfHeader.writeUInt16LE(1, 56)
  elfHeader.writeUInt16LE(64, 58)
  elfHeader.writeUInt32LE(1, 64)
  elfHeader.writeUInt32LE(6, 68)
  elfHeader.writeBigUInt64LE(BigInt(SEGMENT_OFFSET), 72)
  elfHeader.writeBigUInt64LE(BigInt(LOAD_ADDRESS), 80)
  elfHeader.writeBigUInt64LE(BigInt(LOAD_ADDRESS), 88)
  elfHeader.writeBigUInt64LE(BigInt(data.length), 96)
  elfHeader.writeBigUInt64LE(BigInt(data.length), 104)
  elfHeader.writeBigUInt64LE(1n, 112)
  return Buffer.concat([elfHeader, data])
}
