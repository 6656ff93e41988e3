import { type Command, Option } from 'commander'
import type { Check } from '../machine/check.ts'
import { printable, printableJson } from '../printable.ts'

export const registerDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description('Says which engine is used and why not a better one, and whether data and weights are there.')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment doctor --format json')
    .action(async ({ format }: { format: 'text' | 'json' }) => {
      const [{ doctorChecks }, { askedEngine, chooseEngine }] = await Promise.all([
        import('../machine/checks.ts'),
        import('../engine/choose/choose_engine.ts'),
      ])
      const checks = await doctorChecks(chooseEngine(askedEngine()))
      console.log(format === 'json' ? printableJson({ checks }) : printable(text(checks)))
    })
}

const text = (checks: readonly Check[]): string => {
  const width = Math.max(...checks.map(({ name }) => name.length))
  return checks
    .flatMap(({ name, ok, value, cure }) => [
      `${ok ? '✓' : '!'} ${name.padEnd(width)}  ${value}`,
      ...(cure === undefined ? [] : [`${' '.repeat(width + 4)}→ ${cure}`]),
    ])
    .join('\n')
}
