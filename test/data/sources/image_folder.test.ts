import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { SourceImageFolder } from '../../../schema/recipe.ts'
import { describeSource, loadDataset, sourceForm } from '../../../src/data/load_dataset.ts'
import { listClasses } from '../../../src/data/sources/image_folder/list_classes.ts'
import { splitDataset } from '../../../src/data/splits/table.ts'
import { UserError } from '../../../src/problem.ts'
import { temporaryFolder } from '../temporary_folder.ts'
import { imageTree, png } from '../tiny_images.ts'

const RED = [200, 0, 0] as const
const GREEN = [0, 100, 0] as const
const BLUE = [0, 0, 50] as const

const sourceOf = (path: string, changed: Partial<SourceImageFolder> = {}): SourceImageFolder => ({
  kind: 'image_folder',
  path,
  image_size: [2, 3],
  color_mode: 'rgb',
  interpolation: 'bilinear',
  crop_to_aspect_ratio: false,
  ...changed,
})

const load = async (path: string, changed: Partial<SourceImageFolder> = {}) =>
  loadDataset(sourceOf(path, changed), { cacheDir: await temporaryFolder(), env: {} })

/** Problems of a folder that is refused, its name written as DIR. */
const problemsOf = async (folder: string, changed: Partial<SourceImageFolder> = {}) => {
  const error = await load(folder, changed).catch((thrown: unknown) => thrown)
  if (!(error instanceof UserError)) throw error
  return error.problems.map(({ code, message, hint }) => `${code}: ${message} ${hint}`.replaceAll(folder, 'DIR'))
}

describe('a right folder', () => {
  test('gives classes by the names of its folders, and images by their names', async () => {
    const folder = await imageTree({
      'b/2.png': RED,
      'b/1.PNG': GREEN,
      'b/more/0.png': BLUE,
      'a/x.png': BLUE,
      'notes.txt': Buffer.from(''),
    })
    const { images, labels, usage, sha256, ...facts } = await load(folder)
    expect(facts).toEqual({
      kind: 'image_folder',
      name: basename(folder),
      synthetic: false,
      path: folder,
      md5: null,
      imageShape: [2, 3, 3],
      classes: ['a', 'b'],
    })
    expect(usage).toBeNull()
    expect([...labels]).toEqual([0, 1, 1, 1])
    const pixels = [BLUE, GREEN, RED, BLUE].flatMap((color) => Array(6).fill(color).flat())
    expect([...images]).toEqual(pixels)
    expect(sha256).toBe(
      createHash('sha256')
        .update(Uint8Array.from([...pixels, 0, 1, 1, 1]))
        .digest('hex'),
    )
  })

  test('in gray, one channel', async () => {
    const { images, imageShape } = await load(await imageTree({ 'a/1.png': RED, 'b/1.png': GREEN }), { color_mode: 'grayscale' })
    expect(imageShape).toEqual([2, 3, 1])
    expect([...images]).toEqual([60, 60, 60, 60, 60, 60, 59, 59, 59, 59, 59, 59]) // 0.299 · 200, 0.587 · 100
  })

  test('squeezed, or cropped to its middle', async () => {
    const thirds = Buffer.from([RED, GREEN, BLUE].flat())
    const wide = await sharp(thirds, { raw: { width: 3, height: 1, channels: 3 } })
      .png()
      .toBuffer()
    const folder = await imageTree({ 'a/1.png': wide, 'b/1.png': GREEN })
    const all = { image_size: [1, 3], interpolation: 'nearest' } as const
    expect([...(await load(folder, { ...all, image_size: [1, 3] })).images.subarray(0, 9)]).toEqual([...RED, ...GREEN, ...BLUE])
    const middle = { ...all, image_size: [1, 1] as [number, number], crop_to_aspect_ratio: true }
    expect([...(await load(folder, middle)).images.subarray(0, 3)]).toEqual([...GREEN])
    expect([...(await load(folder, { ...middle, interpolation: 'box', crop_to_aspect_ratio: false })).images.subarray(0, 3)]).toEqual([
      67, 33, 17,
    ])
  })

  test('of more images than are read at once, keeps each at its place', async () => {
    const colors = Array.from({ length: 11 }, (_, index) => [index * 20, 0, 0] as const)
    const files = colors.map((color, index) => [`${index % 2 ? 'a' : 'b'}/${String(index).padStart(2, '0')}.png`, color] as const)
    const { images } = await load(await imageTree(Object.fromEntries(files)), { image_size: [1, 1], color_mode: 'rgb' })
    expect([...images.filter((_, at) => at % 3 === 0)]).toEqual([20, 60, 100, 140, 180, 0, 40, 80, 120, 160, 200])
  })

  test('with classes named, only these, in that order', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': GREEN, 'c/1.png': BLUE, 'c/2.png': BLUE })
    const { classes, labels } = await load(folder, { classes: ['c', 'a'] })
    expect(classes).toEqual(['c', 'a'])
    expect([...labels]).toEqual([0, 0, 1])
  })

  test('can be split', async () => {
    const files = Array.from({ length: 20 }, (_, index) => [`${index < 10 ? 'a' : 'b'}/${index}.png`, index < 10 ? RED : GREEN] as const)
    const dataset = await load(await imageTree(Object.fromEntries(files)))
    const spec = { kind: 'stratified_holdout', test_size: 0.4, validation_of_test: 0.5, random_state: 0, stratify: 'labels' } as const
    const { train, validation, test: tested } = splitDataset(dataset, spec)
    expect([train.length, validation.length, tested.length]).toEqual([12, 4, 4])
  })

  test('tells how far reading has come, in bytes', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': GREEN })
    const told: unknown[] = []
    const options = { cacheDir: await temporaryFolder(), env: {}, onProgress: (progress: unknown) => told.push(progress) }
    await loadDataset(sourceOf(folder), options)
    const total = (await png(RED)).length + (await png(GREEN)).length
    expect(told).toEqual([{ phase: 'reading', done: total, total }])
  })

  test('has a form before its images are read, broken or not', async () => {
    const folder = await imageTree({ 'a/1.png': Buffer.from('no image'), 'b/1.png': GREEN })
    expect(await sourceForm(sourceOf(folder), { env: {} })).toEqual({ imageShape: [2, 3, 3], classes: ['a', 'b'] })
    const missing = sourceOf(join(folder, 'nowhere'), { color_mode: 'grayscale' })
    expect(await sourceForm(missing, { env: {} })).toBeNull()
    expect(await sourceForm({ ...missing, classes: ['x', 'y'] }, { env: {} })).toEqual({ imageShape: [2, 3, 1], classes: ['x', 'y'] })
  })
})

