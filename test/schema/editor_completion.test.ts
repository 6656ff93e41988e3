import { describe, expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { getLanguageService } from 'yaml-language-server'
import { SettingsState } from 'yaml-language-server/out/server/src/yamlSettings.js'
import schema from '../../schema/editor.schema.json' with { type: 'json' }

/** The server behind the YAML support of editors, with the schema that recipes name. */
const service = getLanguageService({
  schemaRequestService: async () => '{}',
  workspaceContext: { resolveRelativePath: (path) => path },
  telemetry: { send: () => {}, sendError: async () => {}, sendTrack: () => {} },
  yamlSettings: new SettingsState(),
})
service.configure({
  validate: true,
  hover: true,
  completion: true,
  yamlVersion: '1.2',
  schemas: [{ uri: 'file:///editor.schema.json', fileMatch: ['*.yaml'], schema }],
})

let files = 0
/** A text in which a bar marks where the cursor is. */
const opened = (marked: string) => {
  const [before = '', after = ''] = marked.split('|')
  // A file is remembered by its name.
  const document = TextDocument.create(`file:///${files++}.yaml`, 'yaml', 0, before + after)
  return { document, position: document.positionAt(before.length) }
}

const completed = async (marked: string): Promise<string[]> => {
  const { document, position } = opened(marked)
  return (await service.doComplete(document, position, false)).items.map(({ label }) => label)
}

describe('editors complete', () => {
  test.each([
    ['training:\n  |', ['epochs', 'batch_size']],
    ['training: { e| }', ['epochs', 'batch_size']],
    ['training:\n  optimizer: { kind: a| }', ['adam', 'sgd']],
    ['training:\n  optimizer: { kind: adam, l| }', ['learning_rate', 'beta_1']],
    ['training:\n  loss: |', ['categorical_crossentropy', 'mean_squared_error']],
    ['training: { loss: c| }', ['categorical_crossentropy', 'mean_squared_error']],
    ['training:\n  callbacks: [t|]', ['terminate_on_nan', 'early_stopping']],
    ['training:\n  callbacks: [{ kind: early_stopping, p| }]', ['patience', 'monitor']],
    ['model:\n  layers:\n    - f|', ['flatten', 'max_pooling2d']],
    ['model:\n  layers:\n    - { kind: conv2d, p| }', ['padding', 'filters']],
    ['model:\n  layers:\n    - { kind: conv2d, padding: s| }', ['same', 'valid']],
    ['model: { layers: [{ kind: conv2d, f| }] }', ['filters']],
    ['dataset: { kind: fer2013_csv, p| }', ['path']],
    ['matrix:\n  size:\n    small: { training: { b| } }', ['batch_size']],
    ['profiles: { quick: { limit: { t| } } }', ['train', 'test']],
  ])('%j', async (marked, labels) => expect(await completed(marked)).toEqual(expect.arrayContaining(labels)))
})

describe('editors explain', () => {
  test.each([
    ['training: { ep|ochs: 3 }', 'Passes over the training images'],
    ['training: { optimizer: { kind: adam, learning|_rate: 0.1 } }', 'Step size'],
    ['model:\n  layers:\n    - { kind: conv2d, fil|ters: 8 }', 'Number of output channels'],
    ['training:\n  callbacks: [{ kind: early_stopping, pat|ience: 3 }]', 'Epochs without improvement'],
    ['matrix: { size: { small: { training: { batch_|size: 3 } } } }', 'Images per step'],
  ])('%j', async (marked, words) => {
    const { document, position } = opened(marked)
    expect(JSON.stringify(await service.doHover(document, position))).toContain(words)
  })
})

test.each([
  ['training: { loss: categorical_crossentropy, epochs: 3 }\nmodel: { layers: [flatten, { kind: dense, units: classes }] }', 0],
  ['matrix: { training.batch_size: [4, 32] }', 0],
  ['training: { epohcs: 3 }', 1],
])('editors find what is wrong: %j', async (text, count) => {
  expect(await service.doValidation(opened(text).document, false)).toHaveLength(count)
})
