import type { Mutation } from '../mutation.js'
import { INDEX, inPython, SITE } from '../tools/python.js'

type Made = Pick<Mutation, 'files' | 'lines'>

/** `django==3.2` is a vulnerable version of the package that a finding has to name. */
function python(form: string, at: number, package_: string, how: string, made: Made): Mutation {
  const [name = '', version = ''] = package_.split('==')
  return {
    id: `application/${form}/${at}`,
    on: 'python',
    what: `${name} ${version}, ${how}`,
    ...made,
    subject: { package: `pypi/${name}` },
  }
}

function pip(
  form: string,
  at: number,
  package_: string,
  command: string,
  paths: readonly string[],
): Mutation {
  const commands = [`${command} ${package_}`]
  const made = inPython(`${form}-${at}`, { wheels: [package_], commands, paths })
  return python(form, at, package_, `by ${command}`, made)
}

const plain = (at: number, package_: string, command: string, ...paths: string[]) =>
  pip('pip-plain', at, package_, command, paths)
const target = (at: number, package_: string, folder: string) =>
  pip('pip-target', at, package_, `pip install --target ${folder}`, [folder])
const user = (at: number, package_: string, home: string) =>
  pip('pip-user', at, package_, `HOME=${home} pip install --user`, [`${home}/.local`])

function venv(at: number, package_: string, folder: string, make: string, more: string[] = []): Mutation {
  const commands = [`${make} ${folder}`, `${folder}/bin/python -m pip install ${package_}`]
  const wheels = [package_, ...more]
  const made = inPython(`venv-${at}`, { wheels, commands, paths: [folder] })
  return python('venv', at, package_, `in an environment of ${make} ${folder}`, made)
}

/** Eggs are what setuptools made before it left installing to pip: 69 is the last line that is meant to make them. */
const SETUPTOOLS = 'setuptools==69.5.1'
function egg(at: number, package_: string, how: string, steps: readonly string[], paths: string[]): Mutation {
  const unpack = 'mkdir -p /srv/src && tar -xzf /in/*.tar.gz -C /srv/src --strip-components 1 && cd /srv/src'
  const commands = [
    `pip install --target /opt/setuptools ${SETUPTOOLS}`,
    'export PYTHONPATH=/opt/setuptools',
    ...[unpack, ...steps],
  ]
  const made = inPython(`egg-${at}`, { wheels: [SETUPTOOLS], sources: [package_], commands, paths })
  return python('egg', at, package_, how, made)
}

function wheel(at: number, package_: string, how: string, steps: string[], paths: string[], more?: string[]) {
  const commands = steps.map((step) => step.replaceAll('WHEEL', `/in/${package_.split('==')[0]}-*.whl`))
  const made = inPython(`wheel-${at}`, { wheels: [package_], commands, paths, ...(more && { more }) })
  return python('wheel', at, package_, how, made)
}

function zipapp(at: number, package_: string, how: string, steps: string[], tool: string[] = []): Mutation {
  const commands = ['mkdir -p /srv/app', ...steps]
  const wheels = [package_, ...tool]
  const made = inPython(`zipapp-${at}`, { wheels, commands, paths: ['/srv/app/tool.pyz'] })
  return python('zipapp', at, package_, how, made)
}

const POETRY = ['poetry==2.1.4']
function poetry(at: number, package_: string, how: string, settings: string[], paths: string[]): Mutation {
  const [name = '', version = ''] = package_.split('==')
  const project = [
    '[tool.poetry]\npackage-mode = false',
    `[tool.poetry.dependencies]\npython = "^3.13"\n${name} = "${version}"`,
    '[[tool.poetry.source]]\nname = "here"\nurl = "http://127.0.0.1:8000/"\npriority = "primary"\n',
  ].join('\n\n')
  const commands = [
    'python3 -m venv /opt/poetry && /opt/poetry/bin/pip install -q poetry',
    ...INDEX,
    'mkdir -p /srv/app && cd /srv/app',
    `cat >pyproject.toml <<'END'\n${project}END`,
    ...settings.map((setting) => `/opt/poetry/bin/poetry config ${setting}`),
    '/opt/poetry/bin/poetry install --no-interaction --no-root',
  ]
  const made = inPython(`poetry-${at}`, { wheels: [package_, ...POETRY], commands, paths })
  return python('poetry', at, package_, how, made)
}

