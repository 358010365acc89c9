/** What a USER or `--user` means when the container starts. */
export type UserMeaning =
  | { readonly kind: 'root'; readonly why: string; readonly rule: 'plain' | 'uid-zero' | 'passwd-uid' }
  | { readonly kind: 'other' }
  /** Nobody can look it up: a number may be the name of an account too. */
  | { readonly kind: 'unknown' }
  /** A name that `/etc/passwd` does not have: the container does not start. */
  | { readonly kind: 'missing' }

/**
 * Resolves the user part of `user[:group]` as the engine does (moby/sys/user, GetExecUser): the first line of
 * `/etc/passwd` whose name it is, or whose uid if it is a number; a number without a line stands for itself.
 * The group changes nothing: uid 0 is root in any group. `root` counts as root whatever the file says.
 *
 * @param passwd text of the image's `/etc/passwd`; empty if it has none, `null` if it could not be read
 */
export function meaningOf(userAndGroup: string, passwd: string | null): UserMeaning {
  const user = (userAndGroup.split(':')[0] ?? '').trim()
  if (user === '') return { kind: 'root', why: 'no user is set', rule: plainIf(userAndGroup === '') }
  if (user === 'root')
    return { kind: 'root', why: 'the user is root', rule: plainIf(userAndGroup === 'root') }
  const number = /^[+-]?\d+$/.test(user) ? Number(user) : null
  if (number === 0) return { kind: 'root', why: 'the uid is 0', rule: plainIf(userAndGroup === '0') }
  if (passwd === null) return { kind: 'unknown' }
  const found = accountsIn(passwd).find(
    ({ name, uid }) => name === user || (number !== null && uid === number),
  )
  if (!found) return number === null ? { kind: 'missing' } : { kind: 'other' }
  if (found.uid !== 0) return { kind: 'other' }
  return { kind: 'root', why: 'the user has uid 0 in /etc/passwd', rule: 'passwd-uid' }
}

/** Docker Bench knows three spellings. */
function plainIf(isKnown: boolean): 'plain' | 'uid-zero' {
  return isKnown ? 'plain' : 'uid-zero'
}

/** passwd(5): name, password, uid, … A uid that is no number is read as 0, as the engine does. */
function accountsIn(passwd: string): readonly { readonly name: string; readonly uid: number }[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid = ''] = line.trim().split(':')
    return line.trim() === '' ? [] : [{ name, uid: /^[+-]?\d+$/.test(uid) ? Number(uid) : 0 }]
  })
}
