import { test } from '@jest/globals'
import { expectOfDebian } from '../live/of-debian.js'

test('when an image has some 400 packages of Debian in all languages, then nothing is said to be the application’s own', async () => {
  await expectOfDebian(
    [
      'python3-requests python3-jinja2 python3-yaml python3-httplib2 ruby-rack ruby-mustermann rake',
      'node-semver node-tar node-lodash liblog4j2-java libguava-java libspring-web-java runc ripgrep php-twig',
    ].join(' '),
    'whole',
  )
}, 900_000)
