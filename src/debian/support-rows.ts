// Made by script/renew-support-table.mjs: not for editing by hand.

export const SUPPORT_SOURCE = { package: 'distro-info-data', version: '0.58+deb12u7', date: '2026-11-24' }

// biome-ignore format: one release, one line
export const SUPPORT_ROWS = [
  { codename: 'buzz', version: '1.1', released: '1996-06-17', eol: '1997-06-05', eolLts: null, eolElts: null },
  { codename: 'rex', version: '1.2', released: '1996-12-12', eol: '1998-06-05', eolLts: null, eolElts: null },
  { codename: 'bo', version: '1.3', released: '1997-06-05', eol: '1999-03-09', eolLts: null, eolElts: null },
  { codename: 'hamm', version: '2.0', released: '1998-07-24', eol: '2000-03-09', eolLts: null, eolElts: null },
  { codename: 'slink', version: '2.1', released: '1999-03-09', eol: '2000-10-30', eolLts: null, eolElts: null },
  { codename: 'potato', version: '2.2', released: '2000-08-15', eol: '2003-06-30', eolLts: null, eolElts: null },
  { codename: 'woody', version: '3.0', released: '2002-07-19', eol: '2006-06-30', eolLts: null, eolElts: null },
  { codename: 'sarge', version: '3.1', released: '2005-06-06', eol: '2008-03-31', eolLts: null, eolElts: null },
  { codename: 'etch', version: '4.0', released: '2007-04-08', eol: '2010-02-15', eolLts: null, eolElts: null },
  { codename: 'lenny', version: '5.0', released: '2009-02-14', eol: '2012-02-06', eolLts: null, eolElts: null },
  { codename: 'squeeze', version: '6.0', released: '2011-02-06', eol: '2014-05-31', eolLts: '2016-02-29', eolElts: null },
  { codename: 'wheezy', version: '7', released: '2013-05-04', eol: '2016-04-25', eolLts: '2018-05-31', eolElts: '2020-06-30' },
  { codename: 'jessie', version: '8', released: '2015-04-26', eol: '2018-06-17', eolLts: '2020-06-30', eolElts: '2025-06-30' },
  { codename: 'stretch', version: '9', released: '2017-06-17', eol: '2020-07-18', eolLts: '2022-06-30', eolElts: '2027-06-30' },
  { codename: 'buster', version: '10', released: '2019-07-06', eol: '2022-09-10', eolLts: '2024-06-30', eolElts: '2029-06-30' },
  { codename: 'bullseye', version: '11', released: '2021-08-14', eol: '2024-08-14', eolLts: '2026-08-31', eolElts: '2031-06-30' },
  { codename: 'bookworm', version: '12', released: '2023-06-10', eol: '2026-07-11', eolLts: '2028-06-30', eolElts: '2033-06-30' },
  { codename: 'trixie', version: '13', released: '2025-08-09', eol: '2028-08-09', eolLts: '2030-06-30', eolElts: '2035-06-30' },
  { codename: 'forky', version: '14', released: null, eol: null, eolLts: null, eolElts: null },
  { codename: 'duke', version: '15', released: null, eol: null, eolLts: null, eolElts: null },
  { codename: 'sid', version: null, released: null, eol: null, eolLts: null, eolElts: null },
  { codename: 'experimental', version: null, released: null, eol: null, eolLts: null, eolElts: null },
]