describe('the files of a folder', () => {
  type Golden = { order: { tree: string[]; classes: string[]; files: string[] } }
  const { order } = JSON.parse(readFileSync(new URL('../../golden/load_img.json', import.meta.url), 'utf8')) as Golden

  const listed = async (folder: string) => {
    const classes = await listClasses({ folder, classes: undefined, variables: [] })
    return {
      classes: classes.map(({ name }) => name),
      files: classes.flatMap(({ images }) => images.map(({ path }) => relative(folder, path))),
    }
  }

  test('are in the order of Keras’ image_dataset_from_directory', async () => {
    const folder = await imageTree(Object.fromEntries(order.tree.map((name) => [name, Buffer.alloc(0)])))
    expect(await listed(folder)).toEqual({ classes: order.classes, files: order.files })
  })

  test('are without what is hidden', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'a/._1.png': RED, 'b/1.png': RED, 'b/.cache/1.png': RED, '.git/1.png': RED })
    expect(await listed(folder)).toEqual({ classes: ['a', 'b'], files: ['a/1.png', 'b/1.png'] })
  })

  test('are found through links, but not in circles', async () => {
    const elsewhere = await imageTree({ 'c/1.png': RED, '2.png': GREEN })
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': GREEN })
    await symlink(join(elsewhere, 'c'), join(folder, 'c'))
    await symlink(join(elsewhere, '2.png'), join(folder, 'a/2.png'))
    await symlink(folder, join(folder, 'root'))
    await symlink('..', join(folder, 'a/up'))
    await symlink('.', join(folder, 'b/same'))
    await symlink('/', join(folder, 'b/top'))
    await symlink('self.png', join(folder, 'b/self.png'))
    expect(await listed(folder)).toEqual({ classes: ['a', 'b', 'c'], files: ['a/1.png', 'a/2.png', 'b/1.png', 'c/1.png'] })
  })
})

