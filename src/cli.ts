import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { registerCompare } from './commands/compare.ts'
import { registerDoctor } from './commands/doctor.ts'
import { registerInspect } from './commands/inspect.ts'
import { registerNew } from './commands/new.ts'
import { registerPlan } from './commands/plan.ts'
import { registerPublish } from './commands/publish.ts'
import { registerReport } from './commands/report.ts'
import { registerReproduce } from './commands/reproduce.ts'
import { registerRun } from './commands/run.ts'
import { registerRuns } from './commands/runs.ts'
import { registerSchema } from './commands/schema.ts'
import { registerSetup } from './commands/setup.ts'
import { registerShow } from './commands/show.ts'
import { registerStatus } from './commands/status.ts'
import { registerTables } from './commands/tables.ts'
import { registerValidate } from './commands/validate.ts'
import { registerVerify } from './commands/verify.ts'
import { EXIT } from './exit_status.ts'
import { printable } from './printable.ts'
import { isWrongUsage, UserError } from './problem.ts'
import { problemText } from './problem_text.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** All commands and options. Nothing of it ends the process. */
export const commandLine = (): Command => {
  const program = new Command('ferment')
    .description('Runs deep-learning experiments that are written down as YAML recipes, and reports them beside the paper.')
    .version(version)
    .showHelpAfterError('Run ferment COMMAND --help for what it takes.')
    .addHelpText('after', '\nExample:\n  npx ferment run recipes/paper/as-reported.yaml --profile quick --report')
    .exitOverride()
    // It quotes the arguments.
    .configureOutput({ writeErr: (text) => process.stderr.write(printable(text)) })
  const registers = [
    registerValidate,
    registerPlan,
    registerInspect,
    registerShow,
    registerRun,
    registerReport,
    registerCompare,
    registerReproduce,
    registerVerify,
    registerPublish,
    registerStatus,
    registerRuns,
    registerTables,
    registerNew,
    registerSchema,
    registerSetup,
    registerDoctor,
  ]
  for (const register of registers) register(program)
  for (const command of program.commands.flatMap((one) => [one, ...one.commands]))
    command
      .exitOverride()
      .showHelpAfterError(
        `Run ferment ${command.parent === program ? '' : `${command.parent?.name()} `}${command.name()} --help for what it takes.`,
      )
  return program
}

/**
 * The command line. Results go to standard output, everything else to standard error.
 * Exit status: 0 done, 1 a recipe or its data is wrong, 2 wrong usage, 3 a run failed, 130 interrupted.
 */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that has seen enough (`ferment plan | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.bug))
  // That nobody reads how it goes is no reason to end a training.
  process.stderr.on('error', () => {})
  process.on('uncaughtException', (error) => process.exit(reportError(error)))
  try {
    await commandLine().parseAsync(argv)
  } catch (error) {
    process.exitCode = reportError(error)
  }
}

const reportError = (error: unknown): number => {
  const { text, exitStatus } = failure(error)
  if (text !== '') console.error(text)
  return exitStatus
}

/** What a failure means for the user: the lines to print and the exit status. */
const failure = (error: unknown): { text: string; exitStatus: number } => {
  if (error instanceof UserError) {
    const color = process.stderr.isTTY && !process.env.NO_COLOR
    return { text: problemText(error.problems, { color }), exitStatus: exitStatusOf(error) }
  }
  if (error instanceof CommanderError) return { text: '', exitStatus: error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  if (process.env.FERMENT_DEBUG) return { text: stack ?? message, exitStatus: EXIT.bug }
  return {
    text: `ferment: this should not have happened: ${printable(message)}\nIt is a bug of ferment. FERMENT_DEBUG=1 shows where.`,
    exitStatus: EXIT.bug,
  }
}

const exitStatusOf = ({ problems, exitStatus }: UserError): number =>
  exitStatus === EXIT.wrongInput && isWrongUsage(problems) ? EXIT.wrongUsage : exitStatus
