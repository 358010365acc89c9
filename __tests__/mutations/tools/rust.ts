import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { copiedFrom, kept, run } from './kept.js'

const AUDITABLE = 'cargo-auditable@0.7.7'

export interface InCargo {
  readonly crate: string
  readonly version: string
  /** Rust's name of the crate, and an expression of it. */
  readonly uses: string
  /** Lines of `[profile.release]`. */
  readonly profile?: readonly string[]
  /** A library for C instead of a program. */
  readonly library?: boolean
  readonly into: string
}

/** The part of a mutation that builds a program with cargo auditable, which adds the list of crates to it. */
export function inCargo(name: string, make: InCargo): Pick<Mutation, 'files' | 'lines'> {
  const { into, library = false } = make
  const files = project(make)
  const tree = () =>
    kept(name, [AUDITABLE, files, into], (root) => {
      const tool = kept('cargo-auditable', AUDITABLE, (folder) => {
        run('cargo', ['install', '-q', '--locked', '--root', folder, AUDITABLE], folder)
      })
      const folder = kept(`${name}-build`, [AUDITABLE, files], (at) => {
        write(at, files)
        const PATH = `${join(tool, 'bin')}:${process.env.PATH}`
        run('cargo', ['auditable', 'build', '-q', '--release'], at, {
          PATH,
          CARGO_TARGET_DIR: join(at, 'target'),
        })
      })
      mkdirSync(dirname(join(root, into)), { recursive: true })
      cpSync(join(folder, 'target/release', library ? 'libshop.so' : 'shop'), join(root, into))
    })
  return copiedFrom(tree, [into])
}

function project({ crate, version, uses, profile = [], library }: InCargo): Record<string, string> {
  const manifest = [
    ...['[package]', 'name = "shop"', 'version = "1.0.0"', 'edition = "2021"', ''],
    ...(library ? ['[lib]', 'crate-type = ["cdylib"]', ''] : []),
    ...['[dependencies]', `${crate} = "=${version}"`, ''],
    ...['[profile.release]', ...profile, ''],
  ].join('\n')
  const body = `println!("ready {}", ${uses});`
  return library
    ? { 'Cargo.toml': manifest, 'src/lib.rs': `#[no_mangle]\npub extern "C" fn start() {\n    ${body}\n}\n` }
    : { 'Cargo.toml': manifest, 'src/main.rs': `fn main() {\n    ${body}\n}\n` }
}
