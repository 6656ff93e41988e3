import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { crc32 } from 'node:zlib'
import { encode } from 'bmp-ts'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { SourceImageFolder } from '../../../schema/recipe.ts'
import { describeSource, loadDataset, sourceForm } from '../../../src/data/load_dataset.ts'
import { listImages } from '../../../src/data/sources/image_folder/list_images.ts'
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
    const { images, labels, usage, sha256, targets, groups, first, ...facts } = await load(folder)
    expect(facts).toEqual({
      kind: 'image_folder',
      name: basename(folder),
      synthetic: false,
      path: folder,
      md5: null,
      imageShape: [2, 3, 3],
      classes: ['a', 'b'],
      usageNames: [],
      leftOut: [],
    })
    expect([usage, targets, groups, [...first]]).toEqual([null, null, null, [0, 1, 2, 0]])
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

describe('folders of parts', () => {
  const parts = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((part) => [1, 2].flatMap((at) => [`${part}/happy/${at}.png`, `${part}/sad/${at}.png`].map((name) => [name, RED]))),
    )

  test.each([[['PrivateTest', 'PublicTest', 'Training']], [['FER2013Test', 'FER2013Train', 'FER2013Valid']], [['test', 'train']]])(
    '%s are parts, never classes',
    async (names) => {
      const { classes, usageNames, usage, labels } = await load(await imageTree(parts(names)))
      expect([classes, usageNames]).toEqual([['happy', 'sad'], names])
      expect([...(usage ?? [])]).toEqual(names.flatMap((_, part) => [part, part, part, part]))
      expect([...labels]).toEqual(names.flatMap(() => [0, 0, 1, 1]))
    },
  )

  test('are kept by the split, in their roles', async () => {
    const dataset = await load(await imageTree(parts(['PrivateTest', 'PublicTest', 'Training'])))
    const split = splitDataset(dataset, { kind: 'predefined' })
    expect([[...split.train], [...split.validation], [...split.test]]).toEqual([
      [8, 9, 10, 11],
      [4, 5, 6, 7],
      [0, 1, 2, 3],
    ])
    const swapped = splitDataset(dataset, { kind: 'usage_column', test: ['PublicTest'], validation: ['PrivateTest'] })
    expect([[...swapped.validation], [...swapped.test]]).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ])
    const joined = splitDataset(dataset, { kind: 'predefined', train: ['Training', 'PublicTest'], validation_of_train: 2 })
    expect([joined.train.length, joined.validation.length, joined.test.length]).toEqual([6, 2, 4])
  })

  test('of other names are said by the recipe; so are classes that are named as parts', async () => {
    const sessions = await load(await imageTree(parts(['one', 'two'])), { parts: ['two', 'one'] })
    expect([sessions.classes, sessions.usageNames]).toEqual([
      ['happy', 'sad'],
      ['two', 'one'],
    ])
    const vehicles = await load(await imageTree({ 'train/1.png': RED, 'test/1.png': RED }), { classes: ['train', 'test'] })
    expect([vehicles.classes, vehicles.usage]).toEqual([['train', 'test'], null])
  })

  test('need not all have every class', async () => {
    const { classes, labels } = await load(await imageTree({ 'train/a/1.png': RED, 'train/b/1.png': RED, 'test/b/1.png': RED }))
    expect([classes, [...labels]]).toEqual([
      ['a', 'b'],
      [1, 0, 1],
    ])
  })
})

describe('classes', () => {
  const tree = { 'cat/1.png': RED, 'dog/1.png': GREEN, 'fox/1.png': BLUE, 'wolf/1.png': BLUE }

  test('of several folders are merged', async () => {
    const { classes, labels } = await load(await imageTree(tree), { classes: { canine: ['dog', 'fox', 'wolf'], feline: 'cat' } })
    expect([classes, [...labels]]).toEqual([
      ['canine', 'feline'],
      [0, 0, 0, 1],
    ])
  })
})

