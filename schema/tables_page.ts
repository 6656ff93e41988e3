import { tidyColumns } from '../src/report/tidy/tables.ts'

const TYPES = { STRING: 'text', INT64: 'whole number', DOUBLE: 'number', BOOLEAN: 'true or false', TIMESTAMP: 'time, UTC' }

const INTRO = `# Tidy tables

Generated from \`src/report/tidy\` by \`npm run generate\`. Do not edit.

\`npx ferment tables [RECIPE]\` writes four tables, each as CSV and as Parquet, from the records of a recipe's runs, or of all runs of a store.
\`run\` joins them. In CSV, what is not there is an empty field, times are ISO 8601; in Parquet, it is null, and columns carry what they mean as
metadata of the file.

\`\`\`python
import pandas as pd
runs = pd.read_parquet("tables/runs.parquet")
runs.groupby("cell.model").last_test_accuracy.agg(["mean", "std"])
\`\`\`
`

const ROWS: Record<string, string> = {
  runs: 'One row a run, done or failed.',
  epochs: 'One row an epoch of a run.',
  classes: 'One row a class of a run, under its last and under its best weights.',
  predictions: 'One row an image of the test set of a run, under its last and under its best weights.',
}

/** An axis and a class that stand for all. */
const ANY = [{ cell: { AXIS: '' }, data: { classes: ['CLASS'] } }] as never

/** docs/tables.md: every column with its type and meaning. */
export const tablesPage = (): string => {
  const sections = Object.entries(tidyColumns(ANY)).map(([name, columns]) => {
    const lines = columns.map((column) => `| \`${column.name}\` | ${TYPES[column.type]} | ${column.about} |`)
    return `## ${name}\n\n${ROWS[name]}\n\n| column | type | meaning |\n| --- | --- | --- |\n${lines.join('\n')}\n`
  })
  return [INTRO, ...sections].join('\n')
}
