/**
 * Gray of an image's pixels, to the byte as Pillow's conversion to `L` and so Keras' `color_mode="grayscale"`: ITU-R 601-2, in whole 2⁻¹⁶.
 * @param rgb n × 3 bytes
 * @returns n bytes
 */
export const luma = (rgb: Uint8Array): Uint8Array => {
  const gray = new Uint8Array(rgb.length / 3)
  for (let at = 0, from = 0; at < gray.length; at++, from += 3)
    gray[at] = ((rgb[from] as number) * 19595 + (rgb[from + 1] as number) * 38470 + (rgb[from + 2] as number) * 7471 + 0x8000) >> 16
  return gray
}
