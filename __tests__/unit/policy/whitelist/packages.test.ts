import { describe, expect, test } from '@jest/globals'
import { PACKAGES } from '../../../../src/model/finding/accepting-entry.js'
import { packageOfPurl } from '../../../../src/model/finding/application.js'
import { packageNamed } from '../../../../src/policy/whitelist/packages.js'
import { readWhitelist } from '../../../../src/policy/whitelist/read.js'
import { problemThrownBy } from '../../../support/problems.js'

describe('how an entry names a package', () => {
  test.each([
    ['openssl', 'openssl'],
    ['pypi/Django', 'pypi/django'],
    ['pkg:pypi/jupyter_server@2.7.0', 'pypi/jupyter-server@2.7.0'],
    ['pkg:npm/%40babel/traverse@7.0.0-beta.40', 'npm/@babel/traverse@7.0.0-beta.40'],
    ['npm/@babel/traverse', 'npm/@babel/traverse'],
    ['npm/@babel/*', 'npm/@babel/*'],
    ['pypi/@Django', 'pypi/@django'],
    ['pypi/Django@1.0@2.0RC1', 'pypi/django@1-0@2.0RC1'],
    ['pypi/Django@', 'pypi/django@'],
    ['npm/JSONStream', 'npm/JSONStream'],
    ['pkg:maven/org.yaml/snakeyaml@1.33', 'maven/org.yaml/snakeyaml@1.33'],
    ['pkg:golang/golang.org/x/text@v0.3.7', 'golang/golang.org/x/text@v0.3.7'],
    ['program/nginx', 'program/nginx'],
    ['program/openjdk@8u342', 'program/openjdk@8u342'],
    ['pkg:bitnami/apache@2.4.49', 'program/httpd@2.4.49'],
  ])('when it says %s, then that is %s', (text, name) => {
    expect(PACKAGES.test(text)).toBe(true)
    expect(packageNamed(text)).toBe(name)
  })

  test('when it is a package URL of the inventory, then it is the name that findings have', () => {
    const purl = 'pkg:npm/%40babel/traverse@7.0.0'
    expect(packageNamed(purl)).toBe(`${packageOfPurl(purl)}@7.0.0`)
  })

  test.each([
    'nuget/Newtonsoft.Json',
    'pypi/',
    'pypi/dj ango',
    'apt/../x',
    'Django',
    'program/',
    'program/x/y',
  ])('when it says %s, then the line is named with what it must be', (name) => {
    const text = `version: 1\nentries:\n  - id: CVE-2021-35042\n    package: ${JSON.stringify(name)}\n    reason: x\n    owner: y\n    expires: "2026-12-31"\n`
    expect(problemThrownBy(() => readWhitelist(text, 'w.yml')).what).toContain(
      'nor an application package such as pypi/django',
    )
  })

  test('when an entry says despite: malware, then it is not one despite KEV', () => {
    const text =
      'version: 1\nentries:\n  - id: MAL-2025-46969\n    package: npm/chalk\n    reason: x\n    owner: y\n    expires: "2026-12-31"\n    despite: malware\n'
    expect(readWhitelist(text, 'w.yml').entries).toMatchObject([{ despiteKev: false, despiteMalware: true }])
  })
})
