import type { Mutation } from '../mutation.js'
import { type InGo, inGo, inOldGo, library } from '../tools/go.js'

type Build = Pick<InGo, 'flags' | 'into' | 'source' | 'env'>

/** A vulnerable version of a module, and an expression that keeps it in the program. */
interface Used extends Pick<InGo, 'module' | 'imports' | 'uses'> {}
const used = (module: string, uses: string, folder = ''): Used => ({
  module,
  imports: (module.split('@')[0] ?? '') + folder,
  uses,
})

const TEXT = used('golang.org/x/text@v0.3.6', 'used.Make("en")', '/language')
const GIN = used('github.com/gin-gonic/gin@v1.9.0', 'used.Version')
const WEBSOCKET = used('github.com/gorilla/websocket@v1.4.0', 'used.Upgrader{}')
const GJSON = used('github.com/tidwall/gjson@v1.9.2', 'used.Valid("{}")')
const JWT = used('github.com/golang-jwt/jwt/v4@v4.5.1', 'used.NewParser()')
const JSONPARSER = used('github.com/buger/jsonparser@v1.1.1', 'used.String')
const XZ = used('github.com/ulikunitz/xz@v0.5.14', 'used.HeaderLen')
const CHI = used('github.com/go-chi/chi/v5@v5.2.1', 'used.NewRouter()')
const SCHEMA = used('github.com/gorilla/schema@v1.4.0', 'used.NewDecoder()')

function go(form: string, at: number, uses: Used, how: string, build: Build, make = inGo): Mutation {
  const [path, version] = uses.module.split('@')
  return {
    id: `application/${form}/${at}`,
    on: 'go',
    what: `${path} ${version}, ${how}`,
    ...make(`${form}-${at}`, { ...uses, ...build }),
    subject: { package: `golang/${path}` },
  }
}

const BIN = '/usr/local/bin'
function trimmed(at: number, uses: Used, how: string, into: string, ...flags: string[]): Mutation {
  return go('go-trimpath', at, uses, `built with -trimpath${how}`, { flags: ['-trimpath', ...flags], into })
}

function stripped(at: number, uses: Used, how: string, into: string, ldflags = '-s -w', ...flags: string[]) {
  const all = [`-ldflags=${ldflags}`, ...flags]
  return go('go-stripped', at, uses, `built with -ldflags='${ldflags}'${how}`, { flags: all, into })
}

const CGO = { CGO_ENABLED: '1' }
function shared(at: number, uses: Used, how: string, into: string, ...flags: string[]): Mutation {
  const build = { flags: ['-buildmode=c-shared', ...flags], into, source: library, env: CGO }
  return go('go-c-shared', at, uses, `in a library built with -buildmode=c-shared${how}`, build)
}

function plugged(at: number, uses: Used, how: string, into: string, ...flags: string[]): Mutation {
  const build = { flags: ['-buildmode=plugin', ...flags], into, env: CGO }
  return go('go-plugin', at, uses, `in a plugin${how}`, build)
}

/** Debian has Go 1.15, and not 1.17; both write build information in the form from before Go 1.18. */
function old(at: number, uses: Used, how: string, into: string, ...flags: string[]): Mutation {
  return go('go-1.17', at, uses, `built with Go 1.15${how}`, { flags, into }, inOldGo)
}

export const GO: readonly Mutation[] = [
  trimmed(1, TEXT, '', `${BIN}/report`),
  trimmed(2, CHI, ' and -mod=mod', '/srv/shop/server', '-mod=mod'),
  trimmed(3, SCHEMA, ' and without its symbols', `${BIN}/forms`, '-ldflags=-s -w'),

  stripped(1, WEBSOCKET, '', `${BIN}/socket`),
  stripped(2, XZ, ' and without a build id', '/opt/shop/unpack', '-s -w -buildid='),
  stripped(3, JWT, ' as a position-independent program', `${BIN}/token`, '-s -w', '-buildmode=pie'),
  stripped(4, GIN, ' in a folder of the application', '/srv/shop/bin/shop', '-w'),

  shared(1, GJSON, '', '/usr/local/lib/libshop.so'),
  shared(2, TEXT, ', stripped', '/srv/shop/libtext.so', '-ldflags=-s -w'),
  shared(
    3,
    JSONPARSER,
    ' and -trimpath, with a version in its name',
    '/opt/shop/lib/libjson.so.1',
    '-trimpath',
  ),

  plugged(1, JWT, '', '/usr/local/lib/shop/token.so'),
  plugged(2, XZ, ', stripped', '/srv/shop/plugins/unpack.so', '-ldflags=-s -w'),
  plugged(3, GJSON, ' that was built with -trimpath', '/opt/shop/plugins/query.so', '-trimpath'),

  old(1, TEXT, '', `${BIN}/report`),
  old(2, WEBSOCKET, ' and stripped', `${BIN}/socket`, '-ldflags=-s -w'),
  old(3, GJSON, ' and -trimpath', '/srv/shop/query', '-trimpath'),
  old(4, XZ, ' as a position-independent program', '/opt/shop/unpack', '-buildmode=pie'),
]