describe('the cache', () => {
  test('is used until a file changes, comes, goes or is renamed', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'a/2.png': RED, 'b/1.png': GREEN })
    const options = { cacheDir: await temporaryFolder(), env: {} }
    const source = sourceOf(folder)
    const isKnown = async () => (await describeSource(source, options)) !== null
    const changes = [
      () => utimes(join(folder, 'a/1.png'), 1, 1),
      async () => writeFile(join(folder, 'a/3.png'), await png(BLUE)),
      () => rm(join(folder, 'a/2.png')),
      () => rename(join(folder, 'a/3.png'), join(folder, 'a/4.png')),
      () => rename(join(folder, 'b'), join(folder, 'c')),
    ]
    for (const change of changes) {
      await loadDataset(source, options)
      expect(await isKnown()).toBe(true)
      await change()
      expect(await isKnown()).toBe(false)
    }
    expect(await loadDataset(source, options)).toMatchObject({ classes: ['a', 'c'] })
  })

  test('keeps a folder in several forms', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': GREEN })
    const options = { cacheDir: await temporaryFolder(), env: {} }
    const forms = [sourceOf(folder), sourceOf(folder, { image_size: [3, 2] }), sourceOf(folder, { classes: ['b', 'a'] })]
    for (const form of forms) await loadDataset(form, options)
    for (const form of forms) expect(await describeSource(form, options)).toMatchObject({ images: 2 })
    expect((await loadDataset(forms[2] as SourceImageFolder, options)).classes).toEqual(['b', 'a'])
  })

  test('is left alone by other files', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': GREEN })
    const options = { cacheDir: await temporaryFolder(), env: {} }
    await loadDataset(sourceOf(folder), options)
    await writeFile(join(folder, 'a/notes.txt'), 'more')
    expect(await describeSource(sourceOf(folder), options)).not.toBeNull()
  })
})

