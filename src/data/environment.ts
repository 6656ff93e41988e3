import { homedir } from 'node:os'
import { userError } from '../problem.ts'

/** `${NAME}`, `${NAME:-default}` or `$NAME`. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)/g

/** `~` alone or before a slash, at the start. */
const HOME = /^~(?=\/|$)/

/**
 * Replaces `${NAME}` and `$NAME` by the variable of that name, `${NAME:-default}` by it or, where it is unset or empty, by the default, and
 * `~` at the start by the user's home folder, as a shell does.
 * @returns the text, and the names of the variables whose value is in it
 * @throws UserError `environment_variable` for a variable that is not set and has no default
 */
export const expandEnvironment = (
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { text: string; variables: readonly string[] } => {
  const variables: string[] = []
  const expanded = text
    .replace(HOME, () => env.HOME || homedir())
    .replace(VARIABLE, (_whole, braced: string | undefined, fallback, bare) => {
      const name = braced ?? (bare as string)
      const value = env[name]
      if (value) {
        variables.push(name)
        return value
      }
      if (fallback === undefined)
        throw userError({
          code: 'environment_variable',
          message: `The environment variable ${name} is not set; "${text}" needs it.`,
          hint: `Set it, or give a default: \${${name}:-default}.`,
        })
      // The default may begin at home too.
      return fallback.replace(HOME, () => env.HOME || homedir())
    })
  return { text: expanded, variables }
}
