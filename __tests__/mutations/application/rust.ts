import type { Mutation } from '../mutation.js'
import { type InCargo, inCargo } from '../tools/rust.js'

function rust(at: number, how: string, make: InCargo): Mutation {
  const { crate, version } = make
  return {
    id: `application/cargo-auditable/${at}`,
    on: 'go',
    what: `${crate} ${version}, in a program of cargo auditable${how}`,
    ...inCargo(`cargo-auditable-${at}`, make),
    subject: { package: `cargo/${crate}` },
  }
}

export const RUST: readonly Mutation[] = [
  rust(1, '', {
    crate: 'smallvec',
    version: '1.6.0',
    uses: 'smallvec::SmallVec::<[u8; 4]>::new().len()',
    into: '/usr/local/bin/report',
  }),
  rust(2, ', stripped', {
    crate: 'regex',
    version: '1.5.4',
    uses: 'regex::Regex::new("a+").is_ok()',
    profile: ['strip = true'],
    into: '/srv/shop/search',
  }),
  rust(3, ', a library', {
    crate: 'smallvec',
    version: '0.6.13',
    uses: 'smallvec::SmallVec::<[u8; 4]>::new().len()',
    library: true,
    into: '/usr/local/lib/libreport.so',
  }),
  rust(4, ', optimized for size', {
    crate: 'generic-array',
    version: '0.13.2',
    uses: 'generic_array::GenericArray::<u8, generic_array::typenum::U4>::default().len()',
    profile: ['opt-level = "z"', 'lto = true', 'panic = "abort"', 'codegen-units = 1'],
    into: '/opt/shop/bin/pack',
  }),
]
