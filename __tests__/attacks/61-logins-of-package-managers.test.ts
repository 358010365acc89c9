import { expect, test } from '@jest/globals'
import { keys } from '../support/policies.js'
import { anImageWith, attack } from './bundle.js'

/**
 * The login to a private repository, in the file where apt, Bundler or pip reads it: everybody who pulls the image has it.
 */

const OF_DEBIAN = {
  'etc/os-release': 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
  'var/lib/dpkg/status': 'Package: apt\nStatus: install ok installed\nVersion: 3.0.3\nArchitecture: amd64\n',
}

test.each([
  ['etc/apt/auth.conf.d/acme.conf', 'machine apt.acme.example login deploy password Xk29dLqpW81\n'],
  [
    'etc/apt/sources.list.d/acme.list',
    'deb https://deploy:Xk29dLqpW81@apt.acme.example/debian trixie main\n',
  ],
  ['usr/local/bundle/config', '---\nBUNDLE_GEMS__ACME__EXAMPLE: "deploy:Xk29dLqpW81"\n'],
  ['srv/app/requirements.txt', '--extra-index-url https://deploy:Xk29dLqpW81@pypi.acme.example/simple\n'],
])('when an image has a login in %s, then it fails', async (path, text) => {
  const flags = ['--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })]
  const { code, report } = await attack(['scan', anImageWith({ ...OF_DEBIAN, [path]: text }), ...flags])
  const blocking = report.images.flatMap(({ findings }) => findings.filter(({ blocks }) => blocks))
  expect(blocking.map(({ id }) => id)).toContain('password')
  expect([code, JSON.stringify(report).includes('Xk29dLqpW81')]).toEqual([1, false])
})
