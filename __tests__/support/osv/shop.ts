import type { HistoryLine, Image, LayerFacts } from '../../../src/model/image/image.js'
import type { ApplicationFile, PurlType } from '../../../src/model/packages/application.js'
import { OS_RELEASE, statusOf } from '../../unit/checks/clair/builders.js'
import { aLayer, anImage, someApplications } from '../builders.js'

/** The four packages of issue 16, each in a layer of its own that a COPY brought. */
export const SHOP = `FROM debian:12
COPY shop.jar /opt/app/
COPY python /opt/python
COPY npm /srv/app
COPY shop /usr/local/bin/
CMD ["shop"]
`

export const LAYERS = [0, 1, 2, 3, 4].map((number) => `sha256:${String(number).repeat(64)}`)

export const SHOP_NAMES = {
  Maven: ['org.apache.logging.log4j:log4j-core'],
  PyPI: ['Django'],
  npm: ['lodash'],
  Go: ['golang.org/x/text'],
} as const

export function saying(
  kind: PurlType,
  name: string,
  version: string | null,
  inside: string | null = null,
): ApplicationFile {
  return { md5: null, says: [{ kind, name, version, inside }] }
}

type Files = Readonly<Record<string, ApplicationFile>>

const FILES: readonly Files[] = [
  {},
  {
    'opt/app/shop.jar': saying(
      'maven',
      'org.apache.logging.log4j:log4j-core',
      '2.14.1',
      'WEB-INF/lib/log4j-core-2.14.1.jar',
    ),
  },
  { 'opt/python/Django-3.2.0.dist-info/METADATA': saying('pypi', 'Django', '3.2.0') },
  { 'srv/app/node_modules/lodash/package.json': saying('npm', 'lodash', '4.17.4') },
  { 'usr/local/bin/shop': saying('golang', 'golang.org/x/text', 'v0.3.7') },
]

/** The image of `SHOP`. @param more files of applications in its last layer */
export function shopImage(more: Files = {}, part: Partial<Image> = {}): Image {
  const lines = SHOP.split('\n').slice(1, 5)
  return anImage({
    history: [
      made('/bin/sh -c #(nop) ADD file:0 in / '),
      ...lines.map((line) => made(`${line} # buildkit`)),
      made('CMD ["shop"]', true),
    ],
    layers: FILES.map((files, index) => layer(index, index === 4 ? { ...files, ...more } : files)),
    ...part,
  })
}

function layer(index: number, files: Files): LayerFacts {
  const debian = {
    'etc/os-release': OS_RELEASE,
    'var/lib/dpkg/status': statusOf([{ name: 'apt', version: '2.6.1' }]),
  }
  return aLayer({
    diffId: LAYERS[index] ?? '',
    files: index === 0 ? debian : {},
    applications: someApplications({ files }),
  })
}

function made(createdBy: string, emptyLayer = false): HistoryLine {
  return { createdBy, comment: null, created: null, emptyLayer }
}
