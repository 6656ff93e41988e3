/** docs/problems.md: every code with what it means, the cure, and an answer as a terminal shows it. */
export type Chapter = { chapter: string; problems: readonly { code: string; means: string; cure: string; example?: string }[] }

const INTRO = `# Problems

Generated from \`schema/problems.yaml\` by \`npm run generate\`. Do not edit.

ferment reports all problems at once, each with a code, the place where the value was written, and what to do. The same as data:
\`npx ferment validate RECIPE --format json\`, where \`fixes\` are the edits that the hint proposes (offsets into the file's text, each alone puts it
right); as annotations of a pull request: \`--format github\`. Warnings do not keep anything from
running. Exit status: 1 where a recipe or its data are wrong, 2 for wrong usage, 3 where a run failed.
`

/** schema/problem_code.ts: the codes that have a page, as a type, so that a code without one does not compile. */
export const problemCodes = (chapters: readonly Chapter[]): string => {
  const codes = chapters.flatMap(({ problems }) => problems.map(({ code }) => `  | '${code}'`))
  return `// Generated from problems.yaml by \`npm run generate\`. Do not edit.\n\nexport type ProblemCode =\n${codes.join('\n')}\n`
}

/** @param answers what ferment says to slips, by name: the files of test/recipe/mistakes */
export const problemsPage = (chapters: readonly Chapter[], answers: Readonly<Record<string, string>>): string => {
  const entry = ({ code, means, cure, example }: Chapter['problems'][number]): string => {
    const answer = example === undefined ? '' : `\n\`\`\`text\n${answerOf(example, answers)}\`\`\`\n`
    return `### ${code}\n\n${means}\n\n*What to do:* ${cure}\n${answer}`
  }
  return [INTRO, ...chapters.map(({ chapter, problems }) => `## ${chapter}\n\n${problems.map(entry).join('\n')}`)].join('\n')
}

const answerOf = (example: string, answers: Readonly<Record<string, string>>): string => {
  const answer = answers[example]
  if (answer === undefined) throw new Error(`schema/problems.yaml: test/recipe/mistakes has no ${example}.txt`)
  return answer
}
