import type { ErrorCode, YAMLParseError, YAMLWarning } from 'yaml'
import type { Found } from './found.ts'
import type { SourceFile } from './source_file.ts'

type Text = { code: string; message: string; hint?: string }

/** YAML's own errors in the words of somebody who types a recipe. What is not here is said in the parser's words. */
const texts: Partial<Record<ErrorCode, Text>> = {
  DUPLICATE_KEY: { code: 'duplicate_key', message: 'This key is already in the same map.', hint: 'Keep one of them.' },
  TAB_AS_INDENT: { code: 'tab', message: 'Lines are indented with spaces, not with tabs.' },
  MULTIPLE_DOCS: {
    code: 'several_documents',
    message: 'A second YAML document begins here.',
    hint: 'A recipe is one document: remove the line ---.',
  },
  TAG_RESOLVE_FAILED: { code: 'unknown_tag', message: 'This tag means nothing in a recipe.', hint: 'Leave the !tag out.' },
  RESOURCE_EXHAUSTION: { code: 'too_deep', message: 'This is nested too deeply.' },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'yaml_syntax',
    message: 'A second "key: value" on one line.',
    hint: 'Put a text with a colon into quotes, a map into { }, or the second key on its own line.',
  },
  BAD_SCALAR_START: { code: 'yaml_syntax', message: 'A text cannot begin with this character.', hint: 'Put the text into quotes.' },
}

/** Of an error of the parser, at its place. */
export const syntaxProblem = (file: SourceFile, { code, pos, message }: YAMLParseError | YAMLWarning): Found => {
  const [start, end] = pos
  return { ...(texts[code] ?? { code: 'yaml_syntax', message: `${message.replace(/\.?$/, '.')}` }), origin: { file, start, end } }
}
