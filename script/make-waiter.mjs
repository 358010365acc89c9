// Makes the programs in src/io/engine/waiter.ts: one that only waits, for each platform, byte by byte.
// Run: node script/make-waiter.mjs [--check]   (--check writes nothing, and fails where the file differs)
//
// It is started in the place of an image's own program, as process 1, to which the kernel gives no signal that it
// has not asked for. It blocks those that end a process, which keeps them even for process 1, and waits for one:
//
//   rt_sigprocmask(SIG_BLOCK, set, NULL, 8)
//   do n = rt_sigtimedwait(set, NULL, NULL, 8) while n == -EINTR     (a debugger, a freezer: signal(7))
//   exit_group(n < 0)
//
// No libc, no stack, no memory of its own. Numbers of system calls: asm/unistd_64.h, asm-generic/unistd.h (arm64).
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PATH = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/io/engine/waiter.ts')

// Whose default is to end a process (signal(7)), so that any STOPSIGNAL of an image works. Not among them: what
// tells of an error of the program itself, and what is ignored (SIGCHLD of an orphan, SIGWINCH of a terminal).
const ENDING = {
  ...{ HUP: 1, INT: 2, QUIT: 3, ABRT: 6, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, STKFLT: 16 },
  ...{ XCPU: 24, XFSZ: 25, VTALRM: 26, PROF: 27, IO: 29, PWR: 30 },
}
const REAL_TIME = Array.from({ length: 33 }, (_, at) => 32 + at)
/** A set of signals: bit n - 1 stands for signal n. */
const SET = [...Object.values(ENDING), ...REAL_TIME].reduce((set, n) => set | (1n << BigInt(n - 1)), 0n)

/** The code of each program ends with zeros up to a multiple of 8, followed by the set. */
const AMD64 = bytes(`
  48 8d 35 39 00 00 00   #  0        lea  rsi, [rip+57]    the set, at 64
  b8 0e 00 00 00         #  7        mov  eax, 14          rt_sigprocmask
  31 ff                  # 12        xor  edi, edi         SIG_BLOCK
  31 d2                  # 14        xor  edx, edx         no old set
  41 ba 08 00 00 00      # 16        mov  r10d, 8          bytes of a set, for both calls
  0f 05                  # 22        syscall
  b8 80 00 00 00         # 24  wait: mov  eax, 128         rt_sigtimedwait
  48 8d 3d 1c 00 00 00   # 29        lea  rdi, [rip+28]    the set
  31 f6                  # 36        xor  esi, esi         no siginfo
  31 d2                  # 38        xor  edx, edx         no time limit
  0f 05                  # 40        syscall
  83 f8 fc               # 42        cmp  eax, -4          -EINTR
  74 e9                  # 45        je   wait
  c1 e8 1f               # 47        shr  eax, 31          1 for an error, 0 for a signal
  89 c7                  # 50        mov  edi, eax
  b8 e7 00 00 00         # 52        mov  eax, 231         exit_group
  0f 05                  # 57        syscall
  0f 0b                  # 59        ud2                   nobody comes here
  00 00 00               # 61
`)

const ARM64 = instructionsIn(`
  10000241   #  0        adr  x1, .+72      the set, at 72
  d2800000   #  4        mov  x0, #0        SIG_BLOCK
  d2800002   #  8        mov  x2, #0        no old set
  d2800103   # 12        mov  x3, #8        bytes of a set, for both calls
  d28010e8   # 16        mov  x8, #135      rt_sigprocmask
  d4000001   # 20        svc  #0
  10000180   # 24  wait: adr  x0, .+48      the set
  d2800001   # 28        mov  x1, #0        no siginfo
  d2800002   # 32        mov  x2, #0        no time limit
  d2801128   # 36        mov  x8, #137      rt_sigtimedwait
  d4000001   # 40        svc  #0
  b100101f   # 44        cmn  x0, #4        -EINTR
  54ffff40   # 48        b.eq wait
  d37ffc00   # 52        lsr  x0, x0, #63   1 for an error, 0 for a signal
  d2800bc8   # 56        mov  x8, #94       exit_group
  d4000001   # 60        svc  #0
  00000000   # 64        udf  #0            nobody comes here
  00000000   # 68
`)

/** By Docker's and OCI's names for architectures; `machine` as in elf.h (EM_X86_64, EM_AARCH64). */
const PROGRAMS = {
  amd64: elf(62, AMD64),
  arm64: elf(183, ARM64),
}

function bytes(listing) {
  return Buffer.from(listing.replace(/#.*$/gm, '').replace(/\s/g, ''), 'hex')
}

/** Instructions as manuals write them, stored little-endian. */
function instructionsIn(listing) {
  return bytes(listing).swap32()
}

/** A static program of one segment: headers, code and the set, read and run, never written (elf(5)). */
function elf(machine, code) {
  const [HEADER, SEGMENT, ADDRESS] = [64, 56, 0x400000n]
  const set = Buffer.alloc(8)
  set.writeBigUInt64LE(SET)
  const file = Buffer.concat([Buffer.alloc(HEADER + 2 * SEGMENT), code, set])
  file.write('\x7fELF', 'latin1')
  file.set([2, 1, 1], 4) // 64 bits, low byte first, version 1
  file.writeUInt16LE(2, 16) // ET_EXEC
  file.writeUInt16LE(machine, 18)
  file.writeUInt32LE(1, 20) // version
  file.writeBigUInt64LE(ADDRESS + BigInt(HEADER + 2 * SEGMENT), 24) // where it begins
  file.writeBigUInt64LE(BigInt(HEADER), 32) // the table of segments
  file.writeUInt16LE(HEADER, 52)
  file.writeUInt16LE(SEGMENT, 54)
  file.writeUInt16LE(2, 56) // segments
  const segment = (at, type, flags, address, size, align) => {
    file.writeUInt32LE(type, at)
    file.writeUInt32LE(flags, at + 4)
    file.writeBigUInt64LE(address, at + 16)
    file.writeBigUInt64LE(address, at + 24)
    file.writeBigUInt64LE(size, at + 32)
    file.writeBigUInt64LE(size, at + 40)
    file.writeBigUInt64LE(align, at + 48)
  }
  // PT_LOAD, from the start of the file; pages of arm64 have up to 64 KiB.
  segment(HEADER, 1, 5, ADDRESS, BigInt(file.length), 0x10000n)
  segment(HEADER + SEGMENT, 0x6474e551, 6, 0n, 0n, 16n) // PT_GNU_STACK: no code on the stack
  return file
}

const rows = Object.entries(PROGRAMS).map(([architecture, program]) => {
  const sha256 = createHash('sha256').update(program).digest('hex')
  return `  ${architecture}: {
    sha256: '${sha256}',
    base64:
      '${program.toString('base64')}',
  },`
})
// The last part of the file, from this line on.
const MARK = '// Made by script/make-waiter.mjs, which says what each byte does.\n'
const before = readFileSync(PATH, 'utf8')
const at = before.indexOf(MARK)
if (at === -1) {
  throw new Error(`${PATH} does not have the line ${MARK}`)
}
const text = `${before.slice(0, at)}${MARK}const PROGRAMS = {\n${rows.join('\n')}\n} as const\n`
if (!process.argv.includes('--check')) {
  writeFileSync(PATH, text)
} else if (before !== text) {
  console.error(`${PATH}: not what script/make-waiter.mjs makes; run it`)
  process.exitCode = 1
}
