import type { Source } from '../../schema/recipe.ts'
import { checkNetworks, type DataShape } from '../plan/check_networks.ts'
import type { Problem } from '../problem.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
import type { LoadOptions } from '../recipe/recipe.ts'

/** FER2013's form, which the drawn faces have too: known without the data. */
const FER2013: DataShape = { imageShape: [48, 48, 1], classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'] }
const shapes: Readonly<Record<Source['kind'], DataShape>> = { fer2013_csv: FER2013, synthetic_faces: FER2013 }

/** All that is wrong with a recipe, told without its data; and in a few words what it is, where it is right. */
export const checkRecipe = async (path: string, options: LoadOptions): Promise<{ problems: readonly Problem[]; summary?: string }> => {
  const loaded = await loadRecipe(path, options)
  if (!loaded.ok) return { problems: loaded.problems }
  const { recipe } = loaded
  const { problems } = checkNetworks(recipe, ({ spec }) => shapes[spec.dataset.kind])
  if (problems.length > 0) return { problems: [...recipe.warnings, ...problems] }
  const { cells, seeds, profile } = recipe
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  const size = `${count(cells.length, 'cell')} × ${count(seeds.length, 'seed')}${profile ? ` in profile ${profile.name}` : ''}`
  return { problems: recipe.warnings, summary: `right; ${size}` }
}