describe('a list of labels', () => {
  const images = { 'img/train_1_aligned.png': RED, 'img/train_2_aligned.png': GREEN, 'img/test_1_aligned.png': BLUE, 'img/extra.png': RED }
  const withList = async (list: string, changed: Partial<SourceImageFolder> = {}, files: Parameters<typeof imageTree>[0] = images) => {
    const folder = await imageTree({ ...files, 'list.txt': Buffer.from(list) })
    return load(join(folder, 'img'), { labels: join(folder, 'list.txt'), ...changed })
  }

  test.each([
    { form: 'RAF-DB’s', list: 'train_1.jpg 5\ntrain_2.jpg 1\ntest_1.jpg 5\n' },
    { form: 'a CSV without a header', list: 'train_1.jpg,5\ntrain_2.jpg,1\ntest_1.jpg,5' },
    {
      form: 'columns by name, in any order',
      list: 'Label;id;File\n5;0;train_1_aligned.png\n1;1;train_2_aligned.png\n5;2;test_1_aligned.png\n',
    },
  ])('$form gives classes, parts and rows in its order', async ({ list }) => {
    const { classes, labels, usageNames, usage, images: pixels, leftOut } = await withList(list)
    expect([classes, [...labels]]).toEqual([
      ['1', '5'],
      [1, 0, 1],
    ])
    expect([usageNames, [...(usage ?? [])]]).toEqual([
      ['train', 'test'],
      [0, 0, 1],
    ])
    expect([...pixels.subarray(18, 21)]).toEqual([...GREEN])
    expect(leftOut).toEqual([{ what: 'that are images without a label: the list does not name them', count: 1, examples: ['extra.png'] }])
  })

  test('with a column of parts, and classes named by the recipe', async () => {
    const list = 'path,label,split\nextra.png,1,test\ntrain_1_aligned.png,2,train\n'
    const { classes, usageNames } = await withList(list, { classes: { Surprise: 1, Fear: 2 } })
    expect([classes, usageNames]).toEqual([
      ['Surprise', 'Fear'],
      ['test', 'train'],
    ])
  })

  test('that names what is not there, or nothing', async () => {
    const problems = async (list: string) => {
      const error = await withList(list).catch((thrown: unknown) => thrown)
      if (!(error instanceof UserError)) throw error
      return error.problems.map(({ code, message, place }) => `${code} ${place?.line ?? '-'}: ${message.split(' in /')[0]}`)
    }
    expect(await problems('train_1.png 5\n\nnobody.jpg 1\n')).toEqual(['label_file 3: There is no image "nobody.jpg"'])
    expect(await problems('train_1.jpg\n')).toEqual(['label_file 1: The line has no path, or no label.'])
    expect(await problems('')).toEqual([expect.stringMatching('is empty')])
  })
})

describe('files', () => {
  const formats = async (name: 'jpeg' | 'webp' | 'gif' | 'tiff') =>
    sharp({ create: { width: 3, height: 2, channels: 3, background: { r: 200, g: 0, b: 0 } } })
      .toFormat(name)
      .toBuffer()
  const bmp = (bits: 24 | 32) => encode({ data: Buffer.from(Array(6).fill([0, 0, 0, 200]).flat()), width: 3, height: 2, bitPP: bits }).data

  test('are read by what they are: without ending, with rare ones, of all kinds', async () => {
    const files = {
      'a/1.jfif': await formats('jpeg'),
      'a/2.jpe': await formats('jpeg'),
      'a/3': await formats('jpeg'),
      'a/4.dat': await png(RED),
      'a/5.webp': await formats('webp'),
      'a/6.gif': await formats('gif'),
      'a/7.tiff': await formats('tiff'),
      'a/8.TIF': await formats('tiff'),
      'a/9.bmp': bmp(24),
      'a/90.bmp': bmp(32),
      'b/1.png': GREEN,
    }
    const { labels, images, leftOut } = await load(await imageTree(files))
    expect([labels.length, leftOut]).toEqual([11, []])
    for (let image = 0; image < 10; image++) {
      const [red = 0, green = 255, blue = 255] = images.subarray(image * 18, image * 18 + 3)
      expect([image, red > 190, green < 10, blue < 10]).toEqual([image, true, true, true])
    }
  })

  test('that are none are counted and named, by kind', async () => {
    const other = Buffer.from('text')
    const { leftOut } = await load(
      await imageTree({ 'a/1.png': RED, 'a/notes.txt': other, 'a/b.txt': other, 'a/README': other, 'b/1.png': RED, 'x.png': RED }),
    )
    expect(leftOut).toEqual([
      { what: 'that are no images and have no ending', count: 1, examples: ['a/README'] },
      { what: 'of kind .txt', count: 2, examples: ['a/b.txt', 'a/notes.txt'] },
      { what: 'that are images of no class: they lie beside the folders of classes', count: 1, examples: ['x.png'] },
    ])
  })

  test('that are broken can be left out: counted and named', async () => {
    const files = { 'a/1.png': RED, 'a/2.png': Buffer.alloc(0), 'a/3.heic': Buffer.alloc(3), 'b/1.png': Buffer.from('x'), 'b/2.png': GREEN }
    const { labels, images, leftOut } = await load(await imageTree(files), { on_broken: 'skip' })
    expect([[...labels], images.length, images[18 + 1]]).toEqual([[0, 1], 36, 100])
    expect(leftOut).toEqual([
      { what: 'of kind .heic', count: 1, examples: ['a/3.heic'] },
      { what: 'that are broken images', count: 2, examples: ['a/2.png', 'b/1.png'] },
    ])
  })

  test('too large for the decoder are said to be so', async () => {
    const header = Buffer.from(await png(RED))
    header.writeUInt32BE(17_000, 16)
    header.writeUInt32BE(17_000, 20)
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29)
    const [problem] = await problemsOf(await imageTree({ 'a/1.png': header, 'b/1.png': RED }))
    expect(problem).toMatch(/^image_too_large: The image DIR\/a\/1.png is too large to be decoded/)
  })

  test('of a group by their names', async () => {
    const tree = await imageTree({ 'a/S1_1.png': RED, 'a/S2_1.png': RED, 'b/S10_1.png': RED, 'b/S1_2.png': RED })
    expect([...((await load(tree, { group_pattern: '(S[0-9]+)_' })).groups ?? [])]).toEqual([0, 2, 1, 0])
    expect(await problemsOf(tree, { group_pattern: 'S1_' })).toEqual([
      'group_pattern: dataset.group_pattern "S1_" is not in the path a/S2_1.png. Every image must be of a group: change the pattern, or the name.',
      'group_pattern: dataset.group_pattern "S1_" is not in the path b/S10_1.png. Every image must be of a group: change the pattern, or the name.',
    ])
    expect((await problemsOf(tree, { group_pattern: '(' }))[0]).toMatch('group_pattern: dataset.group_pattern "(" is no regular expression')
  })
})

