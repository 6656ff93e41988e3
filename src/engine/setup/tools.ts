import { execa } from 'execa'
import type { ProblemCode } from '../../../schema/problem_code.ts'
import { type Problem, UserError } from '../../problem.ts'

/** Commands that a set-up needs. */
export type Tools = { python: string; compiler: string }

/**
 * Finds Python with pip and a C++ compiler (`CXX`, else g++, clang++).
 * @throws UserError with a problem for each that is missing: `python_missing`, `pip_missing`, `compiler_missing`.
 */
export const findTools = async (): Promise<Tools> => {
  const compilers = process.env.CXX ? [process.env.CXX] : ['g++', 'clang++', 'c++']
  const python = await firstThatWorks(['python3', 'python'], '-c', 'import sys; sys.exit(sys.version_info < (3, 8))')
  const [pip, compiler] = await Promise.all([
    python !== null && works(python, '-m', 'pip', '--version'),
    firstThatWorks(compilers, '--version'),
  ])
  if (python !== null && pip && compiler !== null) return { python, compiler }
  const problems: Problem[] = []
  if (python === null)
    problems.push(
      missing('python_missing', 'Python 3.8 or newer (python3) is not installed; its pip fetches TensorFlow.', 'python3 python3-pip'),
    )
  else if (!pip) problems.push(missing('pip_missing', `${python} has no pip, which fetches TensorFlow.`, 'python3-pip'))
  if (compiler === null)
    problems.push(
      missing('compiler_missing', `A C++ compiler (${compilers.join(', ')}) is not installed; it builds the binding to Node.js.`, 'g++'),
    )
  throw new UserError(problems)
}

const firstThatWorks = async (commands: readonly string[], ...args: string[]): Promise<string | null> => {
  for (const command of commands) if (await works(command, ...args)) return command
  return null
}

const works = async (command: string, ...args: string[]): Promise<boolean> =>
  !(await execa(command, args, { reject: false, stdio: 'ignore' })).failed

const missing = (code: ProblemCode, message: string, packages: string): Problem => ({
  code,
  severity: 'error',
  message,
  hint: `On Debian or Ubuntu: apt-get install ${packages}`,
})
