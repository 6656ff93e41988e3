// A thread of the backend: its package has the script as a text only.
const file = require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js')
const { wasmWorkerContents } = require(file)
new Function('require', '__filename', wasmWorkerContents.replaceAll('\n', '\\n'))(require, file)