export const PYTHON: readonly Mutation[] = [
  plain(1, 'django==3.2', 'pip install', SITE, '/usr/local/bin'),
  plain(2, 'requests==2.19.1', 'pip install --no-warn-script-location', SITE),
  plain(3, 'gunicorn==19.4.5', 'pip install --prefix /opt/server', '/opt/server'),
  plain(4, 'gitpython==3.1.27', 'pip install --root /srv/root', '/srv/root'),

  target(1, 'sqlparse==0.4.1', '/srv/app/vendor'),
  target(2, 'pyjwt==2.3.0', '/opt/python'),
  target(3, 'mistune==2.0.2', '/srv/app/.packages/lib'),

  user(1, 'oauthlib==3.2.0', '/root'),
  user(2, 'markdown2==2.3.9', '/home/app'),
  user(3, 'waitress==1.4.2', '/var/lib/app'),

  venv(1, 'jinja2==2.11.2', '/opt/venv', 'python3 -m venv'),
  venv(2, 'rsa==4.0', '/srv/app/.venv', 'python3 -m venv --copies'),
  venv(3, 'starlette==0.26.1', '/venv', 'python3 -m venv --system-site-packages'),

  egg(
    1,
    'markdown2==2.3.9',
    'by setup.py easy_install, as a zipped egg',
    ['python3 setup.py easy_install --zip-ok --no-deps .'],
    [SITE],
  ),
  egg(2, 'waitress==1.4.2', 'by setup.py install, as an unpacked egg', ['python3 setup.py install'], [SITE]),
  egg(
    3,
    'gunicorn==19.4.5',
    'by setup.py bdist_egg, left in /srv/app/eggs',
    ['python3 setup.py bdist_egg --dist-dir /srv/app/eggs'],
    ['/srv/app/eggs'],
  ),
  egg(
    4,
    'bleach==3.1.3',
    'by setup.py develop, run from its sources',
    ['python3 setup.py develop --no-deps'],
    ['/srv/src', SITE],
  ),
  egg(
    5,
    'rsa==4.0',
    'by setup.py install --single-version-externally-managed, with an egg-info',
    ['python3 setup.py install --single-version-externally-managed --record /tmp/record'],
    [SITE],
  ),

  wheel(
    1,
    'sqlparse==0.4.1',
    'as a wheel that a .pth file puts on the path',
    [
      'mkdir -p /srv/wheels',
      'cp WHEEL /srv/wheels',
      `mkdir -p ${SITE}`,
      `ls /srv/wheels/* >${SITE}/wheels.pth`,
    ],
    ['/srv/wheels', SITE],
  ),
  wheel(
    2,
    'oauthlib==3.2.0',
    'as a wheel on PYTHONPATH',
    ['mkdir -p /srv/app/lib', 'cp WHEEL /srv/app/lib'],
    ['/srv/app/lib'],
    ['ENV PYTHONPATH=/srv/app/lib/oauthlib-3.2.0-py3-none-any.whl'],
  ),
  wheel(
    3,
    'bleach==3.1.3',
    'as a wheel that was unpacked',
    ['mkdir -p /srv/app/lib', 'python3 -m zipfile -e WHEEL /srv/app/lib'],
    ['/srv/app/lib'],
  ),
  wheel(
    4,
    'mistune==2.0.2',
    'as a wheel next to the program, which adds it to sys.path',
    [
      'mkdir -p /srv/app',
      'cp WHEEL /srv/app/mistune.whl',
      "printf '%s\\n' 'import sys' 'sys.path.insert(0, \"/srv/app/mistune.whl\")' 'import mistune' " +
        "'print(mistune.__version__)' >/srv/app/main.py",
    ],
    ['/srv/app'],
  ),

  zipapp(1, 'pyjwt==2.3.0', 'in an archive of python -m zipapp', [
    'pip install --target /tmp/tool pyjwt==2.3.0',
    "python3 -m zipapp /tmp/tool -p '/usr/bin/env python3' -m jwt:decode -o /srv/app/tool.pyz",
  ]),
  zipapp(
    2,
    'markdown2==2.3.9',
    'in an archive of shiv',
    [
      'python3 -m venv /opt/shiv && /opt/shiv/bin/pip install -q shiv',
      '/opt/shiv/bin/shiv -p /usr/bin/python3 -e markdown2:main -o /srv/app/tool.pyz markdown2==2.3.9',
    ],
    ['shiv==1.0.8'],
  ),
  zipapp(
    3,
    'sqlparse==0.4.1',
    'in an archive of pex',
    [
      'python3 -m venv /opt/pex && /opt/pex/bin/pip install -q pex',
      '/opt/pex/bin/pex --no-pypi --find-links /in --use-pip-config --python python3 -c sqlformat -o /srv/app/tool.pyz sqlparse==0.4.1',
    ],
    ['pex==2.33.0', 'pip==24.1', 'setuptools==70.1.0', 'wheel==0.43.0'],
  ),

  poetry(1, 'oauthlib==3.2.0', 'by poetry install, in .venv', ['virtualenvs.in-project true'], ['/srv/app']),
  poetry(
    2,
    'mistune==2.0.2',
    "by poetry install, among the system's packages",
    ['virtualenvs.create false'],
    [SITE, '/srv/app'],
  ),
  poetry(
    3,
    'pyjwt==2.3.0',
    'by poetry install, in its cache',
    ['virtualenvs.in-project false'],
    ['/root/.cache/pypoetry/virtualenvs', '/srv/app'],
  ),
]
