import { userError } from '../problem.ts'

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

/**
 * Replaces `${NAME}` by the variable of that name and `${NAME:-default}` by it or, where it is unset or empty, by the default, as a
 * shell does.
 * @returns the text, and the names of the variables whose value is in it
 * @throws UserError `environment_variable` for `${NAME}` of a variable that is not set
 */
export const expandEnvironment = (
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { text: string; variables: readonly string[] } => {
  const variables: string[] = []
  const expanded = text.replace(VARIABLE, (whole, name: string, fallback: string | undefined) => {
    const value = env[name]
    if (value) {
      variables.push(name)
      return value
    }
    if (fallback === undefined)
      throw userError({
        code: 'environment_variable',
        message: `The environment variable ${name} is not set; "${text}" needs it.`,
        hint: `Set it, or give a default: ${whole.slice(0, -1)}:-default}.`,
      })
    return fallback
  })
  return { text: expanded, variables }
}
