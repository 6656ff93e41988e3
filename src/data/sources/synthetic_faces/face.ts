import type { Random } from '../../../random.ts'
import { arc, both, type Canvas, ellipse, outline, type Pose, paint, type Shape, SIZE } from './canvas.ts'
import type { Expression, Range } from './expressions.ts'

type Brush = (shape: Shape, gray: number, opacity?: number) => void
/** Draws of one image's chances. */
type Chance = { between: (range: Range) => number; happens: (share: number) => boolean }
/** Grays of a face, 0…255. */
type Grays = { skin: number; dark: number; hair: number; white: number }

/**
 * Draws a face with an expression: another head, light, pose, hair, background and noise for each stream of numbers. Uses only +, −, ×,
 * ÷, square roots and rounding, which are the same on every machine.
 * @param pixels 48 × 48 bytes, written
 */
export const drawFace = (expression: Expression, random: Random, pixels: Uint8Array): void => {
  const between = ([from, to]: Range) => from + (to - from) * random.uniform()
  const chance: Chance = { between, happens: (share) => random.uniform() < share }
  const canvas = new Float64Array(SIZE * SIZE)
  const pose = { x: between([-4, 4]), y: between([-3.5, 3.5]), scale: between([0.82, 1.12]), halfTangent: between([-0.13, 0.13]) }
  const brush: Brush = (shape, gray, opacity = 1) => paint(canvas, pose, { shape, gray, opacity })
  const skin = between([80, 225])
  const grays = { skin, dark: skin * between([0.15, 0.45]), hair: between([10, 190]), white: Math.min(250, skin + between([25, 70])) }

  drawBackground(canvas, chance)
  drawHead(brush, chance, grays)
  drawNose(brush, chance, { ...grays, wrinkle: between(expression.noseWrinkle) })
  drawEyes(brush, chance, { ...grays, expression })
  drawMouth(brush, chance, { ...grays, expression })
  if (chance.happens(0.2)) drawOccluder(brush, chance)
  light(canvas, chance)
  store(canvas, pixels, { random, amplitude: between([3, 16]), inverted: chance.happens(0.15) })
}

const drawBackground = (canvas: Canvas, { between }: Chance) => {
  canvas.fill(between([20, 235]))
  const still: Pose = { x: 0, y: 0, scale: 1, halfTangent: 0 }
  for (let blob = 0; blob < 3; blob++) {
    const shape = ellipse(between([-24, 24]), between([-24, 24]), between([5, 22]), between([5, 22]))
    paint(canvas, still, { shape, gray: between([10, 245]), opacity: between([0.3, 0.9]) })
  }
}

const drawHead = (brush: Brush, { between, happens }: Chance, { skin, hair, dark }: Grays) => {
  const halfWidth = between([13, 16.5])
  const halfHeight = between([17, 20])
  const head = ellipse(0, 0, halfWidth, halfHeight)
  if (happens(0.7)) brush(ellipse(0, -3, halfWidth + between([0.5, 4]), halfHeight + between([0, 3])), hair)
  brush(ellipse(0, halfHeight, halfWidth * 0.5, 8), skin * 0.85)
  brush(head, skin)
  brush(outline(head, 0.4), dark, 0.4)
  const fringe = between([-16, -11.5])
  if (happens(0.7))
    brush(
      both(
        head,
        arc({
          cx: between([-6, 6]),
          cy: fringe - 10,
          halfWidth: 22,
          slope: between([-2, 2]),
          bend: between([-3, 6]),
          halfHeight: 10,
          endHalfHeight: 10,
        }),
      ),
      hair,
    )
  if (happens(0.15))
    brush(both(head, arc({ cx: 0, cy: 19, halfWidth: 16, slope: 0, bend: -4, halfHeight: 5, endHalfHeight: 8 })), hair, between([0.3, 0.7]))
}

const drawNose = (brush: Brush, { between }: Chance, { dark, wrinkle }: Grays & { wrinkle: number }) => {
  const tip = between([3, 5])
  brush(
    arc({ cx: 0, cy: tip, halfWidth: between([1.5, 2.6]), slope: 0, bend: -between([0.3, 1]), halfHeight: 0.45, endHalfHeight: 0.3 }),
    dark,
    0.7,
  )
  for (const side of [-1, 1]) {
    brush(arc({ cx: side * 1.6, cy: -1.2, halfWidth: 1.3, slope: side * 0.9, bend: 0, halfHeight: 0.4, endHalfHeight: 0.2 }), dark, wrinkle)
    brush(
      arc({ cx: side * 4.4, cy: tip + 1, halfWidth: 1.2, slope: side * 2.2, bend: 0, halfHeight: 0.4, endHalfHeight: 0.2 }),
      dark,
      wrinkle,
    )
  }
}

