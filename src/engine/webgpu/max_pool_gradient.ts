import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { backend_util, engine, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import type { PoolAttributes } from '../ops/pool.ts'

/**
 * One thread a value of dx [n, h, w, c]: it looks at each window that it lies in, and takes the window's dy where it is the first of its
 * largest values, row by row.
 */
const SHADER = `
fn isLargest(batch : i32, own : vec2<i32>, corner : vec2<i32>, channel : i32, value : f32) -> bool {
  let first = max(corner, vec2<i32>(0));
  let end = min(corner + uniforms.window, uniforms.extent);
  for (var row = first.x; row < end.x; row++) {
    for (var column = first.y; column < end.y; column++) {
      let other = getX(batch, row, column, channel);
      let before = row < own.x || (row == own.x && column < own.y);
      if (other > value || (before && other == value)) { return false; }
    }
  }
  return true;
}

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let coords = getCoordsFromIndex(index);
  let own = vec2<i32>(coords.y, coords.z);
  let value = getX(coords.x, own.x, own.y, coords.w);
  let reach = own + uniforms.pads - uniforms.window + 1;
  let first = max((reach + uniforms.strides - 1) / uniforms.strides, vec2<i32>(0));
  let last = min((own + uniforms.pads) / uniforms.strides, uniforms.windows - 1);
  var total = 0.0;
  for (var row = first.x; row <= last.x; row++) {
    for (var column = first.y; column <= last.y; column++) {
      let corner = vec2<i32>(row, column) * uniforms.strides - uniforms.pads;
      if (isLargest(coords.x, own, corner, coords.w, value)) { total += getDy(coords.x, row, column, coords.w); }
    }
  }
  setOutputAtIndex(index, total);
}
`

const THREADS = 64

type Pair = [number, number]

/**
 * Gradient of max pooling by its input: each window's dy goes to its largest value, the first of equal ones, as in TensorFlow. The kernel of
 * tfjs-backend-webgpu 4.22 gives it to the last.
 */
export const maxPoolGradient = (dy: Tensor4D, x: Tensor4D, { filterSize, strides, pad, dimRoundingMode }: PoolAttributes): Tensor => {
  const info = backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad, dimRoundingMode)
  const pairs: Pair[] = [
    [info.filterHeight, info.filterWidth],
    [info.inHeight, info.inWidth],
    [info.strideHeight, info.strideWidth],
    [info.padInfo.top, info.padInfo.left],
    [info.outHeight, info.outWidth],
  ]
  const uniforms = pairs.map((data) => ({ type: 'int32', data }))
  const { backend } = engine() as unknown as { backend: WebGPUBackend }
  return engine().makeTensorFromTensorInfo(backend.runWebGPUProgram(programOf(x.shape, x.size), [x, dy], 'float32', uniforms))
}

const programOf = (shape: Tensor4D['shape'], size: number): Parameters<WebGPUBackend['runWebGPUProgram']>[0] => ({
  variableNames: ['x', 'dy'],
  uniforms: 'window : vec2<i32>, extent : vec2<i32>, strides : vec2<i32>, pads : vec2<i32>, windows : vec2<i32>,',
  shaderKey: 'fermentMaxPoolGradient',
  workgroupSize: [THREADS, 1, 1],
  size: true,
  outputShape: shape,
  dispatchLayout: { x: [0, 1, 2, 3] },
  dispatch: [Math.ceil(size / THREADS), 1, 1],
  getUserCode: () => SHADER,
})