describe('a wrong folder is refused with the reason', () => {
  const AGAIN = 'It is damaged, cut off, or no image: save or copy it again, or move it out of the folder.'
  const empty = Buffer.alloc(0)

  test.each<[string, Record<string, Buffer | typeof RED>, Partial<SourceImageFolder>, string[]]>([
    [
      'empty',
      {},
      {},
      [
        'folder_classes: DIR has no folders; expected one for each class, two or more. The name of a folder is the name of a class; the images of the class are in it.',
      ],
    ],
    [
      'images without folders',
      { '1.png': RED, '2.jpg': RED },
      {},
      [
        'folder_classes: DIR has no folders; expected one for each class, two or more. The images in it (2) are of no class: put each into the folder of its class.',
      ],
    ],
    [
      'one class',
      { 'a/1.png': RED },
      {},
      [
        'folder_classes: DIR has one folder, "a"; expected one for each class, two or more. There is nothing to learn where all images are of one class.',
      ],
    ],
    [
      'a folder too high',
      { 'photos/a/1.png': RED, 'photos/b/1.png': RED },
      {},
      [
        'folder_classes: DIR has one folder, "photos"; expected one for each class, two or more. Perhaps this is meant: dataset.path: DIR/photos',
      ],
    ],
    [
      'folders of parts',
      { 'test/a/1.png': RED, 'Train/a/1.png': RED },
      {},
      [
        'folder_of_parts: The folders of DIR have names of parts of a data set, not of classes: "Train", "test". Name one of them (dataset.path: DIR/Train); `split` divides its images. If they are classes, name them in dataset.classes.',
      ],
    ],
    [
      'empty class folders',
      { 'a/1.png': RED, 'b/.hidden': empty, 'c/notes.txt': empty, 'c/README': empty },
      {},
      [
        'class_folder_empty: The folder DIR/b has no images. Put images there (.png, .jpg, .jpeg, .webp, .gif), remove the folder, or name the other classes in dataset.classes.',
        'class_folder_empty: The folder DIR/c has no images, only other files (README, .txt). Put images there (.png, .jpg, .jpeg, .webp, .gif), remove the folder, or name the other classes in dataset.classes.',
      ],
    ],
    [
      'classes that are not there',
      { 'cats/1.png': RED, 'dogs/1.png': RED },
      { classes: ['Cats', 'dgos', 'horse', 'x'] },
      [
        'class_folder_missing: dataset.classes has "Cats", and DIR has no folder of that name. Did you mean "cats"? It has: "cats", "dogs".',
        'class_folder_missing: dataset.classes has "dgos", and DIR has no folder of that name. Did you mean "dogs"? It has: "cats", "dogs".',
        'class_folder_missing: dataset.classes has "horse", and DIR has no folder of that name. It has: "cats", "dogs".',
        'class_folder_missing: dataset.classes has "x", and DIR has no folder of that name. It has: "cats", "dogs".',
      ],
    ],
    [
      'kinds that are not read',
      { 'a/1.png': RED, 'a/IMG_1.HEIC': empty, 'b/1.bmp': empty },
      {},
      [
        'image_kind: DIR/a/IMG_1.HEIC is an image of a kind that is not read; expected .png, .jpg, .jpeg, .webp, .gif. Save it as PNG or JPEG, or move it out of the folder.',
        'image_kind: DIR/b/1.bmp is an image of a kind that is not read; expected .png, .jpg, .jpeg, .webp, .gif. Save it as PNG or JPEG, or move it out of the folder.',
      ],
    ],
    [
      'broken images',
      { 'a/1.png': RED, 'a/2.png': empty, 'b/1.jpg': Buffer.from('not an image') },
      {},
      [
        `image_broken: The image DIR/a/2.png cannot be read: the file is empty. ${AGAIN}`,
        `image_broken: The image DIR/b/1.jpg cannot be read: it is of no known kind. ${AGAIN}`,
      ],
    ],
  ])('%s', async (_name, files, changed, problems) => {
    expect(await problemsOf(await imageTree(files), changed)).toEqual(problems)
  })

  test('more that is wrong than five, the first five', async () => {
    const files = Array.from({ length: 7 }, (_, index) => [`${index % 2 ? 'a' : 'b'}/${index}.bmp`, empty] as const)
    const problems = await problemsOf(await imageTree(Object.fromEntries(files)))
    expect(problems.map((text) => text.split(' is an')[0])).toEqual(
      ['a/1', 'a/3', 'a/5', 'b/0', 'b/2'].map((name) => `image_kind: DIR/${name}.bmp`),
    )
  })

  test('not there', async () => {
    const folder = join(await temporaryFolder(), 'images')
    expect(await problemsOf(folder)).toEqual([
      `data_missing: There is no folder DIR (looked for in ${process.cwd()}). Make it, with a folder of images for each class (DIR/cat/1.jpg), or name another in dataset.path.`,
    ])
  })

  test('not there, named by a variable', async () => {
    const env = { IMAGES: join(await temporaryFolder(), 'images') }
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as in a recipe
    const loaded = loadDataset(sourceOf('${IMAGES:-data/my-images}'), { env, cacheDir: env.IMAGES })
    await expect(loaded).rejects.toMatchObject({
      problems: [{ code: 'data_missing', hint: 'The environment variable IMAGES names it: correct it.' }],
    })
  })

  test('a file', async () => {
    const folder = await imageTree({ 'images.zip': Buffer.from('') })
    expect(await problemsOf(join(folder, 'images.zip'))).toEqual([
      'data_unreadable: DIR is a file; expected a folder that has a folder of images for each class. Name the folder in dataset.path; unpack the file first if it is an archive.',
    ])
  })

  test('a link that leads nowhere', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': RED })
    await symlink('nowhere.png', join(folder, 'a/2.png'))
    expect(await problemsOf(folder)).toEqual([`image_broken: The image DIR/a/2.png cannot be read: the link leads nowhere. ${AGAIN}`])
  })

  test('images that were cut off, the first five in their order', async () => {
    const whole = await sharp(Buffer.from(Array.from({ length: 3072 }, (_, at) => (at * 37) % 256)), {
      raw: { width: 32, height: 32, channels: 3 },
    })
      .jpeg()
      .toBuffer()
    const cut = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`a/${index}.jpg`, whole.subarray(0, whole.length - 60)]))
    const problems = await problemsOf(await imageTree({ ...cut, 'b/1.jpg': whole }))
    expect(problems.map((text) => text.split(' cannot')[0])).toEqual(
      [0, 1, 2, 3, 4].map((index) => `image_broken: The image DIR/a/${index}.jpg`),
    )
  })

  test('more than fits into memory, before anything is read', async () => {
    const files = Array.from({ length: 40 }, (_, index) => [`${index % 2 ? 'a' : 'b'}/${index}.png`, Buffer.from('')] as const)
    expect(await problemsOf(await imageTree(Object.fromEntries(files)), { image_size: [4096, 4096] })).toEqual([
      'data_too_large: The 40 images of DIR take 2.0 GB as 4096×4096×3 bytes each; at most 2 GB are kept in memory. Choose a smaller dataset.image_size, or fewer images.',
    ])
  })

  test('more folders than there can be classes', async () => {
    const folder = await imageTree({ 'a/1.png': RED, 'b/1.png': RED })
    for (let index = 0; index < 255; index++) await mkdir(join(folder, `x${index}`))
    expect(await problemsOf(folder)).toEqual([
      'folder_classes: DIR has 257 folders; a data set can have 256 classes. Name those that are meant in dataset.classes, or another folder in dataset.path.',
    ])
    expect((await load(folder, { classes: ['a', 'b'] })).classes).toEqual(['a', 'b'])
  })
})
