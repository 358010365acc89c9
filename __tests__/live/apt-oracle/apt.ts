import { type TarFile, tarOf } from '../../../src/io/archive/formats/tar-writer.js'
import { listName, type ServedIndex } from './apt-files.js'
import { inContainer, putTar } from './engine.js'

/** A root as apt gets it. */
export interface Root {
  readonly files: Readonly<Record<string, string>>
  readonly served: readonly ServedIndex[]
  readonly architectures: readonly string[]
}

/** What apt said of one root. */
export interface AptResult {
  /** `name:arch installed candidate` of every package that has another candidate, sorted. */
  readonly pending: readonly string[]
  /** The same of what `apt-get -s upgrade` installs. */
  readonly upgraded: readonly string[]
  /** `E:` lines of `apt-get -s upgrade` where it ended with an error; `null` where it did not. */
  readonly error: string | null
}

/** Every case is a root below /cases with its own configuration; indexes that cases share are there once. */
const SCRIPT = `
cd /cases
for d in *; do
  [ -d "$d" ] || continue
  root=/cases/$d
  mkdir -p $root/var/lib/apt/lists/partial $root/var/cache/apt/archives/partial $root/etc/apt/apt.conf.d \\
    $root/etc/apt/preferences.d $root/etc/apt/sources.list.d
  while read -r name file; do ln -s "/shared/$file" "$root/var/lib/apt/lists/$name"; done < $root/links
  export APT_CONFIG=$root/oracle.conf
  names=$(awk '/^Package:/ { p = $2 } /^Architecture:/ { a = $2 == "all" ? "amd64" : $2; print p ":" a }' $root/var/lib/dpkg/status)
  echo "@case $d"
  apt-cache policy $names 2>/dev/null | grep -v '^ \\{3,\\}'
  echo "@list"
  apt list --upgradable 2>/dev/null
  echo "@upgrade"
  apt-get -s upgrade >$root/out 2>&1; rc=$?
  grep -E '^(Inst|E:) ?' $root/out
  echo "@rc $rc"
done
echo "@end"
`

/** Asks apt about every root, in one call. */
export async function askApt(id: string, roots: readonly Root[]): Promise<AptResult[]> {
  const shared = new Map<string, string>()
  const nameOf = (text: string) => {
    const known = shared.get(text) ?? `${shared.size}`
    shared.set(text, known)
    return known
  }
  const files: TarFile[] = roots.flatMap((root, number) => rootFiles(root, number, nameOf))
  for (const [text, name] of shared) {
    files.push({ path: `shared/${name}`, text })
  }
  await inContainer(id, 'rm -rf /cases /shared; mkdir /cases /shared')
  await putTar(id, tarOf(files))
  const printed = await inContainer(id, SCRIPT)
  if (!printed.endsWith('@end\n')) {
    throw new Error('apt was not asked about all cases')
  }
  const answers = new Map(
    printed
      .slice(0, -'@end\n'.length)
      .split('@case ')
      .slice(1)
      .map((part) => [Number.parseInt(part, 10), readAnswer(part)]),
  )
  return roots.map((_, number) => {
    const answer = answers.get(number)
    if (answer === undefined) {
      throw new Error(`apt said nothing of case ${number}`)
    }
    return answer
  })
}

function rootFiles(root: Root, number: number, nameOf: (text: string) => string): TarFile[] {
  const base = `cases/${number}`
  const links = root.served.flatMap((index) => {
    const { release, packages, component, architecture } = index
    const list = component === '' ? 'Packages' : `${component}/binary-${architecture}/Packages`
    return [
      `${listName(index, 'InRelease')} ${nameOf(release)}`,
      `${listName(index, list)} ${nameOf(packages)}`,
    ]
  })
  const machineId = root.files['etc/machine-id']?.trim() ?? ''
  const conf = [
    `Dir "/${base}";`,
    `Dir::State::status "/${base}/var/lib/dpkg/status";`,
    ...root.architectures.map((one) => `APT::Architectures:: "${one}";`),
    `APT::Machine-ID "${machineId}";`,
  ]
  return [
    ...Object.entries(root.files).map(([path, text]) => ({ path: `${base}/${path}`, text })),
    { path: `${base}/oracle.conf`, text: `${conf.join('\n')}\n` },
    { path: `${base}/links`, text: `${[...new Set(links)].join('\n')}\n` },
  ]
}

function readAnswer(text: string): AptResult {
  const [policy = '', rest = ''] = text.split('@list\n')
  const [list = '', end = ''] = rest.split('@upgrade\n')
  const pending = new Set([...readPolicy(policy), ...readList(list)])
  const rc = Number(/^@rc (\d+)$/m.exec(end)?.[1])
  const upgraded = [...end.matchAll(/^Inst (\S+) \[(\S+)\] \((\S+) /gm)].map(
    ([, name = '', from, to]) => `${qualified(name)} ${from} ${to}`,
  )
  const added = [...end.matchAll(/^Inst (\S+) \(/gm)]
  if (added.length > 0) {
    throw new Error(`upgrade would add ${added.map(([, name]) => name).join(' ')}`)
  }
  const errors = [...end.matchAll(/^E: ?(.*)$/gm)].map(([, line = '']) => line.replace(/\/cases\/\d+/g, ''))
  return {
    pending: [...pending].sort(),
    upgraded: upgraded.sort(),
    error: rc === 0 ? null : errors.join(' | '),
  }
}

const qualified = (name: string) => (name.includes(':') ? name : `${name}:amd64`)

function readPolicy(text: string): string[] {
  return [...text.matchAll(/^(\S+):\n {2}Installed: (\S+)\n {2}Candidate: (\S+)$/gm)].flatMap(
    ([, name = '', installed = '', candidate = '']) =>
      installed === candidate || installed === '(none)' || candidate === '(none)'
        ? []
        : [`${qualified(name)} ${installed} ${candidate}`],
  )
}

/** Also has what was rebuilt under the same version. */
function readList(text: string): string[] {
  return [...text.matchAll(/^([^\s/]+)\/\S+ (\S+) (\S+) \[upgradable from: (\S+)\]$/gm)].map(
    ([, name = '', candidate, architecture = '', installed]) =>
      `${name}:${architecture === 'all' ? 'amd64' : architecture} ${installed} ${candidate}`,
  )
}
