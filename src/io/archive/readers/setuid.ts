import { ROOT, type SetuidFile } from '../../../model/index.js'
import type { LayerEntry, LayerTree } from '../tree/layer-tree.js'

/** The files of a layer that give privileges to whoever starts them, by their bits or by capabilities. */
export function readSetuid(
  tree: LayerTree,
  { listedPaths }: { readonly listedPaths: number },
): { readonly setuid: readonly SetuidFile[]; readonly unreadable: Readonly<Record<string, string>> } {
  const setuid: SetuidFile[] = []
  /** By the entry with the content: unpacking a hard link sets bits and attributes of its target too. */
  const byContent = new Map<number, SetuidFile>()
  let isCut = false
  for (const entry of tree.index.entries()) {
    const content = entry.target ?? entry.id
    const file = setuidOf(entry, byContent.get(content))
    if (file === null) {
      continue
    }
    byContent.set(content, file)
    if (tree.index.isReplaced(entry.id)) {
      continue
    }
    if (setuid.length < listedPaths) {
      setuid.push(file)
    } else {
      isCut = true
    }
  }
  const cut = `more than ${listedPaths} setuid files in a layer`
  return { setuid, unreadable: isCut ? { [ROOT]: cut } : {} }
}

/** @param linked what other entries show of the same file; `null`: it gives none */
function setuidOf(entry: LayerEntry, linked: SetuidFile | undefined): SetuidFile | null {
  const { path, type, uid, gid } = entry
  if (type !== 'file' && type !== 'sparse' && type !== 'hardlink') {
    return null
  }
  const ownCapabilities = entry.capability === null ? [] : capabilitiesOf(entry.capability)
  const capabilities = ownCapabilities.length > 0 ? ownCapabilities : linked?.capabilities
  const isSetuid = (entry.mode & 0o6000) !== 0
  if (!isSetuid && linked === undefined && ownCapabilities.length === 0) {
    return null
  }
  const mode = entry.mode | ((linked?.mode ?? 0) & 0o6000)
  return { path, mode, uid, gid, ...(capabilities?.length ? { capabilities } : {}) }
}

/** capabilities(7), by number. */
const CAPABILITY_NAMES = (
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service ' +
  'net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct ' +
  'sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control ' +
  'setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'
).split(' ')

/** By version: 32 or 64 bits permitted and inheritable, and in version 3 the owner of the namespace. */
const ATTRIBUTE_BYTES: Readonly<Record<number, number>> = { 1: 12, 2: 20, 3: 24 }

/**
 * Capabilities that a file gives to whoever starts it, in numeric order: `cap_setuid`. What cannot be parsed is
 * `cap_unknown`; the kernel does not start such a file.
 * @param value the attribute `security.capability`, one character per byte (`struct vfs_ns_cap_data`,
 * include/uapi/linux/capability.h: little-endian; version, then permitted and inheritable for each 32 bits)
 */
export function capabilitiesOf(value: string): readonly string[] {
  const byte = (at: number) => value.charCodeAt(at)
  const version = byte(3)
  if (value.length !== ATTRIBUTE_BYTES[version]) {
    return ['cap_unknown']
  }
  const words32 = version === 1 ? 1 : 2
  const capabilities: string[] = []
  for (let number = 0; number < words32 * 32; number += 1) {
    // Inheritable ones have no effect on a process that has none to begin with.
    const offset = 4 + 8 * Math.floor(number / 32)
    const isPermitted = ((byte(offset + Math.floor((number % 32) / 8)) >> (number % 8)) & 1) === 1
    if (isPermitted) {
      capabilities.push(`cap_${CAPABILITY_NAMES[number] ?? number}`)
    }
  }
  return capabilities
}
