import type { Source } from '../../../schema/recipe.ts'
import { fer2013_csv } from './fer2013_csv.ts'
import { image_folder } from './image_folder.ts'
import type { DataForm, Located, SourceContext, SourceRow } from './source_row.ts'
import { synthetic_faces } from './synthetic_faces.ts'

type Kind = Source['kind']
type SourceOf<K extends Kind> = Extract<Source, { kind: K }>

const sources: { [K in Kind]: SourceRow<SourceOf<K>> } = { fer2013_csv, synthetic_faces, image_folder }

/** Finds a source of any kind without reading it. @throws UserError where it is not there */
export const locate = <K extends Kind>(source: SourceOf<K>, context: SourceContext): Promise<Located> =>
  (sources[source.kind] as SourceRow<SourceOf<K>>).locate(source, context)

/** What a source of any kind has, as far as that is known without reading it. */
export const formOf = <K extends Kind>(source: SourceOf<K>, context: SourceContext): Promise<DataForm | null> =>
  (sources[source.kind] as SourceRow<SourceOf<K>>).form(source, context)