const drawEyes = (brush: Brush, { between, happens }: Chance, { dark, white, hair, expression }: Grays & { expression: Expression }) => {
  const apart = between([5.4, 7])
  const height = between([-5.2, -3.6])
  const halfWidth = between([2.4, 3.2])
  const open = between(expression.eyeOpen)
  const look = between([-0.9, 0.9])
  const [raise, inner, arch] = [between(expression.browRaise), between(expression.browInner), between(expression.browArch)]
  const brow = { halfWidth: between([3, 4.2]), halfHeight: between([0.5, 1.1]), gray: happens(0.6) ? dark : Math.min(hair, dark + 20) }
  const glasses = happens(0.15)
  for (const side of [-1, 1]) {
    const cx = side * apart
    const eye = arc({ cx, cy: height, halfWidth, slope: 0, bend: 0, halfHeight: open, endHalfHeight: 0.1 })
    brush(eye, white)
    brush(both(eye, ellipse(cx + look, height, 1.25, 1.25)), dark * 0.5)
    brush(outline(eye, 0.35), dark, 0.8)
    const level = {
      cx,
      cy: height - 4 - raise - arch / 2,
      halfWidth: brow.halfWidth,
      halfHeight: brow.halfHeight,
      endHalfHeight: brow.halfHeight * 0.6,
    }
    brush(arc({ ...level, slope: (side * inner) / 2, bend: arch }), brow.gray)
    if (glasses) brush(outline(ellipse(cx, height, 4.6, 3.9), 0.4), dark * 0.6, 0.9)
  }
}

const drawMouth = (brush: Brush, { between, happens }: Chance, { dark, white, skin, expression }: Grays & { expression: Expression }) => {
  const corners = between(expression.mouthCorners)
  const open = between(expression.mouthOpen)
  const halfWidth = between(expression.mouthHalfWidth)
  const slope = (between(expression.mouthSkew) * (happens(0.5) ? 1 : -1)) / 2
  const line = { cx: between([-0.5, 0.5]), cy: between([9.2, 11]) + corners / 2, halfWidth, slope, bend: -corners }
  const lips = between([0.35, 0.9])
  brush(arc({ ...line, halfHeight: open + lips, endHalfHeight: lips * 0.6 }), (dark + skin) / 2.4)
  brush(arc({ ...line, halfWidth: halfWidth * 0.94, halfHeight: Math.max(0.4, open), endHalfHeight: 0.25 }), dark * 0.6)
  if (open > 0.8 && happens(0.6))
    brush(arc({ ...line, cy: line.cy - open * 0.4, halfWidth: halfWidth * 0.8, halfHeight: open * 0.4, endHalfHeight: 0.1 }), white, 0.9)
}

/** A hand, a scarf, a microphone: something in front of a side of the face. */
const drawOccluder = (brush: Brush, { between, happens }: Chance) => {
  const side = happens(0.5) ? 1 : -1
  brush(ellipse(side * between([11, 19]), between([-14, 18]), between([3, 8]), between([3, 8])), between([10, 245]))
}

/** Light falls from a side. */
const light = (canvas: Canvas, { between }: Chance) => {
  const [across, down, all] = [between([-0.45, 0.45]), between([-0.3, 0.3]), between([0.7, 1.2])]
  for (let index = 0; index < canvas.length; index++) {
    const x = ((index % SIZE) + 0.5) / SIZE - 0.5
    const y = (Math.floor(index / SIZE) + 0.5) / SIZE - 0.5
    canvas[index] = (canvas[index] as number) * all * (1 + across * x + down * y)
  }
}

const store = (
  canvas: Canvas,
  pixels: Uint8Array,
  { random, amplitude, inverted }: { random: Random; amplitude: number; inverted: boolean },
) => {
  for (let index = 0; index < canvas.length; index++) {
    const noise = (random.uniform() + random.uniform() - 1) * amplitude
    const gray = Math.max(0, Math.min(255, Math.round((canvas[index] as number) + noise)))
    pixels[index] = inverted ? 255 - gray : gray
  }
}
