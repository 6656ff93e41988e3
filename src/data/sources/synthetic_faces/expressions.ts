/** From…to; a value is drawn uniformly from it. */
export type Range = readonly [number, number]

/** What an expression does to a face. Lengths in units of the drawing, of which a head is about 38 high. */
export type Expression = {
  /** How far the brows are above their rest. */
  browRaise: Range
  /** How far the inner ends of the brows are above the outer ones. */
  browInner: Range
  /** How far the middle of a brow is above its ends. */
  browArch: Range
  /** Half the height of an open eye. */
  eyeOpen: Range
  /** How far the corners of the mouth are above its middle. */
  mouthCorners: Range
  /** Half the height of the open mouth. */
  mouthOpen: Range
  mouthHalfWidth: Range
  /** How far one corner is above the other. */
  mouthSkew: Range
  /** How strongly the nose is wrinkled, 0 to 1. */
  noseWrinkle: Range
}

/**
 * The seven expressions, in FER2013's order. They follow the facial action coding system: brows down and together in anger, brows up and
 * eyes wide in surprise, and so on; neighbours (fear and surprise, anger and disgust, sadness and neutral) differ by little.
 */
export const EXPRESSIONS: readonly Expression[] = [
  // Angry
  {
    browRaise: [-2.2, -1],
    browInner: [-3.4, -1.8],
    browArch: [-0.3, 0.5],
    eyeOpen: [0.9, 1.5],
    mouthCorners: [-1.8, -0.3],
    mouthOpen: [0, 0.9],
    mouthHalfWidth: [3.8, 5.6],
    mouthSkew: [-0.4, 0.4],
    noseWrinkle: [0, 0.1],
  },
  // Disgust
  {
    browRaise: [-1.8, -0.6],
    browInner: [-1.6, -0.5],
    browArch: [-0.3, 0.6],
    eyeOpen: [0.5, 1.1],
    mouthCorners: [-2.6, -1.2],
    mouthOpen: [0.4, 1.5],
    mouthHalfWidth: [3.8, 5.4],
    mouthSkew: [1.4, 2.6],
    noseWrinkle: [0.7, 1],
  },
  // Fear
  {
    browRaise: [0.8, 2.2],
    browInner: [1, 2.6],
    browArch: [-0.4, 0.3],
    eyeOpen: [2, 2.9],
    mouthCorners: [-1.8, -0.4],
    mouthOpen: [1, 2.2],
    mouthHalfWidth: [4.8, 6.8],
    mouthSkew: [-0.4, 0.4],
    noseWrinkle: [0, 0.1],
  },
  // Happy
  {
    browRaise: [-0.5, 0.8],
    browInner: [-0.6, 0.6],
    browArch: [0.3, 1.2],
    eyeOpen: [0.8, 1.6],
    mouthCorners: [1.6, 3.6],
    mouthOpen: [0, 2],
    mouthHalfWidth: [5.2, 7.6],
    mouthSkew: [-0.4, 0.4],
    noseWrinkle: [0, 0.1],
  },
  // Sad
  {
    browRaise: [-0.6, 0.9],
    browInner: [1.6, 3.2],
    browArch: [-0.4, 0.4],
    eyeOpen: [0.7, 1.5],
    mouthCorners: [-3, -1.2],
    mouthOpen: [0, 0.4],
    mouthHalfWidth: [3.6, 5.4],
    mouthSkew: [-0.4, 0.4],
    noseWrinkle: [0, 0.1],
  },
  // Surprise
  {
    browRaise: [1.6, 3],
    browInner: [-0.5, 0.5],
    browArch: [1, 2],
    eyeOpen: [2.1, 3],
    mouthCorners: [-0.5, 0.5],
    mouthOpen: [2.2, 4.4],
    mouthHalfWidth: [2.6, 4],
    mouthSkew: [-0.3, 0.3],
    noseWrinkle: [0, 0.05],
  },
  // Neutral
  {
    browRaise: [-0.6, 0.6],
    browInner: [-0.7, 0.7],
    browArch: [0.2, 0.9],
    eyeOpen: [1.2, 1.9],
    mouthCorners: [-0.5, 0.6],
    mouthOpen: [0, 0.3],
    mouthHalfWidth: [4, 5.8],
    mouthSkew: [-0.3, 0.3],
    noseWrinkle: [0, 0.1],
  },
]
