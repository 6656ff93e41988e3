/** Width and height of an image, pixels. */
export const SIZE = 48

/** A shape lies within a circle, so that only the pixels there are looked at. */
export type Shape = {
  /** Signed distance of a point from the shape's edge, in the units of its coordinates: negative inside. */
  distance: (x: number, y: number) => number
  x: number
  y: number
  radius: number
}

/** Gray values, 0…255 and beyond until they are stored; row-major. */
export type Canvas = Float64Array

/** Where the drawing's origin lies in the image, and how it is turned and enlarged. */
export type Pose = {
  /** Pixels from the image's middle. */
  x: number
  y: number
  /** Pixels per unit of the drawing. */
  scale: number
  /** Tangent of half the angle; clockwise. Sine and cosine follow from it by arithmetic that is the same on every machine. */
  halfTangent: number
}

/**
 * Paints a shape with soft edges: a pixel takes the colour by the part of it that the shape covers.
 * @param opacity 0 (nothing) to 1 (opaque)
 */
export const paint = (canvas: Canvas, pose: Pose, { shape, gray, opacity = 1 }: { shape: Shape; gray: number; opacity?: number }): void => {
  const square = pose.halfTangent * pose.halfTangent
  const cos = (1 - square) / (1 + square)
  const sin = (2 * pose.halfTangent) / (1 + square)
  const originX = SIZE / 2 - 0.5 + pose.x
  const originY = SIZE / 2 - 0.5 + pose.y
  const columns = pixelsNear(originX + (shape.x * cos - shape.y * sin) * pose.scale, shape.radius * pose.scale)
  const rows = pixelsNear(originY + (shape.x * sin + shape.y * cos) * pose.scale, shape.radius * pose.scale)
  for (let row = rows.first; row <= rows.last; row++) {
    const dy = (row - originY) / pose.scale
    for (let column = columns.first; column <= columns.last; column++) {
      const dx = (column - originX) / pose.scale
      const distance = shape.distance(dx * cos + dy * sin, dy * cos - dx * sin) * pose.scale
      if (distance >= 0.5) continue
      const cover = opacity * Math.min(1, 0.5 - distance)
      const index = row * SIZE + column
      canvas[index] = (canvas[index] as number) * (1 - cover) + gray * cover
    }
  }
}

/** Rows or columns that a circle can touch; one more on each side for its soft edge. */
const pixelsNear = (middle: number, radius: number) => ({
  first: Math.max(0, Math.floor(middle - radius) - 1),
  last: Math.min(SIZE - 1, Math.ceil(middle + radius) + 1),
})

/** An ellipse about (cx, cy). */
export const ellipse = (cx: number, cy: number, rx: number, ry: number): Shape => ({
  x: cx,
  y: cy,
  radius: Math.max(rx, ry),
  distance: (x, y) => {
    const u = (x - cx) / rx
    const v = (y - cy) / ry
    const radius = Math.sqrt(u * u + v * v)
    const slope = Math.sqrt((u * u) / (rx * rx) + (v * v) / (ry * ry))
    return slope === 0 ? -Math.min(rx, ry) : (radius * (radius - 1)) / slope
  },
})

/** Over cx ± halfWidth: y = cy + slope·u + bend·u², u from −1 to 1, and around it a band that is `halfHeight` high and narrows to `endHalfHeight`. */
type Arc = { cx: number; cy: number; halfWidth: number; slope: number; bend: number; halfHeight: number; endHalfHeight: number }

export const arc = ({ cx, cy, halfWidth, slope, bend, halfHeight, endHalfHeight }: Arc): Shape => {
  const reach = Math.abs(slope) + Math.abs(bend) + Math.max(halfHeight, endHalfHeight)
  return {
    x: cx,
    y: cy,
    radius: Math.sqrt(halfWidth * halfWidth + reach * reach),
    distance: (x, y) => {
      const u = (x - cx) / halfWidth
      const inside = Math.max(-1, Math.min(1, u))
      const steep = (slope + 2 * bend * inside) / halfWidth
      const middle = cy + slope * inside + bend * inside * inside
      const height = halfHeight + (endHalfHeight - halfHeight) * inside * inside
      const across = (Math.abs(y - middle) - height) / Math.sqrt(1 + steep * steep)
      return Math.max(across, (Math.abs(u) - 1) * halfWidth)
    },
  }
}

/** What is common to two shapes. */
export const both = (a: Shape, b: Shape): Shape => ({
  ...(a.radius < b.radius ? a : b),
  distance: (x, y) => Math.max(a.distance(x, y), b.distance(x, y)),
})

/** The outline of a shape. */
export const outline = (shape: Shape, halfWidth: number): Shape => ({
  ...shape,
  radius: shape.radius + halfWidth,
  distance: (x, y) => Math.abs(shape.distance(x, y)) - halfWidth,
})
