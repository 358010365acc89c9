import type { Ecosystem } from '../formats/osv/ecosystem.js'

/** The minimum that an ecosystem's zip in the OSV bucket must have: half of the count seen, and lasting ids. */
interface Least {
  /** Advisories seen; `null`: no count was available when this table was written. */
  readonly observed: number | null
  /** Source and date of the number. */
  readonly from: string
  /** Well-known advisories that were not withdrawn. */
  readonly known: readonly string[]
}

/**
 * Renewed by `node script/renew-osv-least.mjs`; until it has run with access to the bucket, the numbers are
 * those that others have published.
 */
export const LEAST: Readonly<Record<Ecosystem, Least>> = {
  // begin of what the script writes
  PyPI: {
    observed: 24491,
    from: 'agent-bom issue 4894, 2026-08',
    known: ['PYSEC-2021-142', 'PYSEC-2018-28'],
  },
  Maven: {
    observed: null,
    from: 'no count was available',
    known: ['GHSA-jfh8-c2jp-5v3q', 'GHSA-36p3-wjmg-h94x'],
  },
  RubyGems: {
    observed: null,
    from: 'no count was available',
    known: ['GHSA-hxqx-xwvh-44m2', 'GHSA-xh29-r2w5-wx8m'],
  },
  Go: { observed: 4291, from: 'golang/vulndb alone, 2026-08-21', known: ['GO-2022-1059', 'GO-2021-0052'] },
  npm: {
    observed: 214057,
    from: 'osv.dev issue 4343, 2025-11',
    known: ['GHSA-35jh-r3h4-6jhm', 'GHSA-jf85-cpcp-j695'],
  },
  Packagist: {
    observed: null,
    from: 'no count was available',
    known: ['GHSA-5f37-gxvh-23v6', 'GHSA-h7vf-5wrv-9fhv'],
  },
  'crates.io': {
    observed: null,
    from: 'no count was available',
    known: ['RUSTSEC-2021-0003', 'RUSTSEC-2020-0071'],
  },
  Bitnami: {
    observed: 7444,
    from: 'bitnami/vulndb 0054d6e, 2026-08-05',
    known: ['BIT-nginx-2021-23017', 'BIT-apache-2021-41773'],
  },
  // end of what the script writes
}