describe('the files of a folder', () => {
  type Golden = { order: { tree: string[]; classes: string[]; files: string[] } }
  const { order } = JSON.parse(readFileSync(new URL('../../golden/load_img.json', import.meta.url), 'utf8')) as Golden

  const listed = async (folder: string) => {
    const { classes, images } = await listImages({ folder, classes: undefined, parts: undefined, skips: false, variables: [] })
    return { classes, files: images.map(({ file }) => relative(folder, file.path)) }
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
  const AGAIN =
    'It is damaged, cut off, or no image: save or copy it again, move it out of the folder, or leave it out by dataset.on_broken: skip.'
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
        'folder_classes: DIR has no folders; expected one for each class, two or more. The images in it (2) are of no class: put each into the folder of its class, or name the list of their labels in dataset.labels.',
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
      'folders of parts with one class',
      { 'test/a/1.png': RED, 'Train/a/1.png': RED },
      {},
      [
        'folder_classes: The parts of DIR ("Train", "test") have one folder, "a"; expected one for each class, two or more. The images of a class are in a folder of its name in each part (DIR/Train/cat/1.jpg). If the folders are classes, name them in dataset.classes.',
      ],
    ],
    [
      'folders of parts beside others',
      { 'test/a/1.png': RED, 'train/a/1.png': RED, 'more/a/1.png': RED },
      {},
      [
        'folder_of_parts: Of the folders of DIR, "test", "train" have names of parts of a data set, and "more" of classes. If they are parts, with folders of classes in them, write dataset.parts: [test, train]. If all are classes, name them in dataset.classes.',
      ],
    ],
    [
      'parts that are not there',
      { 'a/x/1.png': RED, 'b/x/1.png': RED },
      { parts: ['a', 'c'] },
      ['class_folder_missing: dataset.parts has "c", and DIR has no folder of that name. It has: "a", "b".'],
    ],
    [
      'empty class folders',
      { 'a/1.png': RED, 'b/.hidden': empty, 'c/notes.txt': empty, 'c/README': empty },
      {},
      [
        'class_folder_empty: The folder DIR/b has no images. Put images there (.png, .jpg, .jpeg, .webp, .gif, .bmp, .tif, .tiff), remove the folder, or name the other classes in dataset.classes.',
        'class_folder_empty: The folder DIR/c has no images, only other files (README, .txt). Put images there (.png, .jpg, .jpeg, .webp, .gif, .bmp, .tif, .tiff), remove the folder, or name the other classes in dataset.classes.',
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
      { 'a/1.png': RED, 'a/IMG_1.HEIC': empty, 'b/1.avif': empty },
      {},
      [
        'image_kind: DIR/a/IMG_1.HEIC is an image of a kind that is not read; expected .png, .jpg, .jpeg, .webp, .gif, .bmp, .tif, .tiff. Save it as PNG or JPEG, move it out of the folder, or leave it out by dataset.on_broken: skip.',
        'image_kind: DIR/b/1.avif is an image of a kind that is not read; expected .png, .jpg, .jpeg, .webp, .gif, .bmp, .tif, .tiff. Save it as PNG or JPEG, move it out of the folder, or leave it out by dataset.on_broken: skip.',
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

  test('more that is wrong than five, the first five and how many more', async () => {
    const files = Array.from({ length: 7 }, (_, index) => [`${index % 2 ? 'a' : 'b'}/${index}.heic`, empty] as const)
    const problems = await problemsOf(await imageTree(Object.fromEntries(files)))
    const first = ['a/1', 'a/3', 'a/5', 'b/0', 'b/2'].map((name) => `image_kind: DIR/${name}.heic`)
    expect(problems.map((text) => text.split(' is an')[0])).toEqual([...first, 'image_kind: And 2 more like these. undefined'])
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
    const first = [0, 1, 2, 3, 4].map((index) => `image_broken: The image DIR/a/${index}.jpg`)
    expect(problems.map((text) => text.split(' cannot')[0])).toEqual([...first, 'image_broken: And 4 more: 9 of 10 images'])
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
