/** Steps of a RUN that change dpkg's files by hand. */

export const DPKG = '/var/lib/dpkg'
export const STATUS = `${DPKG}/status`
export const INFO = `${DPKG}/info`

/** Writes the status file again, by an awk program that reads it stanza by stanza. */
function rewritten(program: string): string {
  return `awk -v RS= -v ORS='\\n\\n' '${program}' ${STATUS} >/tmp/status && cat /tmp/status >${STATUS} && rm /tmp/status`
}

const begins = (name: string) => `/^Package: ${name.replaceAll('.', '[.]')}\\n/`

export function withoutStanza(...names: readonly string[]): string {
  return rewritten(names.map((name) => `!${begins(name)}`).join(' && '))
}

/** Prints the stanza of a package. */
export function stanzaOf(name: string): string {
  return `awk -v RS= -v ORS='\\n\\n' '${begins(name)}' ${STATUS}`
}

/** @param value may name variables of the shell */
export function withField(name: string, field: string, value: string): string {
  return `sed -i "/^Package: ${name}$/,/^$/ s/^${field}: .*/${field}: ${value}/" ${STATUS}`
}

/** Files of the package in the info folder. */
export function infoOf(name: string, kind = '*'): string {
  return `$(ls -d ${INFO}/${name}.${kind} ${INFO}/${name}:*.${kind} 2>/dev/null)`
}

export function isUnknown(name: string): string {
  return `! dpkg-query -W -f '\${db:Status-Status}' ${name} 2>/dev/null | grep -qx installed`
}

export function setVersion(name: string, version: string): string {
  return `test "$(dpkg-query -W -f '\${Version}' ${name})" = "${version}"`
}

/** Sets `file` to the path of an installed file, and `old` to that of the same one in an old .deb, which differs. */
export function findOld(deb: string, pattern: string): string {
  const where = `-type f -path '${pattern}'`
  return [
    `mkdir /tmp/old && dpkg -x ${deb} /tmp/old`,
    `file="$(find /usr ${where})" && old="$(find /tmp/old ${where})"`,
    'test -f "$file" && test -f "$old" && ! cmp -s "$file" "$old"',
  ].join(' && ')
}

/** Not in place: programs that run have the file open. */
export const REPLACE = 'cp -p --remove-destination "$old" "$file" && rm -r /tmp/old'

/** The line of the package's md5sums then has the sum of the file as it is. */
export function sumRenewed(name: string): string {
  const sums = infoOf(name, 'md5sums')
  return [
    `sed -i "s#^[0-9a-f]*  \${file#/}\\$#$(md5sum <"$file" | cut -c1-32)  \${file#/}#" ${sums}`,
    `grep -qF "$(md5sum <"$file" | cut -c1-32)  \${file#/}" ${sums}`,
  ].join(' && ')
}
