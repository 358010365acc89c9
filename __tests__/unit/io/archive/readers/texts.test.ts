import { expect, test } from '@jest/globals'
import { readAlike, tarOf } from '../build.js'

test("when apt's sources, a proxy or passwd has a password, then the text that becomes evidence does not have it", async () => {
  const texts = {
    'etc/apt/sources.list': 'deb https://ada:Xk29dLqpW81@apt.example/debian trixie main\n',
    'etc/apt/apt.conf.d/proxy': 'Acquire::http::Proxy "http://ada:Xk29dLqpW81@proxy.example:3128";\n',
    'etc/passwd': 'root:x:0:0::/root:/bin/sh\nada:$6$Xk29dLqpW81:1000:1000::/:/bin/sh\nbob:*:9:9::/:\n',
    'etc/apt/sources.list.d/debian.sources': 'Types: deb\nURIs: http://deb.debian.org/debian\n',
  }
  const { image } = await readAlike([tarOf(Object.entries(texts).map(([path, body]) => ({ path, body })))])
  expect(image.layers[0]?.files).toEqual({
    'etc/apt/sources.list': 'deb https://ada:***@apt.example/debian trixie main\n',
    'etc/apt/apt.conf.d/proxy': 'Acquire::http::Proxy "http://ada:***@proxy.example:3128";\n',
    'etc/passwd': 'root:x:0:0::/root:/bin/sh\nada:***:1000:1000::/:/bin/sh\nbob:*:9:9::/:\n',
    'etc/apt/sources.list.d/debian.sources': texts['etc/apt/sources.list.d/debian.sources'],
  })
  expect(JSON.stringify(image)).not.toContain('Xk29dLqpW81')
})
