import { readFileSync, readlinkSync } from 'node:fs'

/** "boot-id pid-namespace start-time pid" of a process (proc(5)): a pid alone may be reused. */
export function ownerOf(pid: number | 'self'): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const space = readlinkSync(`/proc/self/ns/pid`)
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22, counted after the command in parentheses, which may contain blanks.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return [boot, space, started, stat.split(' ')[0]].join(' ')
  } catch {
    return null
  }
}

/** Whether the process is known to be gone, which can be seen only on its machine and in its process namespace. */
export function hasEnded(owner: string): boolean {
  const currentOwner = ownerOf('self')
  const [boot, space, , pid] = owner.split(' ')
  return currentOwner?.startsWith(`${boot} ${space} `) === true && ownerOf(Number(pid)) !== owner
}
